"""What the office sets on a round beside its dates: minutes of grace, and the fee where the notice leaves it open."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from applications.errors import OWN_CASE, Refused
from applications.fees import fee_of, is_charged
from applications.models import Application, FeePayment, Round
from applications.models.round import MOST_GRACE
from portal import access, audit, clock
from portal.models import User
from portal.roles import Permission


@transaction.atomic
def set_terms(
    *,
    round: Round,  # noqa: A002  the term
    grace_minutes: int,
    fee_yuan: int | None,
    fee_before_acceptance: bool,
    by: User,
) -> Round:
    """Sets grace and fee; both are shown to applicants at once.

    Raises:
        Refused: a grace that nobody could have known beforehand, a fee where the notice has its own, or paid already.
    """
    access.require(by, Permission.MANAGE_ROUND, round.office)
    round.refresh_from_db(from_queryset=Round.objects.select_for_update(no_key=True))
    terms = {
        "grace_minutes": grace_minutes,
        "fee_yuan": fee_yuan,
        "fee_before_acceptance": fee_before_acceptance and bool(fee_yuan),
    }
    before = {name: getattr(round, name) for name in terms}
    if faults := [*_grace_faults(round, grace_minutes), *_fee_faults(round, fee_yuan)]:
        raise Refused(faults)
    Round.objects.filter(pk=round.pk).update(**terms)
    round.refresh_from_db()
    changed = {name: [before[name], value] for name, value in terms.items() if before[name] != value}
    _record(round, "round.set_terms", by=by, change=changed)
    return round


@transaction.atomic
def mark_paid(*, application: Application, receipt: str, by: User) -> FeePayment:
    """Records that the fee of an application has come in. Marking twice records it once.

    Raises:
        Refused: nothing is charged in the round, it was never submitted, or one's own case.
    """
    _take_as_office(application, by)
    if application.submitted_at is None:
        raise Refused([_("该申报还没有提交，不能登记缴费。请在申报人提交后再登记。")])
    # The amount stays what it is until this payment stands beside it.
    amount = fee_of(Round.objects.select_for_update(no_key=True).get(pk=application.round_id)).amount
    if not amount:
        raise Refused([_("本批次不收费或尚未录入金额，不能登记缴费。请先在“宽限和收费”中录入金额。")])
    payment, is_new = FeePayment.objects.get_or_create(
        application=application,
        defaults={"amount": amount, "receipt": receipt.strip(), "recorded_by": by, "recorded_at": clock.now()},
    )
    if is_new:
        _mark(application, "fee.paid", by=by, change={"amount": amount, "receipt": payment.receipt})
    return payment


@transaction.atomic
def mark_unpaid(*, application: Application, reason: str, by: User) -> None:
    """Takes a record of payment back, which was made in error or is refunded; the audit log keeps both.

    Raises:
        Refused: no reason, no payment is recorded, or one's own case.
    """
    _take_as_office(application, by)
    if not reason.strip():
        raise Refused([_("撤销缴费登记须写明理由，理由将留存备查。")])
    payment = FeePayment.objects.filter(application=application).first()
    if payment is None:
        raise Refused([_("该申报没有缴费登记，不需要撤销。")])
    payment.delete()
    _mark(
        application,
        "fee.unpaid",
        by=by,
        change={"amount": payment.amount, "receipt": payment.receipt},
        reason=reason,
    )


def _take_as_office(application: Application, by: User) -> None:
    """Takes its row for an act on its payments: they are counted on when it is accepted."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    access.require(by, Permission.MANAGE_ROUND, application.round.office)
    if application.applicant_id == by.pk:
        raise Refused([_(OWN_CASE)])


def _grace_faults(round_: Round, minutes: int) -> list[str]:
    if not 0 <= minutes <= MOST_GRACE:
        return [_("提交宽限为 0 至 %(most)d 分钟。") % {"most": MOST_GRACE}]
    if minutes != round_.grace_minutes and clock.today() >= round_.applicant_closes_on:
        return [_("提交宽限须事先公布：个人申报截止当日起不能再设定或更改。确需延长的，请调整截止日期并写明理由。")]
    return []


def _fee_faults(round_: Round, yuan: int | None) -> list[str]:
    if yuan == round_.fee_yuan:
        return []
    fee = fee_of(round_)
    if not fee.open_to_office:
        return [_("本批次的收费由通知规定：%(fee)s，不能另行设定。") % {"fee": fee.sentence}]
    if is_charged(round_) and (paid := FeePayment.objects.filter(application__round=round_).count()):
        return [_("已有 %(count)d 份申报按原金额登记缴费，不能更改金额。") % {"count": paid}]
    return []


def _mark(application: Application, act: str, *, by: User, change: Mapping[str, object], reason: str = "") -> None:
    audit.record(
        act,
        by=by,
        scope=application.scope,
        kind="application",
        target=str(application.public_id),
        change=change,
        reason=reason.strip(),
        organization=application.round.office,
    )


def _record(round_: Round, act: str, *, by: User, change: Mapping[str, object]) -> None:
    audit.record(
        act,
        by=by,
        scope=f"round:{round_.public_id}",
        kind="round",
        target=str(round_.public_id),
        change=change,
        organization=round_.office,
    )
