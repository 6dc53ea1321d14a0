"""Which clauses a record serves: offered by what the rules find, said by the applicant, frozen, and told to officers."""

from collections.abc import Iterator

import pytest
from django.test import Client

from applications import dossiers, services
from applications.errors import Incomplete, Refused
from applications.models import Application, ArchiveItem
from certificates.papers import records
from portal import clock
from rules import serving
from tests.applications import provincial, walk
from tests.applications.pages import address, words

AWARD_FACTS = {"kind": "award", "date": "2022-05-01", "level": "provincial", "grade": "third"}
DEMANDED = "没有标明符合资格条件的哪一条款"


@pytest.fixture
def lin(enter) -> Client:
    return enter("lin")


def of_kind(application: Application, kind: str) -> ArchiveItem:
    return application.items.kept().filter(kind=kind).order_by("pk")[0]


def page_of(client: Client, application: Application, item: ArchiveItem):
    return client.get(address("item_change", application.public_id, item.public_id))


def press(client: Client, application: Application, item: ArchiveItem, *clauses: str, shown: str = "", own: str = ""):
    """Sends the record's page as it stands with these clauses ticked."""
    form = page_of(client, application, item).context["form"]
    said = {form.add_prefix(name): form[name].value() for name in form.fields if form[name].value() is not None}
    ticked = {f"tag-{clause}": "on" for clause in clauses}
    seen = dossiers.written_sha256(item)
    return client.post(
        address("item_change", application.public_id, item.public_id),
        {**said, "kind": item.kind, "seen": seen, **ticked, "tag_shown": shown, "tag_words": own},
    )


def said_of(application: Application, item: ArchiveItem) -> list[str] | None:
    found = application.clause_tags.filter(item=item).first()
    return found.clauses if found else None


def test_a_kind_fits_the_clauses_that_count_it_and_no_bound_or_group():
    fits = serving.by_kind("tianjin-lithium-2022", "associate_senior")

    assert fits["award"] == ("五(三)1", "五(四)1", "五(四)2")
    assert fits["paper"] == ("五(三)6",)
    assert fits["honour"] == ("五(四)3",)
    assert serving.by_kind("jiangxi-lithium-2023", "associate_senior") == {}


def test_what_the_rules_used_is_ticked_until_the_applicant_says_otherwise(draft, lin):
    item = of_kind(draft, "plan_or_standard")
    offers = page_of(lin, draft, item).context["tags"]
    assert [(one.number, one.ticked) for one in offers.fitting] == [("五(三)3", True)]
    assert (offers.said, offers.demanded, said_of(draft, item)) == (False, "", None)

    assert press(lin, draft, item, shown="五(三)3").status_code == 302

    offers = page_of(lin, draft, item).context["tags"]
    assert ([one.ticked for one in offers.fitting], offers.said, said_of(draft, item)) == ([False], True, [])


def test_pressing_the_button_says_what_was_ticked_and_typing_alone_does_not(draft, lin):
    item = of_kind(draft, "plan_or_standard")
    page = address("item_change", draft.public_id, item.public_id)
    kept = {"kind": item.kind, "seen": dossiers.written_sha256(item), "keep": "yes", "tag_shown": "五(三)3"}

    lin.post(page, {**kept, "tag-五(三)3": "on"})
    assert said_of(draft, item) is None
    lin.post(page, {**kept, "seen": "", "tag-五(三)3": "on", "tag_words": "34号文 第八条1"})
    assert said_of(draft, item) == ["五(三)3", "34号文 第八条1"]


def test_a_clause_that_the_record_cannot_serve_is_told_and_stays(draft, lin):
    item = of_kind(draft, "plan_or_standard")

    press(lin, draft, item, "五(三)3", "五(三)7")

    page = page_of(lin, draft, item)
    assert {one.number: bool(one.hint) for one in page.context["tags"].others if one.ticked} == {"五(三)7": True}
    assert "规则核对时，该条款不看这类条目" in words(page)
    assert walk.submit(draft).status == "in_approval"


