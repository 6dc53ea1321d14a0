"""From the filed plan to confirmed results, through services."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from applications import services as filing
from applications.status import Status
from portal import clock
from portal.access import Forbidden
from portal.models import AuditEntry, Message
from review import errors, services, transcript
from review.drawing import DrawInput
from review.lawful_panels import is_lawful
from review.models import BallotChoice, BallotParticipation, MeetingState, PoolMember, Recusal
from scripts import verify_draw_standalone as standalone
from tests.review import walk


def test_a_meeting_goes_from_plan_to_confirmed_results(world, voting, application):
    meeting = walk.decided(world, voting)
    application.refresh_from_db()
    assert (meeting.state, application.status) == (MeetingState.CLOSED, Status.PASSED)

    notice = services.publish_results(by=world.people["sun"], meeting=meeting)
    meeting.refresh_from_db()
    application.refresh_from_db()
    assert (meeting.state, application.status) == (MeetingState.PUBLISHED, Status.IN_NOTICE)
    assert [entry.application_id for entry in notice.entries.all()] == [application.pk]

    early = services.confirm_results(by=world.people["sun"], meeting=meeting)
    assert [(one.confirmed, bool(one.reason)) for one in early] == [(False, True)]
    clock.move_to(notice.closes_at)
    filing.close_notice(notice=notice, by=world.people["sun"])
    late = services.confirm_results(by=world.people["sun"], meeting=meeting)
    assert [one.confirmed for one in late] == [True]
    application.refresh_from_db()
    assert application.status in {Status.CONFIRMED, Status.CERTIFIED}


def test_an_objection_holds_that_person_alone(world, round_, application):
    other = walk.accepted_application(world, round_, "zhou")
    meeting = walk.open_ballots(
        world, walk.open_with_everybody(world, walk.draw(world, walk.plan(world, [application, other])))
    )
    walk.decided(world, meeting)
    notice = services.publish_results(by=world.people["sun"], meeting=meeting)
    named = notice.entries.get(application=other)
    filing.lodge_objection(entry=named, text="业绩不实", contact="13800000099")
    clock.move_to(notice.closes_at)
    filing.close_notice(notice=notice, by=world.people["sun"])
    meeting.refresh_from_db()
    done = services.confirm_results(by=world.people["sun"], meeting=meeting)
    assert {one.application.pk: one.confirmed for one in done} == {application.pk: True, other.pk: False}


def test_who_fails_the_ballot_is_in_no_notice(world, voting, application):
    meeting = walk.decided(world, voting, consent=7)
    assert services.publish_results(by=world.people["sun"], meeting=meeting) is None
    application.refresh_from_db()
    assert application.status == Status.FAILED
    assert Message.objects.filter(recipient=application.applicant, template="review.failed").count() == 1


@pytest.mark.parametrize(("days", "planned"), [(6, False), (7, True)])
def test_plan_and_draw_come_seven_days_before_the_meeting(world, application, days, planned):
    held_on = clock.today() + timedelta(days=days)
    if planned:
        meeting = walk.draw(world, walk.plan(world, [application], held_on=held_on))
        assert meeting.state == MeetingState.DRAWN
    else:
        with pytest.raises(errors.TooLate):
            walk.plan(world, [application], held_on=held_on)
        application.refresh_from_db()
        assert application.status == Status.ACCEPTED


def test_a_draw_that_comes_too_late_is_refused(world, planned):
    clock.move_to(clock.end_of(planned.held_on - timedelta(days=7)))
    with pytest.raises(errors.TooLate):
        walk.draw(world, planned)
    later = planned.held_on + timedelta(days=7)
    services.postpone(by=world.people["sun"], meeting=planned, held_on=later, reason="场地冲突")
    assert walk.draw(world, planned).state == MeetingState.DRAWN


def test_a_plan_needs_a_lawful_pool(world, application):
    for member in PoolMember.objects.filter(expert__title_level="full_senior", expert__skilled=False)[:10]:
        services.end_membership(by=world.people["sun"], member=member, reason="调离")
    with pytest.raises(errors.PoolNotLawful) as told:
        walk.plan(world, [application])
    assert len(told.value.reasons) == 1
    assert "专家库总人数" in told.value.reasons[0]


@pytest.mark.parametrize("size", [2, 10])
def test_a_panel_is_odd(world, application, size):
    with pytest.raises(errors.ReviewError, match="单数"):
        walk.plan(world, [application], panel_size=size)


def test_a_panel_too_large_for_the_pool_is_told_with_the_rule(world, application):
    with pytest.raises(errors.NoLawfulPanel, match="总人数"):
        walk.plan(world, [application], panel_size=41)


def test_an_application_is_planned_once(world, planned, application):
    with pytest.raises(errors.ReviewError, match="已受理"):
        walk.plan(world, [application])


def test_a_committee_whose_filing_lapsed_meets_not(world, application):
    committee = application.round.committee
    committee.filed_until = clock.today()
    committee.save()
    with pytest.raises(errors.ReviewError, match="备案"):
        walk.plan(world, [application])


def test_a_meeting_is_not_put_off_past_the_filing_of_its_committee(world, drawn):
    committee = drawn.round.committee
    committee.filed_until = drawn.held_on + timedelta(days=3)
    committee.save()
    by = world.people["sun"]
    with pytest.raises(errors.ReviewError, match="备案"):
        services.postpone(by=by, meeting=drawn, held_on=drawn.held_on + timedelta(days=4), reason="场地冲突")
    services.postpone(by=by, meeting=drawn, held_on=drawn.held_on + timedelta(days=3), reason="场地冲突")


def test_the_drawn_panel_is_lawful_and_repeats_from_what_is_stored(world, drawn):
    draw = drawn.draws.get()
    given = DrawInput.from_text(draw.input)
    by_id = {person.id: person for person in given.candidates}
    assert is_lawful(given.rules, [by_id[name] for name in draw.panel])
    assert sorted(seat.pseudonym for seat in walk.seats(drawn)) == draw.panel
    told = services.transcript_of(drawn, opened=True)
    assert transcript.verify(told) == standalone.check(told, told["filed"]) == draw.panel
    assert Message.objects.filter(template="review.invitation").count() == 11


def test_secret_and_seed_stay_closed_until_the_meeting_is_over(world, voting):
    told = services.transcript_of(voting)
    assert (told["secret"], {entry["seed"] for entry in told["rounds"]}) == ("", {""})
    filed = AuditEntry.objects.get(act="meeting.plan")
    assert told["filed"] in filed.change
    assert voting.opened_secret.hex() not in "".join(AuditEntry.objects.values_list("text", flat=True))
    meeting = walk.decided(world, voting)
    told = services.transcript_of(meeting)
    assert standalone.check(told, told["filed"]) == sorted(seat.pseudonym for seat in walk.seats(meeting))


def test_the_panel_is_drawn_once(world, drawn):
    with pytest.raises(errors.WrongState):
        walk.draw(world, drawn)
    assert drawn.draws.count() == 1


def test_a_draw_needs_a_public_value(world, planned):
    with pytest.raises(errors.ReviewError, match="公开随机值"):
        services.draw_panel(by=world.people["sun"], meeting=planned, public_value="  ")


def test_a_decline_keeps_the_others_and_draws_again(world, drawn):
    first, *others = walk.replaceable(drawn)
    services.answer_invitation(by=first.expert.user, seat=first, accepts=False, reason="出差")
    after = walk.seats(drawn)
    assert {seat.pk for seat in others} < {seat.pk for seat in after}
    assert (len(after), drawn.draws.count()) == (11, 2)
    last = drawn.draws.get(number=2)
    given = DrawInput.from_text(last.input)
    by_id = {person.id: person for person in given.candidates}
    assert is_lawful(given.rules, [by_id[name] for name in last.panel])
    told = services.transcript_of(drawn, opened=True)
    assert transcript.verify(told) == standalone.check(told) == last.panel
    with pytest.raises(errors.NotYours):
        services.answer_invitation(by=others[0].expert.user, seat=first, accepts=True)


def test_who_accepted_may_still_decline_before_the_meeting(world, drawn):
    walk.everybody_accepts(drawn)
    seat = walk.replaceable(drawn)[3]
    services.answer_invitation(by=seat.expert.user, seat=seat, accepts=False, reason="生病")
    assert drawn.seats.filter(state="drawn").count() == 1
    clock.move_to(clock.end_of(drawn.held_on - timedelta(days=1)))
    with pytest.raises(errors.ReviewError, match="未答复"):
        services.open_meeting(by=world.people["sun"], meeting=drawn)


def test_verify_draw_repeats_a_meeting_and_a_file(world, drawn, tmp_path):
    said, path = StringIO(), tmp_path / "t.json"
    call_command("verify_draw", str(drawn.public_id), "--export", str(path), stdout=said)
    assert said.getvalue().startswith("repeated: 1 round(s), 11 members")
    call_command("verify_draw", str(path), stdout=StringIO())
    told = json.loads(path.read_text(encoding="utf8"))
    told["rounds"][0]["seed"] = "00" * 32
    path.write_text(json.dumps(told), encoding="utf8")
    with pytest.raises(CommandError, match="not repeated"):
        call_command("verify_draw", str(path))
    with pytest.raises(CommandError, match="neither"):
        call_command("verify_draw", "nothing")


def test_nobody_but_the_office_plans_draws_and_counts(world, planned):
    for name in ("zheng", "chen", "wang", "lin", "feng"):
        with pytest.raises(Forbidden):
            services.draw_panel(by=world.people[name], meeting=planned, public_value=walk.VALUE)


def test_whoever_has_a_conflict_is_out_of_the_draw_with_the_reason(world, round_):
    application = walk.accepted_application(
        world, round_, "lin", content={"records": [{"details": {"co_authors": "李四、卫评委"}}]}
    )
    meeting = walk.plan(world, [application])
    excluded = dict(meeting.draws.get().given["excluded"])
    assert sorted(excluded.values()) == ["named", "same_unit", "same_unit"]


def test_a_conflict_that_appears_after_the_draw_is_found_when_the_expert_commits(world, drawn):
    seat = walk.seats(drawn)[0]
    services.answer_invitation(by=seat.expert.user, seat=seat, accepts=True)
    seat.refresh_from_db()
    seat.expert.unit_name = world.units["employer"].name
    seat.expert.save()
    services.commit(by=seat.expert.user, seat=seat)
    found = Recusal.objects.get()
    assert (found.seat_id, found.reason, found.origin) == (seat.pk, "same_unit", "found")


def test_the_pages_of_counting_tell_nothing_before_the_box_is_sealed(world, voting):
    entry = walk.entries(voting)[0]
    walk.vote(entry, consent=4, against=1)
    assert BallotParticipation.objects.count() == BallotChoice.objects.count() == 5
    assert not hasattr(entry, "outcome")
    changes = AuditEntry.objects.filter(act="ballot.cast").values_list("change", "reason", "text")
    assert all("consent" not in "".join(row) and "against" not in "".join(row) for row in changes)


def test_an_applicant_who_is_an_expert_too_is_out_of_the_draw(world, round_, application):
    services.enrol(
        by=world.people["sun"],
        committee=world.units["committee"],
        user=application.applicant,
        facts=services.ExpertFacts("full_senior", "private_enterprise", world.units["employer"].name),
        term_from=clock.today(),
        term_until=clock.today() + timedelta(days=365),
    )
    excluded = dict(walk.plan(world, [application]).draws.get().given["excluded"])
    assert sorted(excluded.values()) == ["same_unit", "same_unit", "self"]


def test_an_enrolment_that_makes_no_sense_is_refused(world):
    facts = services.ExpertFacts("full_senior", "private_enterprise", "某公司")
    day = clock.today()
    given = {"by": world.people["sun"], "user": world.people["zhou"], "facts": facts}
    with pytest.raises(errors.ReviewError, match="早于"):
        services.enrol(committee=world.units["committee"], term_from=day, term_until=day - timedelta(days=1), **given)
    with pytest.raises(errors.ReviewError, match="不是评审委员会"):
        services.enrol(committee=world.units["office"], term_from=day, term_until=day, **given)
    with pytest.raises(Forbidden):
        services.enrol(
            committee=world.units["committee"],
            term_from=day,
            term_until=day,
            **{**given, "by": world.people["zheng"]},
        )
