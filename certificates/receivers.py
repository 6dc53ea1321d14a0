"""What this room adds to the moves of an application. Imported by `AppConfig.ready()`."""

from collections.abc import Iterable

from applications.models import Application, TransitionRecord
from applications.transitions import guard, on
from certificates.models import Certificate, RevocationReason
from certificates.services.issuing import issue, standing_against
from certificates.services.standing import revoke


@guard("certify")
def reasons_against(application: Application) -> Iterable[str]:
    return standing_against(application)


@on("certify")
def issue_certificate(application: Application, record: TransitionRecord) -> None:
    issue(application, by=record.by, approval_number=str(record.facts.get("approval_number", "")))


@on("cancel")
def revoke_certificate(application: Application, record: TransitionRecord) -> None:
    """Whoever loses the title loses the paper with it."""
    for certificate in Certificate.objects.valid().filter(application=application):
        if record.by is not None:
            revoke(certificate=certificate, reason=RevocationReason.OTHER, note=record.note, by=record.by)
