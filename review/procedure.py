"""The figures of review, read from the round's policy pack."""

from fractions import Fraction

from applications.models import Round
from review import tally
from review.lawful_panels import PanelRules, Share
from rules import catalog
from rules.procedure import Procedure
from rules.stated import Share as StatedShare


def procedure_of(round_: Round) -> Procedure:
    """The procedure that the round's policy carries. Raises rules.catalog.UnknownPolicy."""
    return catalog.get(round_.policy_id).procedure


def panel_rules(procedure: Procedure, *, size: int, shares_bind: bool) -> PanelRules:
    """The rules of a panel of `size`; the pool's shares are among them where the committee lets them bind.

    Raises:
        ValueError: for an even size.
    """
    pool, skilled = procedure.pool, procedure.panel.skilled
    least = 0 if skilled is None else skilled.value
    if not shares_bind:
        return PanelRules(size, skilled_least=least)
    return PanelRules(
        size,
        senior_share=_stated(pool.full_senior),
        enterprise_share=_stated(pool.enterprise),
        private_share=_stated(pool.non_public),
        skilled_least=least,
    )


def thresholds(procedure: Procedure) -> tally.Thresholds:
    return tally.Thresholds(
        quorum=_share(procedure.ballot.quorum.fraction), consent=_share(procedure.ballot.passing.fraction)
    )


def _share(part: Fraction) -> Share:
    return part.numerator, part.denominator


def _stated(share: StatedShare | None) -> Share:
    """A share that the pack leaves out binds nobody."""
    return (0, 1) if share is None else _share(share.fraction)
