"""Staff's lists and the public's ask the database the same number of questions at one row and at thirty."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications import services
from applications.dossiers import canonical, sha256
from applications.models import Application, ArchiveItem, Round
from applications.status import Status
from tests.applications.filed import filed
from tests.applications.pages import address


def asked(client: Client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where).status_code == 200
    return len(queries)


def test_lists_of_applications(world, round_, enter):
    lists = {"employer_list": "wang", "supervisor_list": "zhao", "office_list": "sun", "watch_list": "chen"}
    clients = {name: enter(who) for name, who in lists.items()}
    filed(world, round_, "lin", at="office")
    alone = {name: asked(client, address(name)) for name, client in clients.items()}
    for number in range(29):
        filed(world, round_, f"many{number:02d}", at="office")

    assert {name: asked(client, address(name)) for name, client in clients.items()} == alone
    assert alone["office_list"] <= 9
    assert len(clients["office_list"].get(address("office_list")).context["page"]) == 25


def test_an_application_on_its_way(world, round_, enter):
    waits = filed(world, round_, "lin", at="office")
    accepted = filed(world, round_, "zhou", at="office", status=Status.ACCEPTED)
    sun = enter("sun")
    assert asked(sun, address("application_detail", waits.public_id)) <= 19  # five more ask what may be done with it
    assert asked(sun, address("application_detail", accepted.public_id)) <= 14


@pytest.mark.unlawful("results are posted without the meeting, which the room above knows", "review.passed_by_ballot")
def test_notices(world, round_, enter):
    sun, anybody = enter("sun"), Client()

    def post(*people) -> object:
        return services.open_notice(
            kind="result", round=round_, organization=world.units["office"], applications=people, by=world.people["sun"]
        )

    def counts(notice) -> list[int]:
        return [
            asked(anybody, address("notice_list")),
            asked(anybody, address("notice_detail", notice.public_id)),
            asked(sun, address("notice_manage_list")),
            asked(sun, address("notice_manage", notice.public_id)),
        ]

    first = post(filed(world, round_, "lin", at="office", status=Status.PASSED))
    alone = counts(first)
    crowd = [filed(world, round_, f"many{number:02d}", at="office", status=Status.PASSED) for number in range(30)]
    crowded = post(*crowd)
    for entry in crowded.entries.all():
        services.lodge_objection(entry=entry, text="待查。", contact="演示", by=world.people["zhou"])
    for person in crowd[:28]:
        post(person)

    assert counts(crowded) == alone
    assert alone[0] <= 2


def test_rounds(world, round_, enter):
    sun = enter("sun")
    alone = asked(sun, address("round_manage_list"))
    keep = {field.attname: getattr(round_, field.attname) for field in Round._meta.concrete_fields}
    Round.objects.bulk_create(
        Round(**{**keep, "id": None, "public_id": uuid4(), "name": f"批次{number}"}) for number in range(29)
    )

    assert asked(sun, address("round_manage_list")) == alone


def test_an_application_of_one_record_and_of_thirty(world, round_, enter):
    application = filed(world, round_, "lin")
    wang = enter("wang")
    pages = [address(name, application.public_id) for name in ("dossier_detail", "step_verify")]
    hold(application, 1)
    alone = [asked(wang, page) for page in pages]
    hold(application, 30)

    assert [asked(wang, page) for page in pages] == alone


def hold(application: Application, count: int) -> None:
    """Rewrites the snapshot to hold so many records of the archive."""
    while (there := ArchiveItem.objects.filter(owner=application.applicant).count()) < count:
        services.add_item(
            owner=application.applicant,
            kind="assessment",
            facts={"year": 1990 + there, "result": "competent"},
            details={},
        )
    items = ArchiveItem.objects.filter(owner=application.applicant)
    snapshot = application.snapshot
    data = snapshot.data | {
        "records": [
            {
                "id": str(item.public_id),
                "kind": item.kind,
                "facts": item.facts,
                "details": item.details,
                "sha256": item.content_sha256,
                "evidence": [],
            }
            for item in items
        ]
    }
    text = canonical(data)
    type(snapshot).objects.filter(pk=snapshot.pk).update(content=text, sha256=sha256(text))
