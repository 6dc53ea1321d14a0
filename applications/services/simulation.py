"""Submitted dossiers as cases for a simulation of two policies. They carry the application's number and no name."""

from collections.abc import Iterator

from msgspec.structs import replace

from applications import dossiers
from applications.models import Snapshot
from rules.dossier import DossierError
from rules.simulation import SimulatedCase


def stored_cases(*, policy_id: str, verified: bool = False) -> Iterator[SimulatedCase]:
    """The live snapshots judged by a policy, one at a time, as claimed or as far as somebody has verified them."""
    build = dossiers.verified if verified else dossiers.claimed
    kept = Snapshot.objects.filter(live=True, policy_id=policy_id).select_related(
        "application__employer", "application__round"
    )
    for snapshot in kept.order_by("pk").iterator(chunk_size=200):
        application = snapshot.application
        case = SimulatedCase(
            id=application.number,
            level=application.level,
            as_of=application.round.as_of,
            opened=application.round.opens_on,
        )
        dossier = build(application, dossiers.frozen(snapshot), consent=dossiers.consent_on(snapshot))
        try:
            yield replace(case, dossier=dossiers.read(dossier))
        except DossierError as error:
            yield replace(case, fault=f"{error.place} cannot be read")  # the message would tell what stands there
