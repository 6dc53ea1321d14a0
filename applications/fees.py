"""What an application in a round costs, as its pack and its office say."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.models import Round
from rules import catalog


@dataclass(frozen=True, slots=True)
class Fee:
    """`amount` in yuan: 0 where nothing is charged, None while the office has not entered it.

    `open_to_office`: the notice leaves the amount to a paper that is not in hand, so that the office enters it.
    """

    amount: int | None
    basis: str
    open_to_office: bool

    @property
    def sentence(self) -> str:
        if self.amount == 0:
            return _("不收费（%(basis)s）") % {"basis": self.basis} if self.basis else _("不收费")
        if self.amount is None:
            return _("按%(basis)s收取，金额待评审办事机构公布") % {"basis": self.basis}
        if self.open_to_office:
            return _("%(amount)d 元（依据%(basis)s，金额由评审办事机构录入，待确认）") % {
                "amount": self.amount,
                "basis": self.basis,
            }
        return _("%(amount)d 元（%(basis)s）") % {"amount": self.amount, "basis": self.basis}


def fee_of(round_: Round) -> Fee:
    """The pack's own figure, or the office's where the pack has none."""
    entry = catalog.get(round_.policy_id)
    stated = entry.procedure.fee
    if stated.value is not None:
        return Fee(stated.value, entry.cite(stated), open_to_office=False)
    return Fee(round_.fee_yuan, stated.basis or "", open_to_office=True)


def is_charged(round_: Round) -> bool:
    return bool(fee_of(round_).amount)