def test_the_snapshot_the_officers_and_the_review_form_tell_what_was_said(draft, lin, enter):
    item = of_kind(draft, "plan_or_standard")
    before = dossiers.content(draft).sha256
    press(lin, draft, item, "五(三)3", own="34号文 第八条1")
    assert dossiers.content(draft).sha256 != before
    assert "对应条款：五(三)3、34号文 第八条1" in words(lin.get(address("application_check", draft.public_id)))

    walk.submit(draft)

    frozen = next(one for one in draft.snapshot.data["records"] if one["id"] == str(item.public_id))
    assert frozen["clauses"] == ["五(三)3", "34号文 第八条1"]
    assert "申报人标明的对应条款 五(三)3、34号文 第八条1" in words(
        enter("wang").get(address("dossier_detail", draft.public_id))
    )
    (group,) = records.achievements([frozen], {frozen["id"]: ["五(三)1"]})
    assert group["entries"][0]["clauses"] == "五(三)3、34号文 第八条1"


def test_another_level_begins_with_nothing_said(draft):
    item = of_kind(draft, "plan_or_standard")
    services.tag_clauses(application=draft, item=item, clauses=["五(三)3"], by=draft.applicant)

    draft.round.levels = [*draft.round.levels, "intermediate"]
    draft.round.save()

    services.change_draft(
        application=draft,
        level="intermediate",
        employer=draft.employer,
        direction=draft.direction,
        claims=[],
        by=draft.applicant,
    )

    assert said_of(draft, item) is None


@pytest.mark.parametrize(
    "clauses", [["条" * 41], ["110101199003070134"], [f"五(三){number}" for number in range(21)]], ids=len
)
def test_what_is_no_clause_is_refused(draft, clauses):
    with pytest.raises(Refused):
        services.tag_clauses(
            application=draft, item=of_kind(draft, "plan_or_standard"), clauses=clauses, by=draft.applicant
        )


def test_nobody_tags_what_is_not_theirs_or_is_submitted(draft, world):
    item = of_kind(draft, "plan_or_standard")
    theirs = services.add_item(owner=world.people["zhou"], kind="award", facts={}, details={"name": "周的奖"})
    for piece, by in ((item, world.people["zhou"]), (theirs, draft.applicant)):
        with pytest.raises(Refused):
            services.tag_clauses(application=draft, item=piece, clauses=["五(三)1"], by=by)

    walk.submit(draft)
    with pytest.raises(Refused):
        services.tag_clauses(application=draft, item=item, clauses=["五(三)1"], by=draft.applicant)


@pytest.fixture
def in_jiangxi(world) -> Iterator[Application]:
    with clock.frozen(provincial.IN_JUNE):
        yield provincial.open_draft(world)


@pytest.mark.duty("JX81-039")
def test_jiangxi_refuses_what_names_no_clause_and_says_which_record(in_jiangxi, lin):
    owner = in_jiangxi.applicant
    award = services.add_item(
        owner=owner, kind="award", facts=AWARD_FACTS, details={"name": "科技进步奖"}, application=in_jiangxi
    )
    facts = {"from": "2015-07-01", "scope": "specialty"}
    post = services.add_item(
        owner=owner, kind="post", facts=facts, details={"unit": "甲公司", "position": "工程师"}, application=in_jiangxi
    )

    def untagged() -> list[str]:
        return [gap.sentence for gap in services.gaps(in_jiangxi) if DEMANDED in gap.sentence]

    assert ["科技进步奖" in untagged()[1], "甲公司" in untagged()[0]] == [True, True]
    assert all("依据：余人社字〔2023〕81号 正文三。" in sentence for sentence in untagged())
    page = page_of(lin, in_jiangxi, award)
    assert (page.context["tags"].demanded, page.context["tags"].fitting) == ("余人社字〔2023〕81号 正文三", [])
    with pytest.raises(Incomplete) as refused:
        walk.submit(in_jiangxi)
    assert all(sentence.rstrip("。") in str(refused.value) for sentence in untagged())

    untold = press(lin, in_jiangxi, award)
    assert untold["Location"] == f"{address('item_change', in_jiangxi.public_id, award.public_id)}#clauses"
    told = press(lin, in_jiangxi, award, own="34号文 高级工程师 三(一)")
    assert told["Location"] == address("section_detail", in_jiangxi.public_id, "awards")
    press(lin, in_jiangxi, post, own="34号文 高级工程师 二(一)、34号文 高级工程师 二(二)")

    assert untagged() == []
    assert said_of(in_jiangxi, post) == ["34号文 高级工程师 二(一)", "34号文 高级工程师 二(二)"]
