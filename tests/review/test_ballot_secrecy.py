"""A guesser with the whole database does no better than chance (unanimous results tell by themselves and are left out).

Panels of 11 and 25. The guesser is given one copy of both tables after the last vote, or a copy before and after each.
"""

import random
from collections import Counter
from math import sqrt
from uuid import UUID

import pytest
from django.db import connection, transaction

from review import services
from review.ballot_seal import opened, register_sha256
from review.models import BallotChoice, BallotParticipation, Choice
from review.services import ballots
from tests.counts import FULL, times
from tests.review import walk

# The larger panel is asked less often in `make test`, in full by `make prove`.
MEETINGS = {11: len(times(1_000)), 25: 1_000 if FULL else 20}


@pytest.fixture(params=[11, 25], ids=["panel of 11", "panel of 25"])
def sitting(request, world, application):
    """A meeting that votes, with a panel of the size asked."""
    planned = walk.plan(world, [application], panel_size=request.param)
    return walk.open_ballots(world, walk.open_with_everybody(world, walk.draw(world, planned)))


def dumped(model, entry) -> list[dict]:
    """Every column of a table's rows with whatever marks of order the database keeps, in physical order."""
    marks = (
        "ctid::text AS place, xmin::text AS mark" if connection.vendor == "postgresql" else "rowid AS place, 0 AS mark"
    )
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT *, {marks} FROM {model._meta.db_table} WHERE entry_id = %s ORDER BY {order}", [entry.pk]
        )
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def truth(entry) -> dict[UUID, str]:
    """What each ballot in the box says, by its key: what the guesser is measured by and does not know."""
    register = register_sha256(BallotParticipation.objects.filter(entry=entry).values_list("pk", "seat_id"))
    return {
        row: opened(sealed, entry=entry.public_id, register=register, row=row)
        for row, sealed in BallotChoice.objects.filter(entry=entry).values_list("pk", "choice")
    }


def cast(entry, seat, vote: str) -> None:
    """A ballot by the ballot's own code, in a transaction of its own."""
    with transaction.atomic():
        ballots._register_and_refill(entry, seat, vote)


def empty(entry) -> None:
    BallotParticipation.objects.filter(entry=entry).delete()
    BallotChoice.objects.filter(entry=entry).delete()


def by_place(participations, choices):
    return list(zip(participations, choices, strict=True))


def by_key(participations, choices):
    return list(
        zip(
            sorted(participations, key=lambda row: str(row["id"])),
            sorted(choices, key=lambda row: str(row["id"])),
            strict=True,
        )
    )


def by_mark_then_place(participations, choices):
    return list(
        zip(
            sorted(participations, key=lambda row: int(row["mark"])),
            sorted(choices, key=lambda row: int(row["mark"])),
            strict=True,
        )
    )


def from_the_end(participations, choices):
    return list(zip(participations, reversed(choices), strict=True))


GUESSERS = [by_place, by_key, by_mark_then_place, from_the_end]


def suspects(entry, seats, chance: random.Random) -> set[str]:
    """The guessers that did better than chance by more than three sigma, over all simulated meetings."""
    hits = dict.fromkeys(GUESSERS, 0)
    expected = variance = 0.0
    for _ in range(MEETINGS[len(seats)]):
        votes = {seat.pk: chance.choice([Choice.CONSENT, Choice.CONSENT, Choice.AGAINST]).value for seat in seats}
        for seat in chance.sample(seats, len(seats)):
            cast(entry, seat, votes[seat.pk])
        share = sum(vote == Choice.CONSENT for vote in votes.values()) / len(votes)
        if 0 < share < 1:
            participations, choices = dumped(BallotParticipation, entry), dumped(BallotChoice, entry)
            said = truth(entry)
            for guess in GUESSERS:
                pairs = guess(participations, choices)
                hits[guess] += sum(
                    votes[register["seat_id"]] == said[UUID(str(ballot["id"]))] for register, ballot in pairs
                )
            # A random pairing of n voters: matches follow the hypergeometric law.
            voters = len(votes)
            expected += (share**2 + (1 - share) ** 2) * voters
            variance += 4 * voters**2 * (share * (1 - share)) ** 2 / (voters - 1)
        empty(entry)
    return {guess.__name__ for guess, count in hits.items() if count > expected + 3 * sqrt(variance)}


