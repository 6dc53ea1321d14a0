"""The ballot box: one ballot a seat, counted once, only by who may, only while it is open."""

import pytest
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse

from applications import services as filing
from applications.status import Status
from portal.access import Forbidden
from portal.models import AuditEntry
from review import errors, services
from review.models import BallotChoice, BallotParticipation, Entry, Meeting, Outcome, Recusal
from review.services import ballots
from tests.review import walk


@pytest.fixture
def entry(voting) -> Entry:
    return walk.entries(voting)[0]


def voter(entry: Entry, place: int = 0):
    return walk.seats(entry.meeting)[place].expert.user


def refused(error: type[Exception], act, *, entry: Entry, ballots_left: int = 0) -> bool:
    with pytest.raises(error):
        act()
    return BallotParticipation.objects.filter(entry=entry).count() == ballots_left


@pytest.mark.parametrize(
    ("votes", "passed", "sentence"),
    [
        ((8, 3, 0), True, "应投 11 票：同意 8，反对 3，弃权 0。同意须不少于 8 票，达到。"),
        ((7, 2, 2), False, "应投 11 票：同意 7，反对 2，弃权 2。同意须不少于 8 票，未达到。"),
        (
            (7, 0, 0),
            False,
            "应投 11 票：同意 7，反对 0，弃权 0。另有 4 人到会未投票，不计为同意。同意须不少于 8 票，未达到。",
        ),
    ],
)
def test_two_thirds_of_those_attending_decide(world, entry, votes, passed, sentence):
    consent, against, abstain = votes
    walk.vote(entry, consent=consent, against=against, abstain=abstain)
    outcome = services.close_ballot(by=world.people["sun"], entry=entry)
    assert (outcome.passed, outcome.sentence) == (passed, sentence)


def test_a_recused_seat_leaves_the_count_and_loses_access_at_once(world, entry):
    for place in (0, 1):
        seat = walk.seats(entry.meeting)[place]
        assert Entry.objects.readable_by(seat.expert.user).count() == 1
        services.declare_recusal(by=seat.expert.user, seat=seat, entry=entry, reason="relative")
        assert Entry.objects.readable_by(seat.expert.user).count() == 0
        with pytest.raises(errors.NotYours):
            services.cast(by=seat.expert.user, entry=entry, choice="consent")
    assert BallotParticipation.objects.count() == 0
    walk.vote(entry, consent=6, against=3)
    outcome = services.close_ballot(by=world.people["sun"], entry=entry)
    assert (outcome.attending, outcome.recused, outcome.needed, outcome.passed) == (11, 2, 6, True)


def test_nobody_votes_twice(entry):
    user = voter(entry)
    services.cast(by=user, entry=entry, choice="consent")
    assert refused(
        errors.AlreadyVoted, lambda: services.cast(by=user, entry=entry, choice="against"), entry=entry, ballots_left=1
    )


def test_nobody_votes_after_counting_or_before_opening(world, opened, application):
    entry = walk.entries(opened)[0]
    assert refused(
        errors.WrongState, lambda: services.cast(by=voter(entry), entry=entry, choice="consent"), entry=entry
    )
    services.open_ballot(by=world.people["sun"], entry=entry)
    services.close_ballot(by=world.people["sun"], entry=entry)
    assert refused(
        errors.WrongState, lambda: services.cast(by=voter(entry), entry=entry, choice="consent"), entry=entry
    )


def test_nobody_votes_without_a_seat_or_absent(world, drawn):
    meeting = walk.open_with_everybody(world, drawn, attending=8)
    walk.open_ballots(world, meeting)
    entry = walk.entries(meeting)[0]
    for user in (voter(entry, 10), world.people["sun"], world.people["lin"], world.people["feng"]):
        with pytest.raises(errors.NotYours):
            services.cast(by=user, entry=entry, choice="consent")
    assert BallotParticipation.objects.count() == 0


def test_no_other_word_is_a_vote(entry):
    assert refused(ValueError, lambda: services.cast(by=voter(entry), entry=entry, choice="yes"), entry=entry)


def test_no_quorum_no_ballot(world, drawn):
    meeting = walk.open_with_everybody(world, drawn, attending=7)
    with pytest.raises(errors.NoQuorum, match="少于应到 11 人所需的 8 人"):
        walk.open_ballots(world, meeting)
    meeting.refresh_from_db()
    assert meeting.state == "open"
    services.mark_attendance(by=world.people["sun"], meeting=meeting, attending=walk.seats(meeting)[:8])
    assert walk.open_ballots(world, meeting).state == "voting"


def test_attendance_stands_once_voting_began(world, voting):
    with pytest.raises(errors.WrongState):
        services.mark_attendance(by=world.people["sun"], meeting=voting, attending=walk.seats(voting)[:8])


def test_only_who_accepted_and_committed_attends(world, drawn):
    for seat in walk.seats(drawn):
        services.answer_invitation(by=seat.expert.user, seat=seat, accepts=True)
    from datetime import datetime, time

    from portal import clock

    clock.move_to(datetime.combine(drawn.held_on, time(9), tzinfo=clock.ZONE))
    services.open_meeting(by=world.people["sun"], meeting=drawn)
    with pytest.raises(errors.ReviewError, match="承诺书"):
        services.mark_attendance(by=world.people["sun"], meeting=drawn, attending=walk.seats(drawn))


