"""From acceptance to a certificate, through the services of review."""

from datetime import timedelta

from applications import services as filing
from applications.models import Application, Notice, Round
from certificates.models import Certificate
from certificates.services import release
from portal import clock, jobs
from portal.demo import World
from review import services
from review.models import Meeting, Seat

APPROVAL = "示范职评〔2025〕3号"


def meeting_of(applications: list[Application], world: World) -> Meeting:
    sun = world.people["sun"]
    held_on = clock.today() + timedelta(days=10)
    meeting = services.plan_meeting(by=sun, round_=applications[0].round, held_on=held_on, applications=applications)
    clock.move_to(clock.now() + timedelta(days=1))
    services.draw_panel(by=sun, meeting=meeting, public_value="示范公开随机值 20250401")
    for seat in Seat.objects.taken().filter(meeting=meeting):
        services.answer_invitation(by=seat.expert.user, seat=seat, accepts=True)
        services.commit(by=seat.expert.user, seat=seat)
    clock.move_to(clock.end_of(held_on) - timedelta(hours=15))
    services.open_meeting(by=sun, meeting=meeting)
    services.mark_attendance(by=sun, meeting=meeting, attending=list(Seat.objects.taken().filter(meeting=meeting)))
    return meeting


def voted(applications: list[Application], world: World) -> Meeting:
    sun = world.people["sun"]
    meeting = meeting_of(applications, world)
    seats = list(Seat.objects.taken().filter(meeting=meeting))
    for entry in services.live_entries(meeting):
        free = [seat for seat in seats if not entry.recusals.filter(seat=seat).exists()]
        services.give_opinion(by=free[0].expert.user, seat=free[0], entry=entry, text="业绩扎实，同意提交表决。")
        services.open_ballot(by=sun, entry=entry)
        for number, seat in enumerate(free):
            services.cast(by=seat.expert.user, entry=entry, choice="against" if number == 0 else "consent")
        services.close_ballot(by=sun, entry=entry)
    services.close_meeting(by=sun, meeting=meeting)
    meeting.refresh_from_db()
    return meeting


def in_notice(applications: list[Application], world: World) -> tuple[Meeting, Notice]:
    meeting = voted(applications, world)
    notice = services.publish_results(by=world.people["sun"], meeting=meeting)
    assert notice is not None
    meeting.refresh_from_db()
    return meeting, notice


def confirmed(applications: list[Application], world: World) -> Round:
    """Applications accepted, voted on, posted, the notice sat out and every result confirmed."""
    sun = world.people["sun"]
    meeting, notice = in_notice(applications, world)
    clock.move_to(notice.closes_at)
    filing.close_notice(notice=notice, by=sun)
    assert [found.reason for found in services.confirm_results(by=sun, meeting=meeting)] == [""] * len(applications)
    return meeting.round


def released(applications: list[Application], world: World) -> list[Certificate]:
    """Accepted applications with their certificates, the papers rendered."""
    round_ = confirmed(applications, world)
    done = release(round=round_, approval_number=APPROVAL, by=world.people["sun"])
    assert done.refused == []
    jobs.work_off()
    return list(Certificate.objects.filter(pk__in=[certificate.pk for certificate in done.certificates]))
