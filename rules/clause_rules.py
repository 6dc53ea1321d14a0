"""What being a clause adds to a rule: it is reported under its number, may be attested, may wait for the office."""

from collections.abc import Mapping
from typing import Final

from rules import verdict
from rules.criteria import Node
from rules.predicates.noting import Rule, noted
from rules.verdict import UNMET, Finding, Verdict, judged
from rules.view import View

# What a competent person's word makes of a clause: it then needs no other fact.
ATTESTED: Final[Mapping[bool, Finding]] = {said: noted(verdict.of(said), "attested", said) for said in (True, False)}
_UNMET: Final = Verdict.UNMET
UNVERIFIED: Final = judged("所依据的标准尚未核实，须由评审办事机构确认")


def reported(clause: Node, said: Rule, *, attests: bool, below: bool) -> Rule:
    """The rule of a clause that leaves its finding in `seen`.

    `attests`: somebody's word on the clause goes before what the records say. `below` another clause the figures stay
    there and do not climb to it.
    """
    number = clause.clause or ""
    said = confirmed(clause, said)

    def rule(view: View) -> Finding:
        found = view.seen[number] = said(view)
        return found.bare if below else found

    if not attests or clause.counts_clauses:
        return rule
    findings = on_attesting(clause)
    bare = {attested: found.bare for attested, found in findings.items()}

    def attestable(view: View) -> Finding:
        attested = view.attested.get(number)
        if attested is not None:
            view.seen[number] = findings[attested]
            return bare[attested]
        found = view.seen[number] = said(view)
        if not below or not found.notes:
            return found
        return UNMET if found.verdict is _UNMET else found.bare

    return attestable


def with_own_text(clause: Node, said: Rule) -> Rule:
    """The rule of a clause whose own text people attest, beside the items under it."""
    number, asked = clause.clause or "", judged(clause.own_text or "")

    def rule(view: View) -> Finding:
        attested = view.attested.get(number)
        return verdict.all_of((asked if attested is None else ATTESTED[attested], said(view)))

    return rule


def confirmed(clause: Node, said: Rule) -> Rule:
    """The same, where the clause's source is in hand; else unmet stays and all else waits for the office's word."""
    if not clause.unverified:
        return said
    return lambda view: _to_confirm(said(view))


def on_attesting(clause: Node) -> Mapping[bool, Finding]:
    """What the clause comes to by somebody's word, for and against."""
    if not clause.unverified:
        return ATTESTED
    return {attested: _to_confirm(found) for attested, found in ATTESTED.items()}


def _to_confirm(found: Finding) -> Finding:
    return verdict.all_of((found, UNVERIFIED))