def test_nobody_but_the_own_office_opens_counts_or_closes(world, opened):
    entry = walk.entries(opened)[0]
    for name in ("zheng", "chen", "feng", "wang", "lin"):
        by = world.people[name]
        for act in (
            lambda by=by: services.open_ballot(by=by, entry=entry),
            lambda by=by: services.close_ballot(by=by, entry=entry),
            lambda by=by: services.close_meeting(by=by, meeting=opened),
            lambda by=by: services.publish_results(by=by, meeting=opened),
        ):
            with pytest.raises(Forbidden):
                act()


def test_a_meeting_closes_only_when_everything_is_counted(world, voting, application):
    with pytest.raises(errors.ReviewError, match="还有 1 份"):
        services.close_meeting(by=world.people["sun"], meeting=voting)
    application.refresh_from_db()
    assert (Meeting.objects.get().state, application.status) == ("voting", Status.IN_REVIEW)


def test_a_seat_that_has_voted_is_recused_only_by_a_new_ballot(world, entry):
    seat = walk.seats(entry.meeting)[0]
    services.cast(by=seat.expert.user, entry=entry, choice="consent")
    with pytest.raises(errors.WrongState, match="已就此申报投票"):
        services.declare_recusal(by=world.people["sun"], seat=seat, entry=entry, reason="relative")
    services.repeat_ballot(by=world.people["sun"], entry=entry, reason="应回避者已投票")
    assert (BallotChoice.objects.count(), BallotParticipation.objects.count()) == (0, 0)
    services.declare_recusal(by=world.people["sun"], seat=seat, entry=entry, reason="relative")
    assert Recusal.objects.get().origin == "ordered"
    services.open_ballot(by=world.people["sun"], entry=entry)


def test_a_result_that_differs_from_the_box_is_found(world, entry):
    walk.vote(entry, consent=8, against=3)
    outcome = services.close_ballot(by=world.people["sun"], entry=entry)
    assert list(ballots.mismatches()) == []
    Outcome.objects.filter(pk=outcome.pk).update(consent=9, against=2)
    assert list(ballots.mismatches()) == [f"entry {entry.public_id}: a recount differs from the recorded result"]
    Outcome.objects.filter(pk=outcome.pk).update(consent=8, against=3)
    assert list(ballots.mismatches()) == []


def test_the_two_tables_share_nothing_but_the_entry():
    def columns(model):
        return {field.column for field in model._meta.local_concrete_fields}

    def targets(model):
        return {field.remote_field.model for field in model._meta.local_fields if isinstance(field, ForeignKey)}

    assert columns(BallotParticipation) & columns(BallotChoice) == {"id", "entry_id"}
    assert columns(BallotChoice) == {"id", "entry_id", "choice"}
    assert targets(BallotChoice) == {Entry}
    assert BallotChoice._meta.pk.get_internal_type() == "UUIDField"
    assert [relation for relation in BallotChoice._meta.get_fields() if relation.auto_created] == []


def test_no_ballot_key_stands_in_both_tables_or_in_the_log(entry):
    walk.vote(entry, consent=9, against=2)
    choices = {str(pk) for pk in BallotChoice.objects.values_list("pk", flat=True)}
    registered = {str(pk) for pk in BallotParticipation.objects.values_list("pk", flat=True)}
    log = "".join(AuditEntry.objects.values_list("text", flat=True))
    assert choices & registered == set()
    assert [key for key in choices if key in log] == []


def test_ballots_are_read_in_one_module_alone():
    from tests.architecture.sources import python_files

    def naming(what: str) -> list[str]:
        return [path.name for path in python_files("review") if what in path.read_text(encoding="utf8")]

    assert naming("BallotChoice.objects") == ["ballots.py"]
    assert naming("from review.ballot_seal import") == ["0003_seal_ballots.py", "ballots.py"]


def test_who_was_cancelled_meanwhile_is_not_voted_on_and_does_not_hold_the_meeting(world, round_, application):
    other = walk.accepted_application(world, round_, "zhou")
    meeting = walk.open_with_everybody(world, walk.draw(world, walk.plan(world, [application, other])))
    kept, gone = walk.entries(meeting)
    filing.cancel(
        application=gone.application, by=world.people["feng"], clause="27号 正文八(三)", reason="查实业绩不实"
    )
    with pytest.raises(errors.WrongState, match="取消资格"):
        services.open_ballot(by=world.people["sun"], entry=gone)
    services.open_ballot(by=world.people["sun"], entry=kept)
    walk.vote(kept, consent=9)
    services.close_ballot(by=world.people["sun"], entry=kept)
    office = Client()
    office.force_login(world.people["sun"])
    page = office.get(reverse("review:meeting_detail", args=[meeting.public_id])).content.decode()
    assert reverse("review:meeting_close", args=[meeting.public_id]) in page
    assert services.close_meeting(by=world.people["sun"], meeting=meeting).state == "closed"
