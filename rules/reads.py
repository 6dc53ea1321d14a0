"""Which keys of a dossier a level's criteria look at: what nothing looks at need not be asked of anybody."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from rules import catalog, nodes
from rules.criteria import Node

# Every leaf of `criteria.LEAVES`, with the keys it looks at; empty for questions put to people.
OF_LEAF: Final[Mapping[str, tuple[str, ...]]] = {
    "judged": (),
    "education": ("education",),
    "seniority": ("titles",),
    "work": ("posts",),
    "records": ("achievements",),
    "filled": ("achievements",),
    "consent": ("consents",),
    "assessment": ("assessments",),
    "continuing_education": ("continuing_education",),
    "allowed": (),
    "not_status": ("status",),
    "no_sanction": ("sanctions",),
    "flexible_agreement": ("flexible_agreement",),
    "title": ("titles",),
    "stem_degree": ("education",),
    "calendar_years": ("titles",),
    "all_in_window": ("achievements",),
    "insured_months": ("social_insurance",),
    "self_score": ("self_score",),
    "income_tax": ("income_tax",),
    "hours_last_year": ("continuing_education",),
    "nothing_more": (),
}
_RESTS: Final = {"education": "education", "title": "titles", "skill": "skills"}


@cache
def keys(policy_id: str, level: str) -> frozenset[str]:
    """What bars, what is asked of everybody, and the level's own sections and routes. Raises UnknownPolicy."""
    return frozenset(key for place in _placed(policy_id, level) for key in _of(place.node))


@cache
def of_clauses(policy_id: str, level: str) -> Mapping[str, frozenset[str]]:
    """Clause → the keys that it looks at itself, without the clauses under it. Raises UnknownPolicy."""
    found: dict[str, set[str]] = {}
    for place in _placed(policy_id, level):
        if place.clause is not None:
            found.setdefault(place.clause, set()).update(_of(place.node))
    return {clause: frozenset(known) for clause, known in found.items()}


@cache
def bounding(policy_id: str, level: str) -> frozenset[str]:
    """The clauses that look at every achievement, of whatever kind: their window. Raises UnknownPolicy."""
    found = [place.clause for place in _placed(policy_id, level) if place.node.all_in_window]
    return frozenset(filter(None, found))


@cache
def of_everybody(policy_id: str) -> Mapping[str, str]:
    """Key → the clause by which the policy asks for it of everybody, whatever the level. Raises UnknownPolicy."""
    asked = nodes.placed(catalog.get(policy_id).policy.basic)
    return {key: place.clause or "" for place in asked for key in sorted(_of(place.node))}


def _placed(policy_id: str, level: str) -> Iterator[nodes.Placed]:
    entry = catalog.get(policy_id)
    entry.level(level)
    policy = entry.policy
    known = {str(name): one for name, one in policy.levels.items()}[level]
    claims = {str(name): policy.claims_at(name, entry.layer) for name in policy.levels}[level]
    for part in (policy.bars(entry.layer), policy.basic, policy.other_specialty, known.sections(), claims):
        yield from nodes.placed(part)


def _of(node: Node) -> set[str]:
    found = set() if node.combines else set(OF_LEAF[node.says])
    if node.records is not None:
        found = {node.records.of}
    elif node.allowed is not None:
        found = {node.allowed.field_.partition(".")[0]}
    if node.rests_on is not None:
        found |= {key for name, key in _RESTS.items() if getattr(node.rests_on, name) is not None}
    return found
