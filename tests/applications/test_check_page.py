"""Check your answers: all of it by section, each file for what it is, ways to change that lead back, risks told."""

import re

import pytest

from applications import services
from applications.sections import GROUPS, SECTIONS, of_kind
from portal.file_intake import check as check_file
from portal.templatetags.portal_tags import file_size
from tests.applications import walk
from tests.applications.pages import address, words


@pytest.fixture
def page(draft, enter):
    """Asks for the page; its words, and its text as it came."""
    client = enter("lin")

    def asked() -> tuple[str, str]:
        answer = client.get(address("application_check", draft.public_id))
        return words(answer), answer.content.decode()

    return asked


def test_every_group_and_section_stands_there_with_its_state(page):
    told, html = page()

    places = [html.index(f"<h2>{title}</h2>") for title, _sections in GROUPS]
    assert places == sorted(places)
    assert [section.key for section in SECTIONS if f'id="section-{section.key}"' not in html] == []
    assert "有则填写" in told
    assert "声明没有。" in told


def test_what_a_required_question_lacks_reads_not_filled_in(draft, page):
    item = draft.items.get(kind="patent")
    services.change_item(item=item, facts={**item.facts, "granted": None}, details=item.details, by=draft.applicant)

    _told, html = page()
    section = html[html.index('id="section-patents"') :]
    assert re.search(r"<dt>是否已授权[^<]*</dt><dd[^>]*><span[^>]*>未填写", section)


def test_a_file_is_told_with_size_document_and_clause(draft, page):
    piece = draft.items.get(kind="patent").evidence.kept().first()
    told, _html = page()
    assert f"{piece.file.name} 正在检查" in told
    check_file(piece.file_id)
    piece.file.refresh_from_db()

    told, html = page()
    named = piece.document or of_kind("patent").slot.label
    assert f"{file_size(piece.file.size)} · {named}" in told
    assert address("evidence_preview", piece.public_id) in html


def test_the_clauses_a_record_serves_and_all_clauses_stand_there(page):
    told, html = page()
    assert re.search(r"目前用于条款： ?五\(三\)\d", told)
    clauses = told[told.index("按条款核对", told.index("专业技术工作总结")) :]
    assert [word for word in ("符合", "五(一)", "五(三)", "逐条查看依据和怎样补足") if word not in clauses] == []
    assert html.index('id="clauses"') < html.index('id="risks"') < html.index("去签署承诺并提交")


def test_a_record_that_the_rules_cannot_read_does_not_break_the_page(draft, page, monkeypatch):
    from applications import dossiers
    from rules.dossier import DossierError

    def unreadable(_dossier):
        raise DossierError("posts[0].from", "no date")

    monkeypatch.setattr(dossiers, "read", unreadable)
    told = page()[0]
    assert ("暂时不能按条款核对" in told, "填报内容有系统现在不能识别的内容" in told) == (True, True)


def test_change_leads_to_the_record_and_back_to_where_it_was_read(draft, enter):
    client, check = enter("lin"), address("application_check", draft.public_id)
    item = draft.items.get(kind="patent")
    change = address("item_change", draft.public_id, item.public_id) + "?next=check"
    assert change in client.get(check).content.decode()

    form = client.get(change)
    (action,) = re.findall(r'<form method="post" action="([^"]+)"[^>]* data-keep', form.content.decode())
    assert action == change
    fields = {name: field.value() for name, field in ((f.html_name, f) for f in form.context["form"]) if field.value()}
    saved = client.post(action, {**fields, "kind": "patent", "seen": item.content_sha256})
    assert saved.headers["Location"] == f"{check}#section-patents"


def test_change_of_a_section_and_of_the_matter_lead_back_too(draft, enter):
    client, check = enter("lin"), address("application_check", draft.public_id)
    html = client.get(check).content.decode()
    for way in ("section_detail", "application_change"):
        args = ["posts"] if way == "section_detail" else []
        assert address(way, draft.public_id, *args) + "?next=check" in html
    section = client.get(address("section_detail", draft.public_id, "posts") + "?next=check")
    assert f'<a href="{check}">返回核对页</a>' in section.content.decode()
    assert address("item_add", draft.public_id, "posts", "post") + "?next=check" in section.content.decode()
    choice = {"level": draft.level, "employer": draft.employer.name, "direction": draft.direction}
    changed = client.post(address("application_change", draft.public_id) + "?next=check", choice)
    assert changed.headers["Location"] == check


def test_another_address_is_no_way_back(draft, enter):
    section = enter("lin").get(address("section_detail", draft.public_id, "posts") + "?next=//evil.example/")
    assert (section.status_code, "evil.example" in section.content.decode()) == (200, False)


def test_the_reminder_says_what_the_system_cannot_see(page):
    told, _html = page()
    assert "请逐份点开看过" in told


def test_one_file_under_two_records_and_a_record_without_are_told(draft, page):
    first, second = draft.items.filter(kind="post").first(), draft.items.get(kind="patent")
    for item in (first, second):
        services.attach_evidence(
            application=draft, item=item, upload=walk.picture(), name="同一张.jpg", by=draft.applicant
        )
    services.add_item(
        owner=draft.applicant, kind="post", facts={"from": "2010-07-01"}, details={"unit": "旧单位"}, application=draft
    )

    told, html = page()
    assert "同一份文件“同一张.jpg”用在" in told
    assert "旧单位" in told[told.index("提交前的提醒", told.index("按条款核对")) :]
    assert "没有附任何材料" in told
    assert address("section_detail", draft.public_id, "posts") + "?next=check" in html
