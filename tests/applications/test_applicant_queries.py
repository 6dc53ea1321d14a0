"""The applicant's pages cost the same at one row and at thirty."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications import services
from applications.models import Application, Round
from applications.status import Status


def cost(client: Client, name: str, *args) -> int:
    address = reverse(f"applications:{name}", args=args)
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as counted:
        client.get(address)
    return len(counted)


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


def test_rounds_and_own_applications(world, round_, empty_draft, lin):
    one = [cost(lin, "round_list"), cost(lin, "application_list")]
    for other in more_rounds(round_, 29):
        Application.objects.create(
            applicant=empty_draft.applicant,
            round=other,
            employer=empty_draft.employer,
            level=empty_draft.level,
            created_at=empty_draft.created_at,
            changed_at=empty_draft.changed_at,
        )

    assert [cost(lin, "round_list"), cost(lin, "application_list")] == one
    assert Application.objects.filter(status=Status.DRAFT).count() == 30


def test_one_application_with_one_and_with_thirty_records(empty_draft, lin):
    key = empty_draft.public_id
    pages = [
        ("application_detail", key),
        ("application_check", key),
        ("section_detail", key, "posts"),
        ("precheck", key),
    ]

    def add_post(number: int) -> None:
        services.add_item(
            owner=empty_draft.applicant,
            kind="post",
            facts={"from": f"20{number:02}-01-01"},
            details={"unit": f"单位{number}"},
            application=empty_draft,
        )

    add_post(0)
    one = [cost(lin, *page) for page in pages]
    for number in range(1, 30):
        add_post(number)

    assert [cost(lin, *page) for page in pages] == one
