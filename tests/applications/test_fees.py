"""The fee: by the notice, or entered by the office and marked paid by it; nothing is paid in the portal."""

import pytest

from applications import services
from applications.errors import Refused
from applications.models import Application, ApprovalStep, FeePayment, Round, StepState
from applications.transitions import guard_reasons
from portal import access, clock
from portal.demo import person
from portal.models import AuditEntry
from tests.applications import walk
from tests.applications.filed import filed
from tests.applications.pages import address, words
from tests.costs import cost

JIANGXI = "jiangxi-lithium-2023"


@pytest.fixture
def arrived(draft) -> Application:
    """An application at the office of a round whose notice leaves the amount to a paper that is not in hand.

    It was filed by another notice, which asks for less evidence; the levels before the office are tested elsewhere.
    """
    walk.submit(draft)
    draft.steps.filter(kind="office").update(state=StepState.WAITING, opened_at=clock.now())
    Round.objects.filter(pk=draft.round_id).update(policy_id=JIANGXI)
    draft.round.refresh_from_db()
    return draft


@pytest.fixture
def charged(arrived) -> Round:
    return arrived.round


def terms(round_, by, **changes) -> Round:
    given = {"grace_minutes": 0, "fee_yuan": None, "fee_before_acceptance": False, **changes}
    return services.set_terms(round=round_, by=by, **given)


@pytest.mark.duty("TJ23-053")
def test_tianjin_takes_nothing_and_no_office_changes_that(world, round_, enter):
    page = enter("sun").get(address("round_terms", round_.public_id))
    assert list(page.context["form"].fields) == ["grace_minutes"]
    assert "不收费（2023年度通知五(二)）" in words(enter("zhou").get(address("round_detail", round_.public_id)))
    assert "不收费（2023年度通知五(二)）" in words(enter("zhou").get(address("round_list")))
    with pytest.raises(Refused, match="不能另行设定"):
        terms(round_, world.people["sun"], fee_yuan=300)


@pytest.mark.duty("JX81-053")
def test_jiangxis_amount_is_entered_shown_and_marked_paid(world, charged, arrived, enter):
    sun, lin = enter("sun"), enter("lin")
    told = words(lin.get(address("round_detail", charged.public_id)))
    assert "按赣发改收费字〔2004〕523号收取，金额待评审办事机构公布" in told

    given = {"grace_minutes": "0", "fee_yuan": "280", "fee_before_acceptance": "on"}
    assert sun.post(address("round_terms", charged.public_id), given).status_code == 302
    told = words(lin.get(address("round_detail", charged.public_id)))
    assert "280 元（依据赣发改收费字〔2004〕523号，金额由评审办事机构录入，待确认）" in told
    assert "缴费后方可受理" in told
    assert "尚未登记缴费" in words(lin.get(address("application_detail", arrived.public_id)))

    assert "未缴" in words(sun.get(address("fee_list", charged.public_id)))
    mark = address("fee_mark", arrived.public_id)
    assert sun.post(mark, {"receipt": "NO.001"}).status_code == 302
    listed = words(sun.get(address("fee_list", charged.public_id)))
    assert all(said in listed for said in ("已缴", "280 元", "NO.001", "孙受理"))
    assert "；已登记缴费" in words(lin.get(address("application_detail", arrived.public_id)))
    assert "没有申报" in words(sun.get(address("fee_list", charged.public_id) + "?state=unpaid"))

    assert sun.post(mark, {"reason": ""}).status_code == 422
    assert sun.post(mark, {"reason": "登记错人。"}).status_code == 302
    assert not FeePayment.objects.exists()
    assert [entry.act for entry in AuditEntry.objects.filter(act__startswith="fee.").order_by("pk")] == [
        "fee.paid",
        "fee.unpaid",
    ]


@pytest.mark.parametrize("yuan", ["0", "-1", "1.5", "abc", "100001"])
def test_an_amount_is_whole_yuan(charged, enter, yuan):
    given = {"grace_minutes": "0", "fee_yuan": yuan}
    assert enter("sun").post(address("round_terms", charged.public_id), given).status_code == 422


def unpaid(application) -> list[str]:
    return [reason for reason in guard_reasons(application, "accept") if "缴费" in reason]


def test_acceptance_waits_for_the_fee_only_where_the_office_says_so(world, charged, arrived):
    sun = world.people["sun"]
    assert unpaid(arrived) == []
    for first, waits in ((False, False), (True, True)):
        terms(charged, sun, fee_yuan=280, fee_before_acceptance=first)
        assert (unpaid(arrived) != []) is waits
    services.mark_paid(application=arrived, receipt="", by=sun)
    assert unpaid(arrived) == []


