"""Every required field, section and paper missing, one at a time: submission is refused and the place is named."""

import pytest

from applications import services
from applications.errors import Incomplete
from applications.records import RecordError
from applications.sections import SECTIONS, Field, Input, Part, Section
from applications.services import gaps
from tests.applications import walk
from tests.applications.pages import address, words

VALUES = {
    Input.LINE: "示例",
    Input.PROSE: "示例",
    Input.DAY: "2023-05-01",
    Input.DAY_OR_NEVER: "2020-01-01",
    Input.WHOLE: 1,
    Input.NUMBER: 1.0,
    Input.YES_NO: True,
}
FIELDS = {
    f"{section.key}-{part.kind}-{field.name}": (section, part, field)
    for section in SECTIONS
    for part in section.parts
    for field in part.fields
    if field.required and part.kind != "consent"  # below
}
PARTS = {f"{section.key}-{part.kind}": (section, part) for section in SECTIONS for part in section.parts}
NEEDED = {section.key: section for section in SECTIONS if section.required}


def value_of(field: Field) -> object:
    if field.name == "year":
        return 2023
    return next(iter(field.choices)) if field.choices else VALUES[field.input]


def said(part: Part, *, without: str = "") -> dict[str, dict[str, object]]:
    """Facts and details of a record that answers every required question but one."""
    told: dict[str, dict[str, object]] = {"facts": dict(part.facts), "details": {}}
    for field in part.fields:
        if field.required and field.name != without:
            place = told["facts" if field.fact else "details"]
            *above, name = field.name.split(".")
            for step in above:
                place = place.setdefault(step, {})  # type: ignore[assignment]
            place[name] = value_of(field)
    return told


def refused(application) -> list[str]:
    """What a press is refused with."""
    signature = walk.sign(application)
    with pytest.raises(Incomplete) as refusal:
        services.submit(
            application=application,
            by=application.applicant,
            seen_sha256=signature.content_sha256,
            signature=signature,
        )
    assert application.snapshots.count() == 0
    return refusal.value.reasons


def unfilled(section: Section, part: Part, *fields: Field) -> str:
    return f"“{section.title}”中“{part.label}”未填：{'、'.join(str(field.label) for field in fields)}。"


def test_there_are_required_fields_in_most_sections():
    assert len(FIELDS) > 30
    assert len({name.partition("-")[0] for name in FIELDS}) > 10


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_one_required_field_missing(empty_draft, name):
    section, part, field = FIELDS[name]
    services.add_item(
        owner=empty_draft.applicant, kind=part.kind, application=empty_draft, **said(part, without=field.name)
    )

    reasons = refused(empty_draft)
    assert [one for one in reasons if "未填：" in one] == [unfilled(section, part, field)]
    assert {gap.section for gap in gaps(empty_draft) if "未填：" in gap.sentence} == {section.key}


def test_a_consent_that_names_nobody_is_not_even_kept(empty_draft):
    with pytest.raises(RecordError):
        services.add_item(owner=empty_draft.applicant, kind="consent", application=empty_draft, facts={}, details={})


@pytest.mark.parametrize("name", sorted(PARTS))
def test_with_every_required_field_filled_none_is_named(empty_draft, name):
    _section, part = PARTS[name]
    services.add_item(owner=empty_draft.applicant, kind=part.kind, application=empty_draft, **said(part))
    assert [one for one in refused(empty_draft) if "未填：" in one] == []


@pytest.mark.parametrize("key", sorted(NEEDED))
def test_one_required_section_missing(draft, key):
    section = NEEDED[key]
    for item in draft.items.all():
        if item.kind in section.kinds or item.facts.get("section") == key:
            services.leave_out(application=draft, item=item, by=draft.applicant)

    reasons = refused(draft)
    assert f"“{section.title}”尚未填写" in reasons[0]
    assert {gap.section for gap in gaps(draft)} - {"awards"} <= {key}


def test_the_page_leads_to_the_place(draft, enter):
    item = draft.items.get(kind="summary")
    services.change_item(item=item, facts={}, details={}, by=draft.applicant)
    page = enter("lin").get(address("application_check", draft.public_id))

    assert "未填：" in words(page)
    assert address("section_detail", draft.public_id, "summary") in page.content.decode()
    assert "去签署承诺并提交" not in words(page)
