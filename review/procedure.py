"""The figures of review, read from the round's policy pack."""

from fractions import Fraction

from applications.models import Round
from review import tally
from review.lawful_panels import PanelRules, Share
from rules import catalog
from rules.procedure import Procedure


def procedure_of(round_: Round) -> Procedure:
    """The procedure that the round's policy carries. Raises rules.catalog.UnknownPolicy."""
    return catalog.get(round_.policy_id).procedure


def panel_rules(procedure: Procedure, *, size: int, shares_bind: bool) -> PanelRules:
    """The rules of a panel of `size`; the pool's shares are among them where the committee lets them bind.

    Raises:
        ValueError: for an even size.
    """
    if not shares_bind:
        return PanelRules(size, skilled_least=procedure.panel.skilled.value)
    return PanelRules(
        size,
        senior_share=_share(procedure.pool.full_senior.fraction),
        enterprise_share=_share(procedure.pool.enterprise.fraction),
        private_share=_share(procedure.pool.non_public.fraction),
        skilled_least=procedure.panel.skilled.value,
    )


def thresholds(procedure: Procedure) -> tally.Thresholds:
    return tally.Thresholds(
        quorum=_share(procedure.ballot.quorum.fraction), consent=_share(procedure.ballot.passing.fraction)
    )


def _share(part: Fraction) -> Share:
    return part.numerator, part.denominator
