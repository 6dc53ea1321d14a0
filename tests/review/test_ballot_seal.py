"""A ballot opens in its own place alone; whatever else lies in a box stops the count and is named."""

import uuid
from collections.abc import Callable

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal import crypto, invariants
from portal.models import AuditEntry
from review import errors, services
from review.ballot_seal import SealError, opened, register_sha256, seal
from review.models import BallotChoice, BallotParticipation, BallotState, Choice, Entry, Outcome
from review.services import ballots
from tests.review import walk

ENTRY, ROW = uuid.UUID(int=1), uuid.UUID(int=2)
PLACE = {"entry": ENTRY, "register": register_sha256([(uuid.UUID(int=3), 4)]), "row": ROW}


@pytest.mark.parametrize("choice", Choice.values)
def test_a_seal_opens_in_its_place(choice):
    assert opened(seal(choice, **PLACE), **PLACE) == choice


@pytest.mark.parametrize(
    "elsewhere",
    [{"entry": uuid.UUID(int=9)}, {"row": uuid.UUID(int=9)}, {"register": register_sha256([])}],
    ids=["another entry", "another row", "another register"],
)
def test_a_seal_opens_nowhere_else(elsewhere):
    with pytest.raises(SealError):
        opened(seal("consent", **PLACE), **{**PLACE, **elsewhere})


def test_what_was_encrypted_for_another_column_is_no_ballot():
    """Nor is a text that somebody may type, an objector's contact say, whatever it spells."""
    for text in ("consent", crypto._mark("x").decode("latin-1") + "consent"):
        with pytest.raises(SealError):
            opened(crypto.encrypt(text), **PLACE)
    with pytest.raises(crypto.DecryptionError):
        crypto.decrypt(seal("consent", **PLACE))


def test_a_seal_tells_neither_time_nor_choice_by_its_length(settings):
    sealed = [seal(choice, **PLACE) for choice in Choice.values for _ in range(2)]
    assert len(set(sealed)) == len(sealed)
    assert len({len(one) for one in sealed}) == 1
    assert {Fernet(settings.FIELD_KEYS[0]).extract_timestamp(one.encode()) for one in sealed} == {0}


@pytest.fixture
def entry(voting) -> Entry:
    return walk.entries(voting)[0]


def alter(entry: Entry) -> None:
    row = BallotChoice.objects.filter(entry=entry).first()
    place = len(row.choice) // 2
    other = "A" if row.choice[place] != "A" else "B"
    BallotChoice.objects.filter(pk=row.pk).update(choice=row.choice[:place] + other + row.choice[place + 1 :])


def put_in_clear(entry: Entry) -> None:
    BallotChoice.objects.filter(pk=BallotChoice.objects.filter(entry=entry).first().pk).update(choice="consent")


def stuff(entry: Entry) -> None:
    BallotChoice.objects.create(entry=entry, choice=BallotChoice.objects.filter(entry=entry).first().choice)


def take_out(entry: Entry) -> None:
    BallotChoice.objects.filter(entry=entry).first().delete()


def copy_over_another(entry: Entry) -> None:
    first, second = BallotChoice.objects.filter(entry=entry)[:2]
    BallotChoice.objects.filter(pk=second.pk).update(choice=first.choice)


def exchange_a_voter(entry: Entry) -> None:
    absent = entry.meeting.seats.exclude(pk__in=BallotParticipation.objects.values("seat")).earliest("pk")
    vote = BallotParticipation.objects.filter(entry=entry).first()
    BallotParticipation.objects.filter(pk=vote.pk).update(seat=absent)


def bring_back_an_earlier_ballot(entry: Entry) -> None:
    """A row that stood here one vote ago, in place of one that stands here now."""
    old = BallotChoice.objects.filter(entry=entry).values("pk", "choice").first()
    walk.vote_on(entry, 9)
    take_out(entry)
    BallotChoice.objects.create(pk=old["pk"], entry=entry, choice=old["choice"])


TAMPERING = [alter, put_in_clear, stuff, take_out, copy_over_another, exchange_a_voter, bring_back_an_earlier_ballot]


