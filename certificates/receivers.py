"""What this room adds to the moves of an application. Imported by `AppConfig.ready()`."""

from collections.abc import Iterable

from applications.models import Application, TransitionRecord
from applications.transitions import guard, on
from certificates.services.issuing import issue, standing_against


@guard("certify")
def reasons_against(application: Application) -> Iterable[str]:
    return standing_against(application)


@on("certify")
def issue_certificate(application: Application, record: TransitionRecord) -> None:
    issue(application, by=record.by, approval_number=str(record.facts.get("approval_number", "")))
