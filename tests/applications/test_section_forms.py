"""The one factory of record forms: what is typed becomes facts and details, and comes back as it was."""

import json
from collections import Counter

import pytest

from applications.demo import INPUTS
from applications.forms.questions import form_name, never_name, other_name
from applications.forms.section_forms import RecordForm
from applications.sections import SECTIONS, Input, Part, of_kind
from applications.self_check import questions
from applications.self_check.entries import EntryForm
from rules import catalog

PARTS = [part for section in SECTIONS for part in section.parts]
RECORDS = json.loads((INPUTS / "records.json").read_text(encoding="utf-8"))["records"]


def part_of(kind: str) -> Part:
    return of_kind(kind).part(kind)


def typed(form: RecordForm) -> dict[str, object]:
    """What a browser would send of a form as it is shown."""
    shown = {bound.name: bound.value() for bound in form}
    return {name: value for name, value in shown.items() if value not in (None, False)}


def errors(kind: str, **data) -> dict[str, list[str]]:
    form = RecordForm(data, part=part_of(kind))
    assert not form.is_valid()
    return {name: [str(text) for text in texts] for name, texts in form.errors.items()}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.kind)
def test_every_question_has_a_name_of_its_own(part):
    names = [name for field in part.fields for name in (form_name(field), never_name(field), other_name(field))]

    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.kind)
def test_nothing_is_required_while_a_draft_is_filled_in(part):
    assert [name for name, field in RecordForm(part=part).fields.items() if field.required] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["kind"])
def test_a_record_shown_and_sent_back_is_the_same_record(record):
    part = part_of(record["kind"])
    shown = RecordForm(part=part, facts=record["facts"], details=record["details"])

    sent = RecordForm(typed(shown), part=part)

    assert sent.is_valid(), sent.errors
    assert (sent.facts, sent.details) == (record["facts"], record["details"])


def test_a_half_filled_record_is_kept():
    form = RecordForm({"school": "示范大学"}, part=part_of("education"))

    assert form.is_valid()
    assert (form.facts, form.details) == ({}, {"school": "示范大学"})


def test_an_empty_record_is_not():
    assert errors("education") == {"__all__": ["还没有填写任何内容，请至少填写一项再保存。"]}
    assert errors("patent") == {"__all__": ["还没有填写任何内容，请至少填写一项再保存。"]}


def test_what_the_readers_refuse_stands_at_its_field_in_chinese():
    assert errors("patent", rank="0") == {"rank": ["不能小于 1。"]}
    assert errors("assessment", year="88", result="competent") == {"year": ["不能小于 1900。"]}
    assert errors("education", verification_code="短") == {
        "verification_code": ["格式不对：须为 12 位或 16 位字母和数字，请照原件填写。"]
    }


def test_never_appointed_is_a_fact_of_its_own_and_excludes_a_day():
    title = part_of("title")
    never = RecordForm({"level": "intermediate", "appointed__never": "on"}, part=title)

    assert never.is_valid()
    assert never.facts == {"level": "intermediate", "appointed": False}
    assert errors("title", appointed="2020-01-01", appointed__never="on") == {
        "appointed": ["已填日期的，不要再勾选“从未”。请保留其中一项。"]
    }


def test_an_open_list_takes_what_it_does_not_hold_in_words():
    title = part_of("title")
    form = RecordForm({"specialty": "other", "specialty__other": "光伏"}, part=title)

    assert form.is_valid()
    assert form.facts == {"specialty": "光伏"}
    assert errors("title", specialty="other") == {"specialty__other": ["选了“其他”的，请写明是什么。"]}
    again = RecordForm(part=title, facts=form.facts)
    assert (again["specialty"].value(), again["specialty__other"].value()) == ("other", "光伏")


def test_dotted_facts_are_put_together():
    form = RecordForm({"evaluators__level": "full_senior", "evaluators__count": "2"}, part=part_of("paper"))

    assert form.is_valid()
    assert form.facts == {"kind": "paper", "evaluators": {"level": "full_senior", "count": 2}}


def test_an_identity_number_is_kept_out_of_records():
    """It stands in one table; a skill certificate's number is often the same, and records are frozen and printed."""
    found = errors("skill", level="technician", certificate_number="120101198503141231")
    assert list(found) == ["certificate_number"]
    assert "只填后 6 位" in found["certificate_number"][0]


REVERSED = [
    ("post", "from", "to", "截止日期早于开始日期（2020年5月2日）。请核对这两个日期。"),
    ("sanction", "from", "until", "影响期最后一天早于影响期开始（2020年5月2日）。请核对这两个日期。"),
    ("education", "started_on", "awarded", "取得日期早于入学日期（2020年5月2日）。请核对这两个日期。"),
    ("basics", "born_on", "work_started_on", "参加工作日期早于出生日期（2020年5月2日）。请核对这两个日期。"),
    (
        "unit_project",
        "started_on",
        "date",
        "取得（完成、发表、授权）日期早于开始日期（2020年5月2日）。请核对这两个日期。",
    ),
]


@pytest.mark.parametrize(("kind", "first", "last", "told"), REVERSED)
def test_a_span_that_ends_before_it_begins_is_refused_where_it_ends(kind, first, last, told):
    assert errors(kind, **{first: "2020-05-02", last: "2020-05-01"}) == {last: [told]}


@pytest.mark.parametrize(("kind", "first", "last", "_told"), REVERSED)
def test_a_span_of_one_day_or_without_an_end_is_kept(kind, first, last, _told):
    for typed_days in ({first: "2020-05-02", last: "2020-05-02"}, {first: "2020-05-02"}, {last: "2020-05-02"}):
        assert RecordForm(typed_days, part=part_of(kind)).is_valid()


def test_every_end_is_a_day_on_the_same_form():
    ends = [(part.kind, field.ends) for part in PARTS for field in part.fields if field.ends]
    days = {(part.kind, field.name) for part in PARTS for field in part.fields if field.input is Input.DAY}
    assert set(ends) <= days


@pytest.mark.parametrize(("kind", "last"), [("post", "to"), ("sanction", "until")])
def test_the_self_check_refuses_a_reversed_span_too(kind, last):
    form = EntryForm({"from": "2020-05-02", last: "2020-05-01"}, part=questions.part_of(kind))
    assert not form.is_valid()
    assert list(form.errors) == [last]


def test_the_self_check_takes_an_achievement_without_the_day_it_began():
    entry = catalog.get("tianjin-lithium-2022")
    part = questions.achievement_part(entry, "unit_project")
    assert EntryForm({"date": "2020-05-01"}, part=part).is_valid()