@pytest.mark.slow
@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
def test_physical_order_keys_and_transaction_marks_tell_nothing(sitting):
    """Ballots are cast by the ballot's own code, a transaction each; the votes are drawn at random and remembered."""
    entry, seats, chance = walk.entries(sitting)[0], walk.seats(sitting), random.Random(7)
    suspected = suspects(entry, seats, chance)
    # Pure luck passes three sigma once in several hundred runs; a leak does so again.
    assert suspected == set() or suspected & suspects(entry, seats, chance) == set()


def by_what_was_added(before, after):
    """The word that the box holds once more than before, where it is a word."""
    added = Counter(row["choice"] for row in after) - Counter(row["choice"] for row in before)
    return next((word for word in added if word in Choice.values), None)


def by_length(before, after):
    grown = sum(len(row["choice"]) for row in after) - sum(len(row["choice"]) for row in before)
    return Choice.CONSENT if grown % 2 else Choice.AGAINST


def by_what_stayed(before, after):
    stayed = {row["choice"] for row in before} & {row["choice"] for row in after}
    return Choice.CONSENT if len(stayed) % 2 else Choice.AGAINST


def by_the_letters(before, after):
    def sum_of(rows):
        return sum(sum(row["choice"].encode()) for row in rows) / max(1, len(rows))

    return Choice.CONSENT if sum_of(after) > sum_of(before) else Choice.AGAINST


def by_place_of_the_new(before, after):
    known = {row["choice"] for row in before}
    places = [place for place, row in enumerate(after) if row["choice"] not in known]
    return Choice.CONSENT if places and places[0] * 2 < len(after) else Choice.AGAINST


LOOKERS = [by_what_was_added, by_length, by_what_stayed, by_the_letters, by_place_of_the_new]


def seen_through(entry, seats, chance: random.Random, meetings: int) -> set[str]:
    """The lookers that told votes from the copies before and after each, better than chance by three sigma."""
    hits, looks = dict.fromkeys(LOOKERS, 0), 0
    for _ in range(meetings):
        before: list[dict] = []
        for seat in chance.sample(seats, len(seats)):
            vote = chance.choice([Choice.CONSENT, Choice.AGAINST]).value
            cast(entry, seat, vote)
            after = dumped(BallotChoice, entry)
            for look in LOOKERS:
                told = look(before, after) or chance.choice([Choice.CONSENT, Choice.AGAINST])
                hits[look] += told == vote
            before, looks = after, looks + 1
        empty(entry)
    return {look.__name__ for look, count in hits.items() if count > looks / 2 + 3 * sqrt(looks) / 2}


@pytest.mark.slow
@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
def test_two_copies_of_the_box_taken_round_a_vote_tell_nothing_of_it(sitting):
    entry, seats, chance = walk.entries(sitting)[0], walk.seats(sitting), random.Random(11)
    meetings = MEETINGS[len(seats)]
    suspected = seen_through(entry, seats, chance, meetings)
    assert suspected == set() or suspected & seen_through(entry, seats, chance, meetings) == set()


@pytest.mark.django_db
def test_the_same_two_copies_tell_every_vote_that_lies_in_clear(voting, monkeypatch):
    """What the lookers are worth: without the seal one of them is always right."""
    monkeypatch.setattr(ballots, "seal", lambda choice, **_place: choice)
    monkeypatch.setattr(ballots, "opened", lambda sealed, **_place: sealed)
    seats = walk.seats(voting)
    assert "by_what_was_added" in seen_through(walk.entries(voting)[0], seats, random.Random(3), meetings=2)


@pytest.mark.django_db
def test_every_ballot_is_written_anew_with_each_vote(world, voting):
    entry = walk.entries(voting)[0]
    seen: set[str] = set()
    lengths: set[int] = set()
    for number, seat in enumerate(walk.seats(voting)):
        choice = Choice.values[number % len(Choice.values)]
        services.cast(by=seat.expert.user, entry=entry, choice=choice)
        written = {str(held) for row in BallotChoice.objects.filter(entry=entry).values_list() for held in row[::2]}
        assert seen & written == set()
        seen |= written
        lengths |= {len(text) for text in BallotChoice.objects.filter(entry=entry).values_list("choice", flat=True)}
    assert len(seen) == 2 * sum(range(1, 12))
    assert len(lengths) == 1
