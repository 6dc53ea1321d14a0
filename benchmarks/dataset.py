"""5,000 applications: 200 employers, 24 rounds in 3 years, every second person with the whole archive of 20 files.

One application goes its way through the services; the others are its copies, written in bulk through the models with
ids, names, units, rounds and standing of their own. An empty database is filled in a minute or two.
"""

import json
import uuid
from datetime import date, timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection, transaction

from applications.dossiers import canonical, sha256
from applications.models import (
    Application,
    ApprovalStep,
    ArchiveItem,
    Evidence,
    Notice,
    NoticeEntry,
    Round,
    Snapshot,
    TransitionRecord,
    Verification,
)
from benchmarks.copies import copied
from certificates.models import Certificate, Document
from certificates.round_play import Play
from portal import clock, demo
from portal.demo import World
from portal.models import Message, Organization, StoredFile, User
from review import demo as pool

APPLICATIONS, EMPLOYERS, YEARS, ROUNDS_A_YEAR = 5000, 200, (2022, 2023, 2024), 8
FILES, WITH_ARCHIVE = 20, 2
AT_ONCE = 250
# Where the applications stand, in turn: most have come to their certificate, some wait for the office.
STANDING = (*["certified"] * 12, *["failed"] * 3, *["accepted"] * 3, *["in_approval"] * 2)
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何", "伟芳娜敏静磊洋勇艳杰涛明超霞平刚桂英华玉"


