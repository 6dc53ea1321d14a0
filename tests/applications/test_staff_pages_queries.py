"""Staff's lists and the public's ask the database the same number of questions at one row and at thirty."""

from dataclasses import asdict
from uuid import uuid4

import pytest
from django.test import Client

from applications import dossiers, services
from applications.dossiers import canonical, sha256
from applications.models import Application, ArchiveItem, Round
from applications.status import Status
from tests.applications.filed import evidence_of, filed
from tests.applications.pages import address
from tests.costs import cost


@pytest.mark.pins(
    {
        "applications:employer_list": 14,
        "applications:supervisor_list": 14,
        "applications:office_list": 9,
        "applications:watch_list": 14,
    }
)
def test_lists_of_applications(world, round_, enter):
    lists = {"employer_list": "wang", "supervisor_list": "zhao", "office_list": "sun", "watch_list": "chen"}
    clients = {name: enter(who) for name, who in lists.items()}

    def costs() -> dict[str, int]:
        return {name: cost(client, f"applications:{name}") for name, client in clients.items()}

    filed(world, round_, "lin", at="office")
    alone = costs()
    for number in range(29):
        filed(world, round_, f"many{number:02d}", at="office")

    assert costs() == alone
    assert alone["office_list"] <= 9
    assert len(clients["office_list"].get(address("office_list")).context["page"]) == 25


def test_an_application_on_its_way(world, round_, enter):
    waits = filed(world, round_, "lin", at="office")
    accepted = filed(world, round_, "zhou", at="office", status=Status.ACCEPTED)
    sun = enter("sun")
    # Four more ask what may be done with it, one of them whether the person is barred.
    assert cost(sun, "applications:application_detail", waits.public_id) == 17
    assert cost(sun, "applications:application_detail", accepted.public_id) <= 13


@pytest.mark.unlawful("results are posted without the meeting, which the room above knows", "review.passed_by_ballot")
@pytest.mark.pins(
    {
        "applications:notice_list": 2,
        "applications:notice_detail": 6,
        "applications:notice_manage_list": 13,
        "applications:notice_manage": 15,
    }
)
def test_notices(world, round_, enter):
    sun, anybody = enter("sun"), Client()

    def post(*people) -> object:
        return services.open_notice(
            kind="result", round=round_, organization=world.units["office"], applications=people, by=world.people["sun"]
        )

    def costs(notice) -> list[int]:
        return [
            cost(anybody, "applications:notice_list"),
            cost(anybody, "applications:notice_detail", notice.public_id),
            cost(sun, "applications:notice_manage_list"),
            cost(sun, "applications:notice_manage", notice.public_id),
        ]

    first = post(filed(world, round_, "lin", at="office", status=Status.PASSED))
    alone = costs(first)
    crowd = [filed(world, round_, f"many{number:02d}", at="office", status=Status.PASSED) for number in range(30)]
    crowded = post(*crowd)
    for entry in crowded.entries.all():
        services.lodge_objection(entry=entry, text="待查。", contact="演示", by=world.people["zhou"])
    for person in crowd[:28]:
        post(person)

    assert costs(crowded) == alone
    assert alone[0] <= 2


@pytest.mark.pins({"applications:employer_notice_add": 15})
def test_the_form_of_a_notice_over_one_person_and_over_thirty(world, round_, enter):
    wang = enter("wang")
    filed(world, round_, "lin")
    alone = cost(wang, "applications:employer_notice_add")
    for number in range(29):
        filed(world, round_, f"many{number:02d}")

    assert cost(wang, "applications:employer_notice_add") == alone
    assert wang.get(address("employer_notice_add")).content.decode().count("many") >= 29


@pytest.mark.pins({"applications:round_manage_list": 13})
def test_rounds(world, round_, enter):
    sun = enter("sun")
    alone = cost(sun, "applications:round_manage_list")
    keep = {field.attname: getattr(round_, field.attname) for field in Round._meta.concrete_fields}
    Round.objects.bulk_create(
        Round(**{**keep, "id": None, "public_id": uuid4(), "name": f"批次{number}"}) for number in range(29)
    )

    assert cost(sun, "applications:round_manage_list") == alone


@pytest.mark.pins(
    {
        "applications:dossier_detail": 23,
        "applications:step_verify": 17,
        "applications:step_decide": 19,
    }
)
def test_an_application_of_one_record_and_of_thirty_each_with_evidence(world, round_, enter):
    application = filed(world, round_, "lin")
    wang = enter("wang")

    def costs() -> list[int]:
        pages = ("dossier_detail", "step_verify", "step_decide")
        return [cost(wang, f"applications:{name}", application.public_id) for name in pages]

    hold(application, 1)
    alone = costs()
    hold(application, 30)

    assert costs() == alone


def hold(application: Application, count: int) -> None:
    """Rewrites the snapshot to hold so many records of the archive, each with a piece of evidence."""
    while (there := ArchiveItem.objects.filter(owner=application.applicant).count()) < count:
        item = services.add_item(
            owner=application.applicant,
            kind="assessment",
            facts={"year": 1990 + there, "result": "competent"},
            details={},
        )
        evidence_of(item)
        item.applications.add(application)
    records = [asdict(record) for record in dossiers.chosen(application)]
    assert len(records) == count == sum(len(record["evidence"]) for record in records)
    text = canonical(application.snapshot.data | {"records": records})
    type(application.snapshot).objects.filter(pk=application.snapshot.pk).update(content=text, sha256=sha256(text))
