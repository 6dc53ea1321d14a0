"""Bans, payments and papers of a round, pressed at the same moment: one effect, no server error."""

import pytest

from applications import services
from applications.ban_grounds import grounds
from applications.models import Application, Ban, FeePayment, Round
from applications.services.bans import Named
from portal.models import AuditEntry
from tests.applications import walk
from tests.applications.test_races import at_once, only_postgres  # noqa: F401  a fixture for every test here

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.slow]
AT_ONCE = 8


@pytest.mark.parametrize(
    "person",
    [Named(name="何冒名", kind="hk_macao_permit", number="H12345678"), Named("周旁人", None, "resident_id", "120104199001016063")],
    ids=["without a log-in", "with one"],
)  # fmt: skip
def test_a_ban_entered_by_many_at_once_stands_once(world, person):
    def enter() -> None:
        services.enter_ban(
            person=person,
            organization=world.units["office"],
            ground=grounds("tianjin")[0],
            term="this_year",
            year=2025,
            reason="已核实。",
            by=world.people["sun"],
        )

    said = at_once(*[enter] * AT_ONCE)

    assert (sorted(said), Ban.objects.count()) == (["Refused"] * (AT_ONCE - 1) + ["done"], 1)
    assert AuditEntry.objects.filter(act="ban.enter", refused=False).count() == 1


def test_a_ban_lifted_by_many_at_once_is_lifted_once(world):
    ban = services.enter_ban(
        person=Named(name="何冒名", kind="hk_macao_permit", number="H12345678"),
        organization=world.units["office"],
        ground=grounds("tianjin")[0],
        term="this_year",
        year=2025,
        reason="已核实。",
        by=world.people["sun"],
    )

    def lift() -> None:
        services.lift_ban(ban=Ban.objects.get(pk=ban.pk), reason="复核后撤销。", by=world.people["sun"])

    said = at_once(*[lift] * AT_ONCE)

    assert sorted(said) == ["Stale"] * (AT_ONCE - 1) + ["done"]
    assert AuditEntry.objects.filter(act="ban.lift", refused=False).count() == 1


@pytest.mark.unlawful("the round's pack is another one's, so that there is a fee")
def test_a_payment_marked_by_many_at_once_is_one(world, draft):
    walk.submit(draft)
    Round.objects.filter(pk=draft.round_id).update(policy_id="jiangxi-lithium-2023", fee_yuan=280)

    def mark() -> None:
        services.mark_paid(application=Application.objects.get(pk=draft.pk), receipt="1", by=world.people["sun"])

    said = at_once(*[mark] * AT_ONCE)

    assert (said, FeePayment.objects.count()) == (["done"] * AT_ONCE, 1)
    assert AuditEntry.objects.filter(act="fee.paid").count() == 1


def test_the_words_of_a_page_saved_by_many_at_once_are_saved(world, round_):
    def save() -> None:
        services.set_content(round=round_, words=services.Words(plan="六月评审。"), by=world.people["sun"])

    assert at_once(*[save] * AT_ONCE) == ["done"] * AT_ONCE
    assert round_.content.plan == "六月评审。"
