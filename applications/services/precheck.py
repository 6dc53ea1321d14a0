"""Asking the rules: at any moment for the applicant, and on a snapshot for those who decide. It advises only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from applications import dossiers
from applications.models import Application, QualificationCheck, Snapshot
from portal import clock
from rules import catalog, engine
from rules.criteria import Node
from rules.dossier import Dossier
from rules.result import ClauseResult, Result

CLAIMED, VERIFIED = QualificationCheck.View.CLAIMED, QualificationCheck.View.VERIFIED


@dataclass(frozen=True, slots=True)
class Attestable:
    """A clause that an officer may confirm or deny; `questions` are what it leaves to judgement now."""

    number: str
    label: str
    reading: str | None
    questions: list[str]


def dossier_now(application: Application) -> Dossier:
    """What the records say as they stand. Raises rules.dossier.DossierError for one the rules cannot read."""
    return dossiers.read(dossiers.claimed(application, dossiers.chosen(application)))


def dossier_submitted(snapshot: Snapshot) -> Dossier:
    """What was submitted, as the applicant tells it."""
    records, consent = dossiers.frozen(snapshot), dossiers.consent_on(snapshot)
    return dossiers.read(dossiers.claimed(snapshot.application, records, consent=consent))


def precheck(
    application: Application, *, level: str = "", as_of: date | None = None, dossier: Dossier | None = None
) -> Result:
    """What the rules find of the records as they stand, for the level applied for or another.

    `dossier` is what `dossier_now` gave, where it was asked already.

    Raises:
        rules.dossier.DossierError: a record the rules cannot read.
        rules.catalog.UnknownPolicy: the policy has no such level.
    """
    known = dossier or dossier_now(application)
    return _judge(application, known, level=level or application.level, as_of=as_of)


def check_snapshot(snapshot: Snapshot, *, view: str, occasion: str) -> QualificationCheck:
    """Judges a snapshot as claimed or as verified so far, and keeps what was found."""
    application = snapshot.application
    records = dossiers.frozen(snapshot)
    build = dossiers.claimed if view == CLAIMED else dossiers.verified
    dossier = build(application, records, consent=dossiers.consent_on(snapshot))
    result = _judge(application, dossiers.read(dossier), level=application.level, as_of=None)
    return QualificationCheck.objects.create(
        snapshot=snapshot,
        view=view,
        as_of=application.round.as_of,
        occasion=occasion,
        result=result.to_dict(),
        checked_at=clock.now(),
    )


def check_verified(application: Application) -> Result:
    """What the rules find of the live snapshot as far as it is verified now; nothing is kept."""
    if application.snapshot is None:
        raise ValueError("the application has not been submitted")
    snapshot = application.snapshot
    dossier = dossiers.verified(application, dossiers.frozen(snapshot), consent=dossiers.consent_on(snapshot))
    return _judge(application, dossiers.read(dossier), level=application.level, as_of=None)


def attestable(application: Application) -> list[Attestable]:
    """The clauses of the level on which a person has to speak, or has spoken, in the notice's order.

    They are those that nothing but a person decides; and any other, claims among them, that what was submitted
    leaves open by judgement. A clause that only counts those under it is never there.
    """
    entry = catalog.get(application.round.policy_id)
    by_person = {clause.clause for clause in _judged(entry, application.level)}
    asked = _left_to_people(application)
    said = set(application.attestations.values_list("clause", flat=True))
    return [
        Attestable(clause.number, clause.label, clause.reading, asked.get(clause.number, []))
        for clause in entry.clauses(application.level)
        if clause.attested and clause.number in {*by_person, *asked, *said}
    ]


def _judged(entry: catalog.Entry, level: str) -> Iterator[Node]:
    levels = {str(name): known for name, known in entry.policy.levels.items()}
    for node in (*entry.policy.basic, *levels[level].sections()):
        yield from (clause for clause in node.clauses() if clause.asks_people)


def _left_to_people(application: Application) -> dict[str, list[str]]:
    """Clause → what of it is left to a person's judgement, apart from what the clauses under it ask themselves.

    A clause whose source is not in hand waits for the office's reading of it, which no attestation gives.
    """
    if application.snapshot is None:
        return {}
    clauses = _judge(application, dossier_submitted(application.snapshot), level=application.level, as_of=None).clauses
    found = [one for one in clauses.values() if one.judgement and not one.unverified]
    return {
        one.clause: [question for question in one.judgement if not _is_asked_below(question, one, found)]
        for one in found
    }


def _is_asked_below(question: str, one: ClauseResult, found: Sequence[ClauseResult]) -> bool:
    return any(question in other.judgement for other in found if other.depth > one.depth)


def _judge(application: Application, dossier: Dossier, *, level: str, as_of: date | None) -> Result:
    round_ = application.round
    return engine.judge(round_.policy_id, level, dossier, as_of=as_of or round_.as_of, opened=round_.opens_on)