def build() -> None:
    """Fills the empty database. Business time stands in 27号's days while the first application goes its way."""
    with clock.frozen(clock.DEMO_START):
        world = World()
        demo.load(world)
        pool.load(world)
        play = Play(world)
        list(play.whole())
        pattern = Pattern(play)
        rounds, employers = [*_rounds(play.round)], [*_employers(world)]
        for first in range(0, APPLICATIONS, AT_ONCE):
            with transaction.atomic():
                pattern.copy(range(first, first + AT_ONCE), rounds, employers)
        _notices(play, rounds)
        sun = world.people["sun"]
        Message.objects.bulk_create(
            [Message(recipient=sun, template="note", subject=f"第 {n} 条", body="……") for n in range(60)]
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rounds(model: Round) -> list[Round]:
    rows = []
    for year in YEARS:
        for turn in range(ROUNDS_A_YEAR):
            row = copied(model, name=f"{year}年度第{turn + 1}批锂离子电池专业职称评审", year=year)
            for name in ("opens_on", "applicant_closes_on", "employer_closes_on", "supervisor_closes_on", "as_of"):
                setattr(row, name, getattr(model, name).replace(year=year))
            row.office_closes_on = model.office_closes_on.replace(year=year)
            rows.append(row)
    return Round.objects.bulk_create(rows)


def _employers(world: World) -> list[Organization]:
    model = world.units["employer"]
    made = [copied(model, name=f"津能示范第{n + 1}有限公司", uscc="") for n in range(EMPLOYERS)]
    for organization in made:
        organization.save()
    return made


class Pattern:
    """The application that went its way, read once."""

    def __init__(self, play: Play) -> None:
        self.application = Application.objects.get(pk=play.application.pk)
        self.items = list(self.application.items.order_by("pk"))
        self.evidence = list(Evidence.objects.filter(item__in=self.items).select_related("file").order_by("pk"))
        self.verifications = list(Verification.objects.filter(item__in=self.items))
        self.steps = list(self.application.steps.order_by("order"))
        self.history = list(self.application.history.order_by("pk"))
        self.certificate = Certificate.objects.get(application=self.application)
        self.papers = [self.certificate.document, self.certificate.review_form]
        assert self.application.snapshot is not None
        self.snapshot = self.application.snapshot
        self.content = self._with_all_files(self.snapshot.data)

    def _with_all_files(self, content: dict) -> dict:
        """The submitted content, its last record's files repeated until there are as many as the goals speak of."""
        held = sum(len(record["evidence"]) for record in content["records"])
        record = next(record for record in reversed(content["records"]) if record["evidence"])
        piece = next(piece for piece in self.evidence if str(piece.public_id) == record["evidence"][0]["id"])
        for _ in range(FILES - held):
            again = copied(piece)
            record["evidence"].append({**record["evidence"][0], "id": str(again.public_id)})
            self.evidence.append(again)
        return content

    def copy(self, numbers: range, rounds: list[Round], employers: list[Organization]) -> None:
        """The copies of these numbers with everything that hangs on them."""
        people = User.objects.bulk_create(
            [
                User(username=f"bench{n:05d}", name=name_of(n), password="!", email=f"b{n}@portal.example")
                for n in numbers
            ]
        )
        applications = Application.objects.bulk_create(
            [
                self._application(n, person, rounds[n % len(rounds)], employers[n % len(employers)])
                for n, person in zip(numbers, people, strict=True)
            ]
        )
        ids = [{str(one.public_id): str(uuid.uuid4()) for one in (*self.items, *self.evidence)} for _ in numbers]
        self._snapshots(applications, ids)
        self._way(applications)
        self._archive(applications, ids)
        self._certificates([one for one in applications if one.status == "certified"])

    def _application(self, n: int, person: User, round_: Round, employer: Organization) -> Application:
        at = self.application.submitted_at.replace(year=round_.year) + timedelta(minutes=n)
        return copied(
            self.application, number=f"{round_.year}-B{n:05d}", applicant=person, submitted_by=person, round=round_,
            employer=employer, status=STANDING[n % len(STANDING)], snapshot=None, submitted_at=at,
        )  # fmt: skip

    def _snapshots(self, applications: list[Application], ids: list[dict[str, str]]) -> None:
        rows = []
        for application, new in zip(applications, ids, strict=True):
            content = json.loads(json.dumps(self.content))
            content["applicant"]["name"] = application.applicant.name
            content["employer"]["name"] = application.employer.name
            for record in content["records"]:
                record["id"] = new[record["id"]]
                for piece in record["evidence"]:
                    piece["id"] = new[piece["id"]]
            text = canonical(content)
            rows.append(copied(self.snapshot, application=application, content=text, sha256=sha256(text)))
        for application, snapshot in zip(applications, Snapshot.objects.bulk_create(rows), strict=True):
            application.snapshot = snapshot
        Application.objects.bulk_update(applications, ["snapshot"])

    def _way(self, applications: list[Application]) -> None:
        """Steps and history. Who is still in approval waits for the office; the others have passed it."""
        steps, moves = [], []
        for application in applications:
            waits = application.status == "in_approval"
            for step in self.steps:
                row = copied(step, application=application)
                if step.kind == "employer":
                    row.organization = application.employer
                if waits and step.kind == "office":
                    row.state, row.decided_by, row.decided_at, row.snapshot_sha256 = "open", None, None, ""
                steps.append(row)
            known = [*self.history[:2], self.history[1], *self.history[2:]]
            moves += [copied(record, application=application) for record in known]
        ApprovalStep.objects.bulk_create(steps)
        TransitionRecord.objects.bulk_create(moves)

    def _archive(self, applications: list[Application], ids: list[dict[str, str]]) -> None:
        """Records, files and findings of every second person, under the ids that their snapshots name."""
        chosen = list(zip(applications, ids, strict=True))[::WITH_ARCHIVE]
        items, files, evidence, found = [], [], [], []
        for application, new in chosen:
            mine = {
                item.pk: copied(item, owner=application.applicant, public_id=uuid.UUID(new[str(item.public_id)]))
                for item in self.items
            }
            items += mine.values()
            for piece in self.evidence:
                files.append(copied(piece.file, received_by=application.applicant))
                evidence.append(
                    copied(
                        piece, owner=application.applicant, item=mine[piece.item_id], file=files[-1],
                        public_id=uuid.UUID(new[str(piece.public_id)]),
                    )
                )  # fmt: skip
            found += [copied(row, item=mine[row.item_id]) for row in self.verifications]
        ArchiveItem.objects.bulk_create(items)
        StoredFile.objects.bulk_create(files)
        Evidence.objects.bulk_create(evidence)
        Verification.objects.bulk_create(found)
        of = {application.applicant_id: application.pk for application, _new in chosen}
        through = Application.items.through
        through.objects.bulk_create(through(application_id=of[item.owner_id], archiveitem_id=item.pk) for item in items)

    def _certificates(self, applications: list[Application]) -> None:
        papers = [
            [copied(paper, application=application, supersedes=None) for paper in self.papers]
            for application in applications
        ]
        Document.objects.bulk_create([paper for pair in papers for paper in pair])
        Certificate.objects.bulk_create(
            copied(
                self.certificate, application=application, holder=application.applicant,
                holder_name=application.applicant.name, unit=application.employer.name, number=application.number,
                token=uuid.uuid4().hex, document=pair[0], review_form=pair[1], supersedes=None,
            )
            for application, pair in zip(applications, papers, strict=True)
        )  # fmt: skip


def _notices(play: Play, rounds: list[Round]) -> None:
    """A result notice a round, closed but for the last three, with everybody who passed."""
    sun = play.world.people["sun"]
    for place, round_ in enumerate(rounds):
        posted = date(round_.year, 6, 1) + timedelta(days=place)
        running = place >= len(rounds) - 3
        notice = Notice.objects.create(
            kind="result", round=round_, organization=round_.office, posted_on=posted, days=5,
            ends_on=posted + timedelta(days=7), state="open" if running else "closed", posted_by=sun,
            closed_by=None if running else sun, closed_at=None if running else clock.now(),
        )  # fmt: skip
        passed = round_.applications.filter(status="certified").select_related("applicant", "employer", "snapshot")
        NoticeEntry.objects.bulk_create(
            NoticeEntry(
                notice=notice, application=one, name=one.applicant.name, unit=one.employer.name,
                specialty="锂离子电池", title="高级工程师", snapshot_sha256=one.snapshot.sha256,
            )
            for one in passed
        )  # fmt: skip


def name_of(number: int) -> str:
    return SURNAMES[number % 20] + GIVEN[number // 20 % 20] + GIVEN[number // 400 % 20]


def session_of(username: str) -> str:
    """A session of a person who has just logged in."""
    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key or ""


def drafted() -> Application:
    """An application with the whole archive and 20 files that lies with its applicant."""
    waiting = Application.objects.filter(applicant__username=f"bench{STANDING.index('in_approval'):05d}")
    waiting.update(status="draft", snapshot=None, submitted_at=None, submitted_by=None)
    return waiting.get()


def _own(application: Application) -> dict[str, str]:
    """An application and the session of its applicant."""
    return {"application": str(application.public_id), "session": session_of(application.applicant.username)}


def main() -> None:
    """Prints, as JSON, the public ids and the session that the benchmarks ask with."""
    call_command("migrate", verbosity=0)
    if not Application.objects.exists():
        build()
    certified = Application.objects.filter(applicant__username__startswith="bench", items__isnull=False).distinct()
    print(
        json.dumps(
            {
                "session": session_of("sun"),
                "applications": [str(one) for one in certified.order_by("pk").values_list("public_id", flat=True)[:40]],
                "tokens": list(Certificate.objects.order_by("-pk").values_list("token", flat=True)[:40]),
                "filing": _own(drafted()),
                "filed": _own(certified.order_by("pk")[0]),
            }
        )
    )
