"""Refusals are entries of the audit log too. A refused act rolls back, so its entry waits until the act has ended."""

import logging
from contextvars import ContextVar
from dataclasses import dataclass

from portal import audit
from portal.models import User

log = logging.getLogger("portal.refusals")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused to whom, and why; the fields are those of `audit.record_refusal`."""

    act: str
    by: User | None
    scope: str
    kind: str
    target: str
    reason: str


_noted: ContextVar[list[Refusal] | None] = ContextVar("refusals", default=None)


def begin() -> None:
    """Starts collecting; called where a request begins."""
    _noted.set([])


def note(refusal: Refusal) -> None:
    """Keeps a refusal for the log. Outside a request (a command, a job) nobody was refused: nothing is kept."""
    noted = _noted.get()
    if noted is not None:
        noted.append(refusal)


def write() -> None:
    """Writes what was collected, each in a transaction of its own. A log that fails never hides the answer."""
    noted, _ = _noted.get() or [], _noted.set(None)
    for refusal in noted:
        try:
            audit.record_refusal(
                refusal.act,
                by=refusal.by,
                scope=refusal.scope,
                kind=refusal.kind,
                target=refusal.target,
                reason=refusal.reason,
            )
        except Exception:
            log.exception("a refusal could not be written to the audit log")
