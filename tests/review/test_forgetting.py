"""After the count nothing on the disk tells in which order the ballots came."""

import pytest
from django.db import connection

from portal import jobs
from portal.models import Job
from review import services
from review.models import BallotChoice
from review.services import ballots
from tests.review import walk

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


def forget_when_alone() -> None:
    """Does the job, once what other tests left open in this database has ended.

    A transaction older than the ballots keeps their rows, whoever holds it, and the job then rightly waits. Where one
    cannot be ended there is nothing to see; the skip tells who holds it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND usename = current_user AND state LIKE 'idle in transaction%'"
        )
    for _look in range(4):
        jobs.work_off()
        if forgetting() == ["done"]:
            return
        jobs.retry(Job.objects.get(kind=ballots.FORGET))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname, backend_type, state, backend_xid::text, backend_xmin::text, left(query, 60)"
            " FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        )
        pytest.skip(f"a transaction older than the ballots stays open: {cursor.fetchall()}")


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
    forget_when_alone()
    assert file_of_the_box() != before
    assert last_place() == 11


def test_rows_that_an_older_transaction_sees_are_forgotten_once_it_has_ended(world, voting, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite overwrites what is deleted at once; there are no rows to see")
    monkeypatch.setattr(ballots, "OLDER_VIEWS_LOOKS", 1)
    (entry,) = walk.entries(voting)
    older = connection.copy()
    try:
        with older.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT 1")  # from here on it sees what is replaced from here on
            walk.vote(entry, consent=8, against=3)
            services.close_ballot(by=world.people["sun"], entry=entry)
            jobs.work_off()
            assert forgetting() == ["queued"]
            assert "(forget_replaced_rows)" in Job.objects.get(kind=ballots.FORGET).last_error
            cursor.execute("COMMIT")
    finally:
        older.close()

    jobs.retry(Job.objects.get(kind=ballots.FORGET))
    forget_when_alone()

    assert last_place() == 11


def test_a_repeated_ballot_is_forgotten_too(world, voting):
    (entry,) = walk.entries(voting)
    walk.vote(entry, consent=2)
    services.repeat_ballot(by=world.people["sun"], entry=entry, reason="应回避的评委投了票")
    assert forgetting() == ["queued"]
    jobs.work_off()
    assert (forgetting(), BallotChoice.objects.count()) == (["done"], 0)
