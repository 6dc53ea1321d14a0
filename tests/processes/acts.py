"""What is done beside the processes under load, in the same installation: fill it, order jobs, look at what came out.

`python -m tests.processes.acts prepare COUNT`, `… order COUNT`, `… look` print JSON; they stand for management commands.
"""

import json
import os
import sys
from collections import Counter
from io import BytesIO

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402  after setup
from django.db import transaction  # noqa: E402  after setup
from django.test import Client  # noqa: E402  after setup
from django.urls import reverse  # noqa: E402  after setup

from applications import demo as filing  # noqa: E402  after setup
from applications import services  # noqa: E402  after setup
from applications.models import Application, ApprovalStep, Evidence, Round, Snapshot, TransitionRecord  # noqa: E402
from applications.services.archive import rehash  # noqa: E402  after setup
from portal import clock, demo, invariants, jobs, notifications, privacy  # noqa: E402  after setup
from portal.demo import World  # noqa: E402  after setup
from portal.models import Delivery, Job, StoredFile, User  # noqa: E402  after setup
from tests.applications import walk  # noqa: E402  after setup
from tests.portal.samples import jpeg  # noqa: E402  after setup

NOTE = "processes.note"
# A size that a portrait may have, and any other picture too.
PORTRAIT = (590, 826)
# One record of each of these is enough to submit.
NEEDED = (
    "basics", "education", "title", "post", "assessment", "education_commitment", "continuing_education",
    "social_insurance", "paper", "summary",
)  # fmt: skip
WEIGHTS, CHECK_DIGITS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def prepare(count: int) -> list[dict[str, str]]:
    """An installation with `count` drafts ready to be submitted; the page and the session of each applicant."""
    call_command("migrate", verbosity=0)
    world = World()
    demo.load(world)
    round_ = filing.demo_round(world)
    people = [demo.person(f"load{n}", f"示例{n}", number=resident_number(n)) for n in range(count)]
    inputs = json.loads((filing.INPUTS / "records.json").read_text(encoding="utf-8"))
    records = [next(record for record in inputs["records"] if record["kind"] == kind) for kind in NEEDED]
    first = draft(world, round_, people[0], inputs, records)
    shared = received(first, people[0], records)
    jobs.work_off()
    for person in people[1:]:
        with transaction.atomic():
            share(draft(world, round_, person, inputs, records), shared)
    for person in people:
        walk.sign(Application.objects.get(applicant=person))
    return [{"page": page_of(person), "session": session_of(person)} for person in people]


def draft(world, round_, person, inputs, records) -> Application:
    privacy.agree(by=person)
    application = services.open_draft(
        applicant=person, round=round_, level=filing.LEVEL, employer=world.units["employer"],
        direction=inputs["direction"],
    )  # fmt: skip
    for record in records:
        services.add_item(
            owner=person, kind=record["kind"], facts=record["facts"], details=record["details"],
            application=application,
        )  # fmt: skip
    for section in inputs["nothing"]:
        services.state_nothing(owner=person, section=section, application=application)
    return application


def received(application, person, records) -> dict[str, StoredFile]:
    """One file in each slot of the first draft, through the intake, by the kind of its record."""
    with_files = [record["kind"] for record in records if record["files"]]
    found = {}
    for item in application.items.filter(kind__in=with_files):
        evidence = services.attach_evidence(
            application=application, item=item, upload=BytesIO(jpeg(*PORTRAIT)), name="材料.jpg", by=person
        )
        found[item.kind] = evidence.file
    return found


def share(application, files) -> None:
    """The first draft's files in the slots of another: the intake is not what is under load here."""
    for item in application.items.filter(kind__in=files):
        model = Evidence.objects.filter(file=files[item.kind]).first()
        Evidence.objects.create(
            owner=item.owner, item=item, section=model.section, slot=model.slot, file=model.file, added_at=clock.now()
        )
        rehash(item)


def resident_number(place: int) -> str:
    """A made-up number that passes every check."""
    body = f"120104{1970 + place % 30}{1 + place % 12:02d}{1 + place % 28:02d}{place % 1000:03d}"
    return body + CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def page_of(person: User) -> str:
    application = Application.objects.get(applicant=person)
    return reverse("applications:application_submit", args=[application.public_id])


def session_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def order(count: int) -> int:
    """So many messages by mail, each a job of its own, each ordered in a transaction of its own."""
    notifications.register(NOTE, "第 {place} 封", "这是第 {place} 封。", ["place"])
    people = User.objects.filter(username__startswith="load").order_by("pk")
    office = Round.objects.get().office
    for place, person in enumerate(people[:count]):
        notifications.notify(person, NOTE, {"place": place}, organization=office, dedupe=f"note:{place}")
    return count


def look() -> dict[str, object]:
    """What the database holds afterwards: how often each thing happened, counted."""
    ours = Application.objects.filter(applicant__username__startswith="load")
    moves = TransitionRecord.objects.filter(application__in=ours)
    return {
        "statuses": Counter(ours.values_list("status", flat=True)),
        "snapshots": Snapshot.objects.filter(application__in=ours).count(),
        "live": ours.filter(snapshot__live=True).count(),
        "moves": Counter(moves.values_list("move", flat=True)),
        "moved": moves.values("application").distinct().count(),
        "steps": ApprovalStep.objects.filter(application__in=ours).count(),
        "numbers": ours.values("number").distinct().count(),
        "jobs": Counter(
            f"{kind} {state} {tries}" for kind, state, tries in Job.objects.values_list("kind", "state", "tries")
        ),
        "letters": sorted(str(key) for key in Delivery.objects.values_list("public_id", flat=True)),
        "breaches": [str(breach) for breach in invariants.check()],
    }


def main(act: str, *arguments: str) -> None:
    acts = {"prepare": prepare, "order": order, "look": look}
    print(json.dumps(acts[act](*map(int, arguments))))  # noqa: T201  the answer


if __name__ == "__main__":
    main(*sys.argv[1:])
