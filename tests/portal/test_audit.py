import random
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from portal import audit, clock, request_id
from portal.audit_chain import link
from portal.audit_walls import lower_walls, raise_walls
from portal.models import AuditDay, AuditEntry, AuditHead, Job
from tests.counts import times

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def write(scope="system", number=1, **extra):
    for place in range(number):
        audit.record("thing.change", by=None, scope=scope, kind="thing", target=str(place), **extra)


def raw(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_entry_tells_who_acted_for_whom_on_what(sun, office):
    request_id.set_current("abc123")
    try:
        entry = audit.record(
            "application.accept",
            by=sun,
            scope="application:1",
            kind="application",
            target="1",
            change={"状态": ["逐级审核", "已受理"]},
            reason="材料齐全",
            organization=office,
        )
    finally:
        request_id.set_current("")
    entry.refresh_from_db()
    assert (entry.actor, entry.actor_id, entry.acting_for, entry.role) == (
        "孙受理",
        str(sun.public_id),
        "评审办",
        "office_clerk",
    )
    assert (entry.request_id, entry.sequence, entry.previous) == ("abc123", 1, "0" * 64)
    assert entry.change == '{"状态": ["逐级审核", "已受理"]}'
    assert entry.business_day == clock.today()
    assert 'reason: "材料齐全"' in entry.text.split("\n")


def test_scopes_are_chains_of_their_own_and_verify():
    write("a", 3)
    write("b", 2)
    write("a", 1)
    assert list(AuditEntry.objects.values_list("scope", "sequence")) == [
        ("a", 1),
        ("a", 2),
        ("a", 3),
        ("a", 4),
        ("b", 1),
        ("b", 2),
    ]
    assert audit.verify() == []
    assert audit.chain_day().number == 1
    assert audit.verify() == []


def test_a_rolled_back_act_leaves_no_entry_and_no_gap():
    write("a", 1)
    with transaction.atomic():
        write("a", 1)
        transaction.set_rollback(True)
    write("a", 1)
    assert audit.verify() == []
    assert AuditEntry.objects.count() == 2


def test_the_daily_list_names_what_moved_and_one_link_a_day_without_movement():
    write("a", 2)
    first = audit.chain_day()
    assert audit.chain_day() == first
    write("b", 1)
    second = audit.chain_day()
    head = AuditHead.objects.get(scope="b")
    assert second.text == f"2 {clock.machine_now().date()}\nb\t1\t{head.sha256}"
    assert second.previous == first.sha256


TAMPERINGS = {
    "act": lambda pk: raw("UPDATE portal_auditentry SET act='x' WHERE id=%s", pk),
    "actor": lambda pk: raw("UPDATE portal_auditentry SET actor='x' WHERE id=%s", pk),
    "change": lambda pk: raw("UPDATE portal_auditentry SET change='x' WHERE id=%s", pk),
    "time": lambda pk: AuditEntry.objects.filter(pk=pk).update(at=clock.machine_now() - timedelta(days=1)),
    "text": lambda pk: raw("UPDATE portal_auditentry SET text='x' WHERE id=%s", pk),
    "hash": lambda pk: raw("UPDATE portal_auditentry SET sha256=%s WHERE id=%s", "f" * 64, pk),
    "delete": lambda pk: raw("DELETE FROM portal_auditentry WHERE id=%s", pk),
}


@pytest.mark.parametrize("way", TAMPERINGS)
@pytest.mark.parametrize("seed", times(150))
def test_a_changed_or_deleted_row_is_named(way, seed):
    write("a", 12)
    write("b", 12)
    victim = random.Random(seed).choice(AuditEntry.objects.filter(sequence__lt=12))
    TAMPERINGS[way](victim.pk)
    problems = audit.verify()
    assert [(problem.scope, problem.sequence) for problem in problems] == [(victim.scope, victim.sequence)]


def test_swapped_rows_are_named():
    write("a", 6)
    raw("UPDATE portal_auditentry SET sequence=100 WHERE sequence=2")
    raw("UPDATE portal_auditentry SET sequence=2 WHERE sequence=3")
    raw("UPDATE portal_auditentry SET sequence=3 WHERE sequence=100")
    assert [problem.sequence for problem in audit.verify()] == [2]


def test_an_inserted_row_is_named():
    write("a", 3)
    last = AuditEntry.objects.get(sequence=3)
    last.pk, last.sequence = None, 4
    last.save(force_insert=True)
    assert [problem.sequence for problem in audit.verify()] == [4]


def rewrite_from(scope, place):
    """What an insider with the whole table would do: cut or change, and recompute everything after."""
    AuditEntry.objects.filter(scope=scope, sequence__gte=place).delete()
    last = AuditEntry.objects.filter(scope=scope).order_by("-sequence").first()
    if last is None:
        AuditHead.objects.filter(scope=scope).delete()
    else:
        AuditHead.objects.filter(scope=scope).update(sequence=last.sequence, sha256=last.sha256)


def test_a_cut_tail_shows_in_the_head():
    write("a", 5)
    AuditEntry.objects.filter(sequence__gt=3).delete()
    assert [(problem.scope, problem.sequence) for problem in audit.verify()] == [("a", 4)]


@pytest.mark.parametrize("place", [4, 1])
def test_a_tail_or_scope_cut_with_its_head_shows_in_the_daily_list(place):
    write("a", 5)
    write("b", 2)
    audit.chain_day()
    rewrite_from("a", place)
    assert [(problem.scope, problem.sequence) for problem in audit.verify()] == [("a", place)]


def test_a_rewritten_history_differs_from_the_daily_list():
    write("a", 5)
    audit.chain_day()
    rewrite_from("a", 3)
    write("a", 3, reason="forged")
    assert [(problem.scope, problem.sequence) for problem in audit.verify()] == [("a", 5)]


def test_a_changed_daily_list_is_named():
    write("a", 1)
    audit.chain_day()
    write("a", 1)
    audit.chain_day()
    AuditDay.objects.filter(number=1).update(text="1 2026-01-01")
    assert [(problem.scope, problem.sequence) for problem in audit.verify()] == [("", 1)]


def test_a_daily_text_that_names_no_heads_is_named_though_its_hash_was_made_anew():
    write("a", 1)
    day = audit.chain_day()
    text = "1 2026-01-01\nno tabs here"
    AuditDay.objects.update(text=text, sha256=link(day.previous, text))
    assert [(problem.scope, problem.sequence) for problem in audit.verify()] == [("", 1)]
    with pytest.raises(CommandError, match="1 broken"):
        call_command("verify_audit")


def test_a_head_that_was_listed_but_not_marked_is_listed_again_and_verifies():
    write("a", 2)
    audit.chain_day()
    AuditHead.objects.update(chained=0)  # as if the process had died between
    assert audit.chain_day().text.split("\t")[:2] == ["2 " + str(clock.machine_now().date()) + "\na", "2"]
    assert audit.verify() == []


def test_a_list_cut_at_its_end_shows_against_the_hash_kept_outside():
    write("a", 1)
    audit.chain_day()
    write("a", 1)
    kept = audit.chain_day().sha256
    call_command("verify_audit", expect=kept)
    AuditDay.objects.filter(number=2).delete()
    with pytest.raises(CommandError):
        call_command("verify_audit", expect=kept)


def test_the_command_names_the_first_bad_row(capsys):
    write("a", 3)
    call_command("verify_audit")
    assert capsys.readouterr().out.startswith("3 entries verify")
    raw("UPDATE portal_auditentry SET reason='x' WHERE sequence=2")
    with pytest.raises(CommandError, match="1 broken"):
        call_command("verify_audit")
    assert capsys.readouterr().err.startswith("a #2: columns differ")


@pytest.fixture
def walls(db):
    raise_walls(connection)
    yield
    lower_walls(connection)


# A role that is no superuser is stopped by the missing privilege before it meets the trigger.
REFUSED = "append-only|permission denied"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE portal_auditentry SET act='x'",
        "DELETE FROM portal_auditentry",
        "UPDATE portal_auditday SET text='x'",
        "DELETE FROM portal_auditday",
    ],
)
def test_the_database_refuses_to_change_the_log(walls, statement):
    write("a", 1)
    audit.chain_day()
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        raw(statement)
    assert audit.verify() == []


@pytest.mark.postgres
def test_postgresql_refuses_truncation_and_takes_the_privilege_away(walls):
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE and privileges are PostgreSQL's")
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        raw("TRUNCATE portal_auditentry CASCADE")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants "
            "WHERE table_name='portal_auditentry' AND grantee=CURRENT_USER ORDER BY 1"
        )
        assert {row[0] for row in cursor.fetchall()} & {"UPDATE", "DELETE", "TRUNCATE"} == set()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_stands_in_a_transaction_of_its_own(sun):
    with transaction.atomic():
        Job.objects.create(kind="x")
        transaction.set_rollback(True)
    entry = audit.record_refusal(
        "application.accept", by=sun, scope="a", kind="application", target="1", reason="公示未结束"
    )
    assert (entry.refused, Job.objects.count(), audit.verify()) == (True, 0, [])
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        audit.record_refusal("application.accept", by=sun, scope="a", kind="application", target="1")
