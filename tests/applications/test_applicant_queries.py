"""The applicant's pages cost the same at one row and at thirty."""

import pytest
from django.test import Client

from applications import services
from applications.models import Application, ArchiveItem, Round
from applications.status import Status
from tests.applications.filed import evidence_of
from tests.costs import cost

OWN = ("application_detail", "application_check", "section_detail", "precheck")


@pytest.fixture
def lin(world) -> Client:
    client = Client()
    client.force_login(world.people["lin"])
    return client


def more_rounds(round_: Round, count: int) -> list[Round]:
    """Rounds like the one there is, under other names."""
    return [
        Round.objects.create(
            **{
                field.attname: getattr(round_, field.attname)
                for field in Round._meta.concrete_fields
                if field.name not in {"id", "public_id", "name"}
            },
            name=f"{round_.name}（{number}）",
        )
        for number in range(count)
    ]


@pytest.mark.pins({"applications:round_list": 12, "applications:application_list": 11})
def test_rounds_and_own_applications(world, round_, empty_draft, lin):
    def costs() -> list[int]:
        return [cost(lin, f"applications:{name}") for name in ("round_list", "application_list")]

    one = costs()
    for other in more_rounds(round_, 29):
        Application.objects.create(
            applicant=empty_draft.applicant,
            round=other,
            employer=empty_draft.employer,
            level=empty_draft.level,
            created_at=empty_draft.created_at,
            changed_at=empty_draft.changed_at,
        )

    assert costs() == one
    assert Application.objects.filter(status=Status.DRAFT).count() == 30


@pytest.mark.pins(
    {
        "applications:application_detail": 12,
        "applications:application_check": 23,
        "applications:section_detail": 12,
        "applications:precheck": 11,
    }
)
def test_one_application_with_one_and_with_thirty_records_each_with_evidence(empty_draft, lin):
    def costs() -> list[int]:
        words = {"section_detail": ["posts"]}
        return [cost(lin, f"applications:{name}", empty_draft.public_id, *words.get(name, [])) for name in OWN]

    def add_post(number: int) -> ArchiveItem:
        item = services.add_item(
            owner=empty_draft.applicant,
            kind="post",
            facts={"from": f"20{number:02}-01-01"},
            details={"unit": f"单位{number}"},
            application=empty_draft,
        )
        evidence_of(item)
        return item

    add_post(0)
    one = costs()
    for number in range(1, 30):
        add_post(number)

    assert costs() == one


@pytest.mark.pins({"applications:item_change": 11})
def test_one_record_with_one_and_with_thirty_pieces_of_evidence(empty_draft, lin):
    item = services.add_item(
        owner=empty_draft.applicant, kind="post", facts={}, details={"unit": "单位"}, application=empty_draft
    )
    evidence_of(item)
    one = cost(lin, "applications:item_change", empty_draft.public_id, item.public_id)
    for _number in range(29):
        evidence_of(item)

    assert cost(lin, "applications:item_change", empty_draft.public_id, item.public_id) == one


@pytest.mark.pins(
    {"applications:archive": 10, "applications:archive_section_detail": 12, "applications:archive_item_change": 12}
)
def test_the_archive_with_one_and_with_thirty_records_each_with_evidence(world, lin):
    def add_post(number: int) -> ArchiveItem:
        item = services.add_item(
            owner=world.people["lin"],
            kind="post",
            facts={"from": f"20{number:02}-01-01"},
            details={"unit": f"单位{number}"},
        )
        evidence_of(item)
        return item

    first = add_post(0)

    def costs() -> list[int]:
        return [
            cost(lin, "applications:archive"),
            cost(lin, "applications:archive_section_detail", "posts"),
            cost(lin, "applications:archive_item_change", first.public_id),
        ]

    one = costs()
    for number in range(1, 30):
        add_post(number)

    assert costs() == one
