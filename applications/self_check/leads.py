"""Where in the self-check a finding is mended: the steps that ask for what is missing or falls short."""

from collections.abc import Collection
from typing import Final

from applications.precheck_page import places_of
from applications.self_check.questions import PLACES, STEPS, Step, step_of
from rules.result import ClauseResult

STATEMENTS = "statements"


def _asked(step: Step) -> frozenset[str]:
    """The keys of the dossier that a step asks about."""
    lists = [PLACES[kind][0] for kind in step.lists]
    places = [*lists, *(field.name for part in step.singles for field in part.fields)]
    return frozenset(place.partition(".")[0] for place in places)


ASKED: Final = {step.key: _asked(step) for step in STEPS} | {"routes": frozenset({"claims"})}


def steps_for(found: ClauseResult, judged: Collection[str]) -> list[Step]:
    """The steps behind a finding, in their order; `judged` are the clauses of which a person may say their own mind."""
    keys = places_of(found)
    steps = [step for step in STEPS if keys & ASKED[step.key]]
    if found.verdict == "open" and found.judgement and found.clause in judged:
        steps.append(step_of(STATEMENTS))
    return steps
