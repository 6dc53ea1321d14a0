"""Walking a meeting along the line through services."""

from datetime import datetime, time, timedelta

from applications.dossiers import canonical, sha256
from applications.models import Application, ApprovalStep, Round, Snapshot
from portal import clock, demo
from portal.demo import World
from review import services
from review.models import Entry, Meeting, PoolMember, Seat
from tests.applications import trail

LEAD = timedelta(days=8)
LATER_VALUE = "公开彩票第 2025023 期：01 08 15 20 28 30"
VALUE = "公开彩票第 2025022 期：03 11 17 22 26 31"


def accepted_application(world: World, round_: Round, username: str, *, content: dict | None = None) -> Application:
    """An accepted application with a snapshot, as filing leaves it (the way there is filing's own test)."""
    applicant = world.people.setdefault(username, demo.person(username, f"{username}申报"))
    now = clock.now()
    application = Application.objects.create(
        applicant=applicant,
        round=round_,
        employer=world.units["employer"],
        level="associate_senior",
        status="accepted",
        number=f"A{applicant.pk}",
        submitted_by=applicant,
        submitted_at=now,
        created_at=now,
        changed_at=now,
    )
    text = canonical(
        {
            "applicant": {"name": applicant.name, "identity": "120104********1016"},
            "employer": {"name": application.employer.name},
            "title": "高级工程师",
            "direction": "cells",
            "records": [],
            "dossier": {"status": "employed"},
            **(content or {}),
        }
    )
    application.snapshot = Snapshot.objects.create(
        application=application,
        revision=1,
        content=text,
        sha256=sha256(text),
        policy_id=round_.policy_id,
        policy_sha256=round_.policy_sha256,
        identity_masked="120104********1016",
        taken_at=now,
    )
    application.save(update_fields=["snapshot"])
    _approve(application)
    trail.written(application, levels_passed=3)
    return application


def _approve(application: Application) -> None:
    """The steps of the route, each passed by its organisation."""
    units = {
        "employer": application.employer,
        "supervisor": application.employer.parent,
        "office": application.round.office,
    }
    for order, (kind, unit) in enumerate(units.items(), 1):
        ApprovalStep.objects.create(
            application=application,
            revision=1,
            order=order,
            kind=kind,
            organization=unit,
            state="passed",
            opened_at=application.submitted_at,
            decided_by=application.applicant,
            decided_at=application.submitted_at,
            snapshot_sha256=application.snapshot.sha256 if application.snapshot else "",
            statement="已核验。",
        )


def plan(world: World, applications: list[Application], **changes) -> Meeting:
    given = {"held_on": clock.today() + LEAD, "panel_size": 11, **changes}
    return services.plan_meeting(
        by=world.people["sun"], round_=applications[0].round, applications=applications, **given
    )


def draw(world: World, meeting: Meeting) -> Meeting:
    services.draw_panel(by=world.people["sun"], meeting=meeting, public_value=VALUE)
    meeting.refresh_from_db()
    return meeting


def draw_supplement(world: World, meeting: Meeting, value: str = LATER_VALUE) -> Meeting:
    services.draw_panel(by=world.people["sun"], meeting=meeting, public_value=value)
    meeting.refresh_from_db()
    return meeting


def seats(meeting: Meeting) -> list[Seat]:
    return list(meeting.seats.taken().select_related("expert__user", "meeting").order_by("pk"))


def replaceable(meeting: Meeting) -> list[Seat]:
    """Seats whose decline leaves lawful completions: not the one skilled worker the demonstration's pool can draw."""
    return [seat for seat in seats(meeting) if not seat.expert.skilled]


def decline(seat: Seat, reason: str = "出差") -> None:
    services.answer_invitation(by=seat.expert.user, seat=seat, accepts=False, reason=reason)


def the_skilled(meeting: Meeting) -> Seat:
    """The one skilled worker whom the demonstration's pool can draw: without them no panel is lawful."""
    return next(seat for seat in seats(meeting) if seat.expert.skilled)


def enrol(world: World, username: str, **changes) -> PoolMember:
    """Takes a skilled full senior of a private enterprise into the pool, unless changed."""
    given = {
        "title_level": "full_senior",
        "employer_kind": "private_enterprise",
        "unit_name": f"{username}电池公司",
        "skilled": True,
    }
    return services.enrol(
        by=world.people["sun"],
        committee=world.units["committee"],
        user=demo.person(username, f"{username}评委"),
        facts=services.ExpertFacts(**{**given, **changes}),
        term_from=clock.today(),
        term_until=clock.today() + timedelta(days=365),
    )


def everybody_accepts(meeting: Meeting) -> None:
    for seat in seats(meeting):
        services.answer_invitation(by=seat.expert.user, seat=seat, accepts=True)
        services.commit(by=seat.expert.user, seat=seat)


def open_with_everybody(world: World, meeting: Meeting, *, attending: int | None = None) -> Meeting:
    everybody_accepts(meeting)
    clock.move_to(datetime.combine(meeting.held_on, time(9), tzinfo=clock.ZONE))
    services.open_meeting(by=world.people["sun"], meeting=meeting)
    services.mark_attendance(by=world.people["sun"], meeting=meeting, attending=seats(meeting)[:attending])
    meeting.refresh_from_db()
    return meeting


def open_ballots(world: World, meeting: Meeting) -> Meeting:
    for entry in entries(meeting):
        services.open_ballot(by=world.people["sun"], entry=entry)
    meeting.refresh_from_db()
    return meeting


def entries(meeting: Meeting) -> list[Entry]:
    return list(meeting.entries.select_related("meeting__round__office").order_by("order"))


def vote(entry: Entry, *, consent: int, against: int = 0, abstain: int = 0) -> None:
    """So many of those attending and not recused vote so, in the order of the seats."""
    voters = entry.meeting.seats.filter(attended=True).exclude(recusals__entry=entry).order_by("pk")
    choices = ["consent"] * consent + ["against"] * against + ["abstain"] * abstain
    for seat, choice in zip(voters.select_related("expert__user"), choices, strict=False):
        services.cast(by=seat.expert.user, entry=entry, choice=choice)


def vote_on(entry: Entry, place: int, choice: str = "consent") -> None:
    """The seat at this place votes."""
    voter = seats(entry.meeting)[place]
    services.cast(by=voter.expert.user, entry=entry, choice=choice)


def decided(world: World, meeting: Meeting, *, consent: int = 9) -> Meeting:
    """Voting, counted and closed; whoever does not consent is against."""
    for entry in entries(meeting):
        vote(entry, consent=consent, against=11 - consent)
        services.close_ballot(by=world.people["sun"], entry=entry)
    services.close_meeting(by=world.people["sun"], meeting=meeting)
    meeting.refresh_from_db()
    return meeting
