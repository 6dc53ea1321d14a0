"""After the count nothing on the disk tells in which order the ballots came."""

import time

import pytest
from django.db import connection

from portal import jobs
from portal.models import Job
from review import services
from review.models import BallotChoice
from review.services import ballots
from tests.review import walk

LONGEST_TEST_SECONDS = 300  # the access matrix is one transaction of two minutes

pytestmark = [pytest.mark.embedded, pytest.mark.django_db(transaction=True)]


def file_of_the_box() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filenode(%s)", [BallotChoice._meta.db_table])
        return cursor.fetchone()[0]


def last_place() -> int:
    """The highest place a ballot has in the table's page; places of replaced rows come before it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max((ctid::text::point)[1]) FROM {BallotChoice._meta.db_table}")
        return int(cursor.fetchone()[0])


def forgetting() -> list[str]:
    return list(Job.objects.filter(kind=ballots.FORGET).values_list("state", flat=True))


def forget() -> None:
    """Does the job once every transaction older than now has ended, whosever it is.

    VACUUM FULL goes by a snapshot of its own, and that reaches back to the oldest transaction that writes anywhere on the
    server: in another database too, so a long test beside this one delays the job, and the job rightly waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
        (now,) = cursor.fetchone()
        give_up = time.monotonic() + LONGEST_TEST_SECONDS
        while older := _older_than(cursor, now):
            assert time.monotonic() < give_up, f"still open: {older}"
            time.sleep(0.2)
    jobs.work_off()
    assert forgetting() == ["done"]


def _older_than(cursor, transaction: str) -> list[tuple[str, ...]]:
    cursor.execute(
        "SELECT datname, state, left(query, 60) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND (age(backend_xid) > age(%(now)s::xid)"
        " OR datname = current_database() AND age(backend_xmin) > age(%(now)s::xid))",
        {"now": transaction},
    )
    return cursor.fetchall()


def test_replaced_ballots_leave_the_disk_after_the_count(world, voting):
    (entry,) = walk.entries(voting)
    walk.vote(entry, consent=8, against=3)
    services.close_ballot(by=world.people["sun"], entry=entry)
    assert forgetting() == ["queued"]
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete")
            assert cursor.fetchone() == (1,)  # what is deleted is overwritten at once
        jobs.work_off()
        assert forgetting() == ["done"]
        return
    before = file_of_the_box()
    assert last_place() > BallotChoice.objects.count() == 11
    forget()
    assert file_of_the_box() != before
    assert last_place() == 11


# In the same database whoever looks keeps the rows; in another one whoever writes.
OLDER = {
    "a reader": (None, ["BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT 1"]),
    "a writer elsewhere": ("postgres", ["BEGIN", "SELECT pg_current_xact_id()"]),
}


@pytest.mark.parametrize(("database", "statements"), OLDER.values(), ids=OLDER)
def test_rows_that_an_older_transaction_sees_are_forgotten_once_it_has_ended(
    world, voting, monkeypatch, database, statements
):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite overwrites what is deleted at once; there are no rows to see")
    monkeypatch.setattr(ballots, "OLDER_VIEWS_LOOKS", 1)
    (entry,) = walk.entries(voting)
    older = connection.copy()
    if database:
        older.settings_dict["NAME"] = database
    try:
        with older.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            walk.vote(entry, consent=8, against=3)
            services.close_ballot(by=world.people["sun"], entry=entry)
            jobs.work_off()
            assert forgetting() == ["queued"]
            assert "(forget_replaced_rows)" in Job.objects.get(kind=ballots.FORGET).last_error
            cursor.execute("COMMIT")
    finally:
        older.close()

    jobs.retry(Job.objects.get(kind=ballots.FORGET))
    forget()

    assert last_place() == 11


def test_a_repeated_ballot_is_forgotten_too(world, voting):
    (entry,) = walk.entries(voting)
    walk.vote(entry, consent=2)
    services.repeat_ballot(by=world.people["sun"], entry=entry, reason="应回避的评委投了票")
    assert forgetting() == ["queued"]
    if connection.vendor == "postgresql":
        forget()
    else:
        jobs.work_off()
    assert (forgetting(), BallotChoice.objects.count()) == (["done"], 0)
