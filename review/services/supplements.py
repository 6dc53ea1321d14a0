"""What follows a decline: a replacement at once, or a panel short of members and the supplement that fills it."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import access, audit, notifications
from portal.chinese_dates import cn_date
from portal.models import User
from portal.roles import Permission
from review.errors import NoLawfulPanel, TooRare, WrongState
from review.models import Draw, Meeting, MeetingState, Seat
from review.services import rounds
from review.services.planning import require_pool

DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Shortage:
    """How many places are open; `reasons` say what stands against filing a supplement, `filed` that one is filed."""

    places: int
    reasons: tuple[str, ...]
    filed: bool


def shortage(meeting: Meeting) -> Shortage | None:
    """What a drawn meeting lacks, by the pool as it stands now; None where the panel sits in full."""
    places = meeting.panel_size - meeting.seats.taken().count()
    if meeting.state != MeetingState.DRAWN or not places:
        return None
    if not rounds.latest(meeting).seed:
        return Shortage(places, (), filed=True)
    try:
        rounds.drawing_of(rounds.next_input(meeting, supplement=True))
    except NoLawfulPanel as none:
        return Shortage(places, tuple(none.reasons), filed=False)
    return Shortage(places, (), filed=False)


@transaction.atomic
def file_supplement(*, by: User, meeting: Meeting) -> Draw:
    """Freezes the supplementary round of a meeting short of members; the public value comes after it (draw_panel).

    Who was seated stays. Who has come into the pool since the last round is a candidate, and named as such; who
    declined or had a conflict stays out.

    Raises:
        portal.access.Forbidden: `by` does not run draws of the office.
        WrongState: the panel is not drawn or sits in full, a supplement is filed, or the meeting has begun.
        ReviewError: the committee's filing has lapsed.
        PoolNotLawful: the pool breaks a composition duty on the day of the meeting.
        NoLawfulPanel: no lawful panel can be completed from who is there now; the binding rules are named.
    """
    access.require(by, Permission.RUN_DRAW, meeting.round.office)
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.DRAWN).update(state=MeetingState.DRAWN):
        raise WrongState(_("会议尚未抽取专家，或已经开始，不能上报补抽。请刷新页面。"))
    last = rounds.latest(meeting)
    if not last.seed:
        raise WrongState(_("补抽已经上报，抽取名单已冻结；请待新的公开随机值产生后抽取。"))
    if not last.declined:
        raise WrongState(_("本次会议的评委没有缺员，无需补抽。"))
    meeting.refresh_from_db()
    require_pool(meeting.round, meeting.held_on)
    given = rounds.next_input(meeting, supplement=True)
    filed = rounds.freeze(meeting, given)
    audit.record(
        "draw.supplement",
        by=by,
        scope=meeting.scope,
        kind="draw",
        target=f"{meeting.public_id}/{filed.number}",
        change={"input_sha256": filed.input_sha256, "joined": sorted(given.joined or ()), "kept": len(given.kept)},
        organization=meeting.round.office,
    )
    return filed


def record_decline(seat: Seat, *, by: User) -> None:
    """Notes the decline in the round it follows, and replaces the member if it can. In the caller's transaction."""
    last = rounds.latest(seat.meeting)
    Draw.objects.filter(pk=last.pk).update(declined={**last.declined, seat.pseudonym: DECLINED})
    replace_declined(seat.meeting, by=by)


def replace_declined(meeting: Meeting, *, by: User) -> None:
    """Draws in place of all who declined since the last round was drawn, by its public value, as the next round.

    Where no lawful panel is left the places stay open and the office is told. Who declines while a supplement is filed
    is replaced after it is drawn: what is filed is not changed. In the caller's transaction.
    """
    last = rounds.latest(meeting)
    if not last.declined:
        return
    if last.seed and _replaced(meeting, last, by=by):
        return
    _tell_office(meeting, last)


def _replaced(meeting: Meeting, last: Draw, *, by: User) -> bool:
    try:
        with transaction.atomic():
            rounds.draw(rounds.freeze(meeting, rounds.next_input(meeting)), by=by, public_value=last.public_value)
    except (NoLawfulPanel, TooRare):
        return False
    return True


def _tell_office(meeting: Meeting, last: Draw) -> None:
    places = meeting.panel_size - meeting.seats.taken().count()
    for clerk in access.people_with(Permission.RUN_DRAW, meeting.round.office):
        notifications.notify(
            clerk,
            "review.panel_short",
            {"round": meeting.round.name, "held_on": cn_date(meeting.held_on), "places": places},
            organization=meeting.round.office,
            link=reverse("review:meeting_detail", args=[meeting.public_id]),
            dedupe=f"short:{meeting.public_id}:{last.number}:{places}",
        )
