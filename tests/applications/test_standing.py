"""Beside a form: how the clauses stand that it feeds, and what the rules miss from this very section."""

import pytest
from django.test import Client

from applications import dossiers, sections, services
from applications.models import Round
from applications.sections import SECTIONS
from applications.standing import Standing
from tests.applications import walk
from tests.applications.pages import address, words


@pytest.fixture
def lin(enter) -> Client:
    return enter("lin")


def beside(client: Client, application, key: str):
    return client.get(address("section_detail", application.public_id, key)).context["standing"]


def test_each_section_tells_the_clauses_it_feeds_and_no_other(draft):
    standing = Standing(draft, dossiers.chosen(draft))

    fed = {one.key: [clause.number for clause in standing.of(one).clauses] for one in SECTIONS}

    assert fed["standards"] == ["五(三)3"]
    assert fed["publications"] == ["五(三)6"]
    assert fed["assessments"] == ["一(四)"]
    assert "五(一)2" in fed["education"]
    assert fed["summary"] == []


def test_a_record_added_moves_its_clause_when_the_page_is_opened_again(empty_draft, lin):
    before = beside(lin, empty_draft, "standards")
    assert [(one.number, one.tone) for one in before.clauses] == [("五(三)3", "warning")]

    facts = {
        "kind": "plan_or_standard", "date": "2024-05-01", "level": "national", "rank": 2, "promulgated": True,
        "relevant": True,
    }  # fmt: skip
    item = services.add_item(
        owner=empty_draft.applicant, kind="plan_or_standard", facts=facts, details={}, application=empty_draft
    )

    page = lin.get(address("item_change", empty_draft.public_id, item.public_id))
    assert "五(三)3" in [one.number for one in page.context["standing"].clauses]
    assert address("precheck", empty_draft.public_id) in page.content.decode()


def test_what_the_rules_miss_is_told_on_the_page_where_it_is_filled_in(empty_draft, lin):
    services.add_item(
        owner=empty_draft.applicant,
        kind="title",
        facts={"level": "intermediate"},
        details={},
        application=empty_draft,
    )

    page = lin.get(address("section_detail", empty_draft.public_id, "titles"))

    assert "第1条职称的取得日期" in page.context["standing"].missing
    assert "本部分还没有填的" in words(page)
    assert "第1条职称的取得日期" not in beside(lin, empty_draft, "education").missing


def test_both_ways_of_reading_the_records_judge_alike(draft):
    """A record's page reads them without files, for the sake of its queries."""
    whole, spare = (dossiers.claimed(draft, read(draft)) for read in (dossiers.chosen, dossiers.to_judge))

    assert whole == spare


def test_a_denied_record_is_not_counted_by_either(draft, world):
    walk.submit(draft)
    item = draft.items.get(kind="plan_or_standard")
    services.verify_item(application=draft, item=item, by=world.people["wang"], confirmed=False, reason="原件不符")

    for read in (dossiers.chosen, dossiers.to_judge):
        (record,) = [one for one in read(draft) if one.id == str(item.public_id)]
        assert record.confirmed is False
        assert str(item.public_id) not in [one["id"] for one in dossiers.claimed(draft, read(draft))["achievements"]]


def test_the_archive_has_no_panel(draft, lin):
    page = lin.get(address("archive_section_detail", "standards"))
    assert 'class="standing"' not in page.content.decode()


@pytest.mark.parametrize(
    ("policy", "key", "clauses"),
    [
        ("jiangxi-lithium-2023", "publications", ["正文二(二)"]),
        ("jiangxi-lithium-2023", "insurance_and_tax", ["正文三(四)"]),
        ("zhejiang-battery-2020", "continuing_education", ["正文七(二)"]),
        ("zhejiang-battery-2020", "self_score", ["正文二(三)"]),
        ("zhejiang-battery-2020", "summary", []),
    ],
)
def test_a_clause_that_is_met_still_tells_what_it_looks_at(draft, policy, key, clauses):
    """Where a province's clauses count no kind of record, or rest on none, the page does not say that nobody looks."""
    Round.objects.filter(pk=draft.round_id).update(policy_id=policy)
    draft.round.refresh_from_db()
    standing = Standing(draft, dossiers.chosen(draft))

    assert [clause.number for clause in standing.of(sections.section(key)).clauses] == clauses
