"""Three applications walked side by side along the line, so that every route can be asked at the stage it is for.

`mine` is 林申报's: its employer, supervising body, office, committee and experts are the personas'. `other` stands
beside it in the same region: another employer, body, office and committee. `far` stands in another region. The three
lines share nothing but the policy.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from django.db import transaction

from applications import dossiers
from applications import services as filing
from applications.ban_grounds import grounds
from applications.models import (
    Application,
    ArchiveItem,
    Ban,
    Evidence,
    FindingOverride,
    Notice,
    NoticePhotograph,
    RoundPaper,
)
from applications.services.bans import Named
from certificates.models import Document
from certificates.round_play import Act, Play
from portal import clock, files, jobs, own_data, workdays
from portal import demo as people
from portal.demo import World
from portal.models import Delivery, Membership, Message, Organization, OrganizationKind, OwnDataOrder, Ownership
from portal.roles import Role
from review import demo as pool
from review import masking
from review import services as review
from review.models import Entry, PoolMember, Seat
from tests.matrix.declare import PEOPLE

POOL_SIZE, SKILLED = 36, 3
MANUAL = b"%PDF-1.4 a manual"


class Line:
    """One application on its way, and the things that grow beside it."""

    def __init__(self, world: World, expert: str = "") -> None:
        self.world, self.expert = world, expert
        self.play = Play(world)
        self._part: Iterator[Act] = iter(())
        self.signing = ""

    def begin(self, part: Callable[[Play], Iterator[Act]], *, acts: int) -> None:
        """Plays the first acts of a part."""
        self._part = part(self.play)
        for _act in range(acts):
            next(self._part)

    def finish(self) -> None:
        for _act in self._part:
            pass

    @property
    def application(self) -> Application:
        return Application.objects.get(pk=self.play.application.pk)

    def word_for(self, thing: str) -> str:
        """What stands in an address for the thing: its public id, or the token of the certificate."""
        if thing.startswith("="):
            return thing[1:]
        if thing == "token":
            return self.play.certificate.token
        if thing == "signing":
            return self.signing
        return str(self.find(thing).public_id)

    def find(self, thing: str):
        found = getattr(self, f"_{thing}")()
        assert found is not None, f"there is no {thing} yet"
        return found

    def _application(self):
        return self.play.application

    def _round(self):
        return self.play.round

    def _item(self) -> ArchiveItem | None:
        return self.application.items.filter(kind="achievement").first() or self.application.items.first()

    def _evidence(self) -> Evidence | None:
        return Evidence.objects.kept().filter(owner=self.application.applicant).first()

    def _notice(self) -> Notice | None:
        return Notice.objects.filter(round=self.play.round).order_by("-pk").first()

    def _notice_entry(self):
        return self.find("notice").entries.first()

    def _photograph(self) -> NoticePhotograph | None:
        return NoticePhotograph.objects.filter(notice__round=self.play.round).first()

    def _objection(self):
        return self.find("notice_entry").objections.first()

    def _override(self) -> FindingOverride | None:
        return FindingOverride.objects.filter(snapshot__application=self.application).first()

    def _ban(self) -> Ban | None:
        return Ban.objects.filter(organization=self.world.units["office"]).first()

    def _paper(self) -> RoundPaper | None:
        return RoundPaper.objects.filter(round=self.play.round).first()

    def _own_data(self) -> OwnDataOrder:
        lin = self.world.people["lin"]
        ordered = OwnDataOrder.objects.filter(person=lin).first() or own_data.order(by=lin)
        own_data.make(ordered.pk)
        return ordered

    def _committee(self) -> Organization:
        return self.world.units["committee"]

    def _member(self) -> PoolMember | None:
        return PoolMember.objects.filter(committee=self.find("committee")).order_by("pk").last()

    def _meeting(self):
        return self.play.meeting

    def _seat(self) -> Seat | None:
        seats = Seat.objects.taken().filter(meeting=self.find("meeting"))
        return seats.filter(expert__user__username=self.expert).first() if self.expert else seats.first()

    def _agenda_entry(self) -> Entry | None:
        return self.find("meeting").entries.first()

    def _agenda_evidence(self) -> Evidence:
        return masking.evidence_of(self.find("agenda_entry"))[0]

    def _certificate(self):
        return self.play.certificate

    def _document(self) -> Document:
        return self.play.certificate.document

    def _delivery(self) -> Delivery | None:
        return Delivery.objects.filter(message__recipient=self.world.people["lin"]).first()

    def _message(self) -> Message | None:
        return Message.objects.filter(recipient=self.world.people["lin"]).first()


class Scene:
    """The three lines and the stages they pass through together."""

    def __init__(self) -> None:
        workdays.seed()
        world = World()
        people.load(world)
        pool.load(world)
        self.people = {name: world.people[name] for name in PEOPLE}
        self.lines = {
            "mine": Line(world, expert="qian"),
            "other": Line(_other_world(world)),
            "far": Line(_far_world(world)),
        }

    def stages(self) -> Iterator[str]:
        """Walks all lines to each stage and names it. Whoever asks undoes what asking has changed."""
        self._begin(Play.file, acts=2)
        with self._signings():
            yield "draft"
        self._finish()
        with self._bans():
            yield "filed"
        self._begin(Play.employer, acts=2)
        jobs.work_off()
        with self._objections():
            yield "posted"
        self._finish()
        yield "forwarded"
        self._play(Play.supervising_body)
        with self._overrides():
            yield "arrived"
        self._play(Play.office, Play.draw)
        yield "seated"
        self._play(Play.meet)
        self._begin(Play.result, acts=1)
        with self._objections():
            yield "public"
        self._finish()
        self._play(Play.papers)
        yield "certified"

    def _play(self, *parts: Callable[[Play], Iterator[Act]]) -> None:
        for part in parts:
            self._begin(part, acts=0)
            self._finish()

    def _begin(self, part: Callable[[Play], Iterator[Act]], *, acts: int) -> None:
        for line in self.lines.values():
            line.begin(part, acts=acts)

    def _finish(self) -> None:
        for line in self.lines.values():
            line.finish()

    @contextmanager
    def _signings(self) -> Iterator[None]:
        """A link for signing on a phone is open for as long as the stage lasts."""
        with undone():
            for line in self.lines.values():
                application = line.application
                line.signing = filing.open_link(
                    application=application,
                    by=application.applicant,
                    content_sha256=dossiers.content(application).sha256,
                    words_sha256=filing.applicant_words_sha256(application),
                )
            yield

    @contextmanager
    def _overrides(self) -> Iterator[None]:
        """An officer's own finding stands for as long as the stage lasts."""
        with undone():
            for line in self.lines.values():
                filing.override_finding(
                    application=line.application,
                    clause="五(一)1",
                    verdict="met",
                    basis="津人社局发〔2022〕27号 五(一)1",
                    reason="证书已核对原件。",
                    by=line.world.people["sun"],
                    seen_sha256=line.application.snapshot.sha256,
                )
            yield

    @contextmanager
    def _bans(self) -> Iterator[None]:
        """Each line's office has barred somebody, and offers a manual, for as long as the stage lasts."""
        with undone():
            for place, line in enumerate(self.lines.values()):
                office = line.world.units["office"]
                filing.enter_ban(
                    person=Named(name="何冒名", kind="hk_macao_permit", number=f"H1234567{place}"),
                    organization=office,
                    ground=grounds(office.region)[0],
                    term="until_lifted",
                    year=2025,
                    reason="论文系代写，已核实。",
                    by=line.world.people["sun"],
                )
                manual = files.store_bytes(MANUAL, name="手册.pdf", content_type="application/pdf", purpose="round")
                RoundPaper.objects.create(
                    round=line.play.round, kind="manual", title="操作手册", file=manual,
                    added_by=line.world.people["sun"], added_at=clock.now(),
                )  # fmt: skip
            yield

    @contextmanager
    def _objections(self) -> Iterator[None]:
        """An objection stands on each notice for as long as the stage lasts, and the line goes on without it."""
        with undone():
            for line in self.lines.values():
                entry, clerk = line.find("notice_entry"), line.world.people["wang"]
                filing.lodge_objection(entry=entry, text="论文署名存疑。", contact="13900000000", by=clerk)
            yield


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves nothing in the database."""
    held = transaction.atomic()
    held._from_testcase = True  # as Django marks its own, so that durable acts may run inside
    with held:
        yield
        transaction.set_rollback(True)


def made_up() -> str:
    return str(uuid.uuid4())


def _other_world(world: World) -> World:
    """Another employer, body and office of the same region; their clerks are 吴外单 and 郑他办."""
    units = {**world.units, **{key: world.units[f"other_{key}"] for key in ("employer", "office")}}
    units["supervising_body"] = world.units["other_body"]
    units["committee"] = _committee(units["office"])
    clerk = _clerk("body_other", units["supervising_body"], Role.SUPERVISOR_CLERK)
    staff = {"wang": world.people["wu"], "zhao": clerk, "sun": world.people["zheng"]}
    return _peopled(World(units=units, people=staff), "other", number="12010419891105331X")


def _far_world(world: World) -> World:
    """The same offices under the root of another region, which lets the same policy apply."""
    root = world.units["other_region"]
    Organization.objects.filter(pk=root.pk).update(region=world.units["region"].region)
    root.refresh_from_db()
    government = Ownership.GOVERNMENT
    office = _unit("外地评审办", OrganizationKind.REVIEW_OFFICE, root, government)
    body = _unit("外地主管部门", OrganizationKind.SUPERVISING_BODY, root, government)
    units = {
        "region": root,
        "office": office,
        "supervising_body": body,
        "employer": _unit("外地示范材料有限公司", OrganizationKind.EMPLOYER, body, Ownership.STATE),
        "committee": _committee(office),
    }
    staff = {
        "wang": _clerk("employer_far", units["employer"], Role.EMPLOYER_CLERK),
        "zhao": _clerk("body_far", body, Role.SUPERVISOR_CLERK),
        "sun": _clerk("office_far", office, Role.OFFICE_CLERK),
    }
    return _peopled(World(units=units, people=staff), "far", number="120104199002101235")


def _unit(name: str, kind: OrganizationKind, parent: Organization, ownership: str) -> Organization:
    return Organization.objects.create(name=name, kind=kind, parent=parent, ownership=ownership)


def _committee(office: Organization) -> Organization:
    return Organization.objects.create(
        name=f"{office.name}评审委员会", kind=OrganizationKind.COMMITTEE, parent=office, filed_until=date(2027, 12, 31)
    )


def _clerk(username: str, unit: Organization, role: Role):
    person = people.person(username, f"{unit.name}经办")
    Membership.objects.create(user=person, organization=unit, role=role)
    return person


def _peopled(world: World, prefix: str, *, number: str) -> World:
    """The world with an applicant, and a lawful pool that works elsewhere."""
    world.people["lin"] = people.person(f"{prefix}_applicant", "何同类", number=number)
    for place in range(POOL_SIZE):
        review.enrol(
            by=world.people["sun"],
            committee=world.units["committee"],
            user=people.person(f"{prefix}{place:02d}", f"{prefix}{place:02d}评委"),
            facts=replace(pool._facts(place), skilled=place < SKILLED),
            term_from=pool.TERM[0],
            term_until=pool.TERM[1],
        )
    return world