def test_marking_twice_is_once_and_the_amount_stays(world, charged, arrived):
    sun = world.people["sun"]
    with pytest.raises(Refused, match="尚未录入金额"):
        services.mark_paid(application=arrived, receipt="", by=sun)
    terms(charged, sun, fee_yuan=280)
    first = services.mark_paid(application=arrived, receipt="1", by=sun)
    assert services.mark_paid(application=arrived, receipt="2", by=sun) == first
    assert AuditEntry.objects.filter(act="fee.paid").count() == 1
    with pytest.raises(Refused, match="已有 1 份申报"):
        terms(charged, sun, fee_yuan=300)


def test_pressing_twice_marks_once_and_takes_back_once(world, charged, arrived, enter):
    """The second press of a button does what it says, or nothing: it never does the opposite."""
    terms(charged, world.people["sun"], fee_yuan=280)
    sun, mark = enter("sun"), address("fee_mark", arrived.public_id)

    assert [sun.post(mark, {"receipt": "NO.001"}).status_code for _press in range(2)] == [302, 302]
    assert [payment.receipt for payment in FeePayment.objects.all()] == ["NO.001"]
    again = [sun.post(mark, {"reason": "登记错人。"}) for _press in range(2)]
    assert [answer.status_code for answer in again] == [302, 409]
    assert "没有缴费登记，不需要撤销" in words(again[1])
    assert not FeePayment.objects.exists()
    assert AuditEntry.objects.filter(act__startswith="fee.").count() == 2


def test_nobody_marks_their_own_application_paid(world, charged, arrived):
    sun = world.people["sun"]
    terms(charged, sun, fee_yuan=280)
    own = filed(world, charged, "sun", at="office")

    with pytest.raises(Refused, match="与本人有关"):
        services.mark_paid(application=own, receipt="", by=sun)
    with pytest.raises(Refused, match="与本人有关"):
        services.mark_unpaid(application=own, reason="登记错人。", by=sun)


def test_what_was_never_submitted_has_no_fee_to_pay(world, round_, charged):
    terms(charged, world.people["sun"], fee_yuan=280)
    begun = services.open_draft(
        applicant=world.people["zhou"], round=charged, level=charged.levels[0], employer=world.units["employer"]
    )
    with pytest.raises(Refused, match="还没有提交"):
        services.mark_paid(application=begun, receipt="", by=world.people["sun"])


def test_terms_are_held_against_the_round_as_it_stands(world, charged, arrived):
    """A page opened before the amount was entered changes nothing once somebody has paid it."""
    sun, stale = world.people["sun"], Round.objects.get(pk=charged.pk)
    terms(charged, sun, fee_yuan=280)
    services.mark_paid(application=arrived, receipt="", by=sun)

    with pytest.raises(Refused, match="已有 1 份申报"):
        terms(stale, sun, fee_yuan=None)
    charged.refresh_from_db()
    assert charged.fee_yuan == 280


def test_only_the_rounds_own_office_marks(world, charged, arrived):
    with pytest.raises(access.Forbidden):
        services.mark_paid(application=arrived, receipt="", by=world.people["zheng"])


@pytest.mark.parametrize("minutes", [-1, 121])
def test_no_grace_beyond_two_hours(world, round_, minutes):
    with pytest.raises(Refused, match="0 至 120 分钟"):
        terms(round_, world.people["sun"], grace_minutes=minutes)


def test_a_grace_is_told_beforehand_or_not_at_all(world, round_):
    terms(round_, world.people["sun"], grace_minutes=30)
    assert round_.grace_minutes == 30
    assert AuditEntry.objects.filter(act="round.set_terms").exists()
    clock.move_to(clock.end_of(round_.applicant_closes_on).replace(day=31, month=3, hour=9))
    with pytest.raises(Refused, match="须事先公布"):
        terms(round_, world.people["sun"], grace_minutes=60)


@pytest.mark.unlawful("more applications at the office than were ever submitted")
@pytest.mark.pins({"applications:fee_list": 11})
def test_the_list_costs_the_same_with_one_and_with_thirty(world, charged, arrived, enter):
    sun = enter("sun")
    terms(charged, world.people["sun"], fee_yuan=280)
    one = cost(sun, "applications:fee_list", charged.public_id)
    for number in range(29):
        other = Application.objects.create(
            applicant=person(f"payer{number}", f"缴费{number}"),
            round=charged, employer=arrived.employer, level=arrived.level, number=f"SB{number}",
            submitted_by=arrived.applicant, submitted_at=clock.now(), created_at=clock.now(), changed_at=clock.now(),
        )  # fmt: skip
        ApprovalStep.objects.create(
            application=other, revision=1, order=1, kind="office", organization=charged.office,
            opened_at=clock.now(),
        )  # fmt: skip
    assert cost(sun, "applications:fee_list", charged.public_id) == one
