"""Exceptions (破格) that rest on the supervising body's consent: which clause asks for it, and of whom.

The consent is one of several grounds (27号 四(四)3, 五(四)4, 六(四)2): whoever is admitted by an award needs none.
So the rules are asked twice, with the consent and without: it is needed where the exception stands or falls by it.
"""

from dataclasses import dataclass

from applications import dossiers
from applications.models import Application
from rules import catalog, engine
from rules.criteria import Node
from rules.result import Result

ROUTE = "exceptional"
RANK = {"unmet": 0, "open": 1, "met": 2}


@dataclass(frozen=True, slots=True)
class ConsentClause:
    """A ground of an exception that asks for consent; `group` is the clause it stands under.

    `grounds` are all clauses that open the exception: that group, and what the body adds to it (39号 正文二(一)4).
    """

    number: str
    label: str
    document: str
    body: str
    group: str
    grounds: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"


def consent_clause(application: Application) -> ConsentClause | None:
    """The clause of the level applied for; None where its policy has no such ground."""
    entry = catalog.get(application.round.policy_id)
    levels = {str(name): level for name, level in entry.policy.levels.items()}
    exceptional = levels[application.level].exceptional
    if exceptional is None:
        return None
    clauses = exceptional.clauses()
    for node in clauses:
        body = _asked_by(node)
        if body and node.clause:
            return ConsentClause(
                number=node.clause,
                label=node.label or "",
                document=entry.source.number,
                body=body,
                group=next(top.clause for top in clauses if top.clause and node in top.clauses()),
                grounds=tuple(clause.clause for clause in clauses if clause.clause),
            )
    return None


def rests_on_consent(application: Application) -> bool:
    """Whether the exception is what opens the title to this person, and falls without the consent.

    Asked of what the applicant tells, less what was denied: a doubt that is still open takes nobody's consent away.
    """
    clause = consent_clause(application)
    if clause is None or application.snapshot is None:
        return False
    told = dossiers.claimed(application, dossiers.frozen(application.snapshot))
    without = _judged(application, told | {"consents": []})
    if without.verdict == "met":
        return False
    given = _judged(application, told | {"consents": [clause.body]})
    return given.route == ROUTE and _standing(given, clause) > _standing(without, clause)


def _asked_by(node: Node) -> str:
    """Whose consent a clause asks for itself, not by a clause under it."""
    if node.consent is not None:
        return str(node.consent)
    return next((body for child in node.children if child.clause is None and (body := _asked_by(child))), "")


def _judged(application: Application, told: dict[str, object]) -> Result:
    round_ = application.round
    return engine.judge(
        round_.policy_id, application.level, dossiers.read(told), as_of=round_.as_of, opened=round_.opens_on
    )


def _standing(result: Result, clause: ConsentClause) -> int:
    """How far the exception gets by any of its grounds; items get no further than the group they stand under."""
    tops = [clause.group, *(number for number in clause.grounds if not number.startswith(clause.group))]
    return max((RANK[result.clauses[number].verdict] for number in tops if number in result.clauses), default=0)
