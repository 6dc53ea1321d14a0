"""Asking the rules: at any moment for the applicant, and on a snapshot for those who decide. It advises only."""

from datetime import date

from applications import dossiers
from applications.models import Application, QualificationCheck, Snapshot
from portal import clock
from rules import catalog, engine
from rules.dossier import Dossier
from rules.result import Result
from rules.sections import Clause

CLAIMED, VERIFIED = QualificationCheck.View.CLAIMED, QualificationCheck.View.VERIFIED


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


def attestable(application: Application) -> list[Clause]:
    """The clauses of the level that only a person can judge, as the pack marks them, in the notice's order."""
    entry = catalog.get(application.round.policy_id)
    levels = {str(name): level for name, level in entry.policy.levels.items()}
    judged = {
        clause.clause
        for node in (*entry.policy.basic, *levels[application.level].sections())
        for clause in node.clauses()
        if clause.judged is not None or clause.own_text is not None
    }
    return [clause for clause in entry.clauses(application.level) if clause.number in judged and clause.attested]


def _judge(application: Application, dossier: Dossier, *, level: str, as_of: date | None) -> Result:
    round_ = application.round
    return engine.judge(round_.policy_id, level, dossier, as_of=as_of or round_.as_of, opened=round_.opens_on)
