"""Refusals are entries of the audit log too. A refused act rolls back, so its entry waits until the act has ended."""

import logging
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.http import HttpRequest

from portal import audit, identity_numbers
from portal.models import User
from portal.rate_limit import Limit

log = logging.getLogger("portal.refusals")

# Entries can never be deleted, and a person can ask for one as often as they press a key.
WRITTEN = Limit("refusal", times=10, seconds=60)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused to whom, and why; the fields are those of `audit.record_refusal`."""

    act: str
    by: User | None
    scope: str
    kind: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Collected:
    request: HttpRequest
    noted: list[Refusal] = field(default_factory=list)


_collected: ContextVar[_Collected | None] = ContextVar("refusals", default=None)


def begin(request: HttpRequest) -> None:
    """Starts collecting; called where a request begins."""
    _collected.set(_Collected(request))


def note(refusal: Refusal) -> None:
    """Keeps a refusal for the log. Outside a request (a command, a job) nobody was refused: nothing is kept."""
    if (collected := _collected.get()) is not None:
        collected.noted.append(refusal)


def note_answer(*reasons: str) -> None:
    """Keeps that the page of this request turns a person or their act away, unless the act has noted it more closely.

    Anonymous visitors are sent to log in, or told what to do; they are nobody, so nothing is kept.
    """
    collected = _collected.get()
    if collected is None or collected.noted or not isinstance(collected.request.user, User):
        return
    request = collected.request
    match = request.resolver_match
    refusal = Refusal(
        act=f"{request.method} {match.view_name if match else request.path}"[:60], by=collected.request.user,
        scope="system", kind="route", target=request.path[:100], reason="；".join(reasons),
    )  # fmt: skip
    collected.noted.append(refusal)


def write() -> None:
    """Writes what was collected, each in a transaction of its own. A log that fails never hides the answer.

    Of one person and act so many a minute, and no more; what is left out stands in the process's log.
    """
    collected, _ = _collected.get(), _collected.set(None)
    for refusal in collected.noted if collected else []:
        try:
            if not WRITTEN.allows_one(f"{refusal.by.public_id if refusal.by else ''} {refusal.act}"):
                log.warning("refusals of %s come too fast to be written one by one", refusal.act)
                continue
            audit.record_refusal(
                refusal.act,
                by=refusal.by,
                scope=refusal.scope,
                kind=refusal.kind,
                target=refusal.target,
                reason=identity_numbers.mask_in(refusal.reason),  # people name files after themselves, number and all
            )
        except Exception:
            log.exception("a refusal could not be written to the audit log")