@pytest.mark.parametrize("tamper", TAMPERING, ids=[act.__name__ for act in TAMPERING])
def test_a_box_that_was_touched_is_not_counted_nor_added_to(world, entry, tamper: Callable[[Entry], None]):
    walk.vote(entry, consent=6, against=3)
    assert found() == []
    tamper(entry)
    cast = BallotParticipation.objects.filter(entry=entry).count()

    with pytest.raises(errors.BoxBroken, match="没有计票"):
        services.close_ballot(by=world.people["sun"], entry=entry)
    with pytest.raises(errors.BoxBroken, match="您的选票未计入"):
        walk.vote_on(entry, 10)

    entry.refresh_from_db()
    assert (entry.ballot_state, Outcome.objects.count()) == (BallotState.OPEN, 0)
    assert BallotParticipation.objects.filter(entry=entry).count() == cast
    assert len(found()) == 1
    assert found()[0].startswith(f"review.ballots_match_participations: entry {entry.public_id}: ")
    services.repeat_ballot(by=world.people["sun"], entry=entry, reason="票箱核对不符，经核查重新投票")
    assert found() == []


def test_a_ballot_of_another_application_is_no_ballot_here(world, round_, application):
    other = walk.accepted_application(world, round_, "zhou")
    meeting = walk.open_with_everybody(world, walk.draw(world, walk.plan(world, [application, other])))
    here, there = walk.entries(walk.open_ballots(world, meeting))
    for entry in (here, there):
        walk.vote(entry, consent=5)
    one, two = (BallotChoice.objects.filter(entry=entry).first() for entry in (here, there))
    BallotChoice.objects.filter(pk=one.pk).update(entry=there)
    BallotChoice.objects.filter(pk=two.pk).update(entry=here)
    for entry in (here, there):
        with pytest.raises(errors.BoxBroken):
            services.close_ballot(by=world.people["sun"], entry=entry)
    assert len(found()) == 2
    BallotChoice.objects.filter(pk=one.pk).update(entry=here)
    BallotChoice.objects.filter(pk=two.pk).update(entry=there)


def test_a_count_that_was_refused_stands_in_no_log_with_what_was_voted(world, entry):
    walk.vote(entry, consent=6, against=3)
    alter(entry)
    with pytest.raises(errors.BoxBroken) as told:
        services.close_ballot(by=world.people["sun"], entry=entry)
    assert [word for word in ("consent", "against", "6", "3") if word in str(told.value)] == []
    assert not AuditEntry.objects.filter(act="ballot.close").exists()
    services.repeat_ballot(by=world.people["sun"], entry=entry, reason="核查后重新投票")


def test_a_new_key_lifts_ballots_that_wait_and_those_that_are_counted(world, entry, settings):
    walk.vote(entry, consent=4)
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    before = set(BallotChoice.objects.values_list("choice", flat=True))
    settings.FIELD_KEYS = [new, old]
    call_command("rotate_field_keys")
    settings.FIELD_KEYS = [new]
    after = set(BallotChoice.objects.values_list("choice", flat=True))
    assert before & after == set()
    assert {len(text) for text in before} == {len(text) for text in after}
    walk.vote_on(entry, 4)
    outcome = services.close_ballot(by=world.people["sun"], entry=entry)
    assert (outcome.consent, found()) == (5, [])
    settings.FIELD_KEYS = [old]
    assert [breach.split(": ")[-1] for breach in found()] == [
        "a ballot was altered or brought from elsewhere, or its key is gone"
    ]
    settings.FIELD_KEYS = [new]


@pytest.mark.django_db(transaction=True)
def test_the_migration_seals_what_stands_in_clear_and_back(entry):
    walk.vote(entry, consent=6, against=3, abstain=1)
    keys = set(BallotChoice.objects.values_list("pk", flat=True))
    migrate("0001_initial")
    with connection.cursor() as cursor:
        cursor.execute("SELECT choice FROM review_ballotchoice ORDER BY choice")
        assert [row[0] for row in cursor.fetchall()] == ["abstain"] + ["against"] * 3 + ["consent"] * 6
    migrate(None)
    assert sorted(ballots._choices(entry)) == ["abstain"] + ["against"] * 3 + ["consent"] * 6
    assert keys & set(BallotChoice.objects.values_list("pk", flat=True)) == set()


def migrate(name: str | None) -> None:
    executor = MigrationExecutor(connection)
    targets = [("review", name)] if name else executor.loader.graph.leaf_nodes()
    executor.migrate(targets)


def found() -> list[str]:
    return [str(breach) for breach in invariants.check() if breach.invariant == "review.ballots_match_participations"]
