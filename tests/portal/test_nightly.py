"""What the beat wakes: tasks that exist, and a night of which no half stops the other."""

import logging

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection

from portal import audit, invariants, tasks
from portal.models import AuditDay, Organization, OrganizationKind

NAME = "a truth of this test"


@pytest.fixture
def breach(monkeypatch):
    """A truth that is broken."""
    monkeypatch.setitem(invariants._checks, NAME, lambda: ["thing 7 is not what it should be"])


@pytest.fixture
def heads(db) -> None:
    audit.record("thing.change", by=None, scope="nightly", kind="thing", target="7")


def failing() -> None:
    raise RuntimeError("no answer")


def errors(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def test_the_beat_wakes_only_tasks_that_are_registered():
    current_app.loader.import_default_modules()
    entries = settings.CELERY_BEAT_SCHEDULE
    assert {name: entry["task"] for name, entry in entries.items() if entry["task"] not in current_app.tasks} == {}
    assert {entry["task"] for entry in entries.values()} >= {tasks.sweep.name, tasks.nightly.name}
    assert current_app.conf.beat_schedule == entries


def test_a_quiet_night_chains_the_day_and_says_nothing(heads, caplog):
    tasks.nightly()
    assert (AuditDay.objects.count(), errors(caplog)) == (1, [])


def test_a_breach_is_logged_and_the_day_is_chained_all_the_same(heads, breach, caplog):
    tasks.nightly()
    assert errors(caplog) == [f"invariant broken: {NAME}: thing 7 is not what it should be"]
    assert AuditDay.objects.count() == 1


def test_a_real_breach_of_the_database_is_found_by_night(heads, caplog):
    unit = Organization.objects.create(name="甲", kind=OrganizationKind.REGION)
    Organization.objects.filter(pk=unit.pk).update(path="/elsewhere/")
    tasks.nightly()
    assert [error for error in errors(caplog) if str(unit.public_id) in error] != []


def test_a_check_that_raises_stops_neither_the_chain_nor_the_other_checks(heads, monkeypatch, caplog):
    monkeypatch.setitem(invariants._checks, "a thing that cannot be asked", failing)
    monkeypatch.setitem(invariants._checks, NAME, lambda: ["thing 7 is not what it should be"])
    tasks.nightly()
    asked, told, broken = errors(caplog)
    assert asked == "invariant could not be checked: a thing that cannot be asked"
    assert told.startswith("invariant broken: a thing that cannot be asked: could not be checked: RuntimeError at ")
    assert broken == f"invariant broken: {NAME}: thing 7 is not what it should be"
    assert AuditDay.objects.count() == 1


def test_a_check_whose_query_fails_spoils_no_other(heads, monkeypatch):
    def ask_nonsense():
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")
        return []

    monkeypatch.setitem(invariants._checks, "a nonsense", ask_nonsense)
    (breach,) = invariants.check()
    assert (breach.invariant, "could not be checked" in breach.sentence) == ("a nonsense", True)


def test_a_chain_that_fails_does_not_stop_the_checks(breach, db, monkeypatch, caplog):
    monkeypatch.setattr(audit, "chain_day", failing)
    tasks.nightly()
    assert errors(caplog) == [
        "the day's audit heads were not chained",
        f"invariant broken: {NAME}: thing 7 is not what it should be",
    ]
