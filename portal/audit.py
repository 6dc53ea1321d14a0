"""The audit log: writing entries, chaining the heads daily. `verify` checks them.

An entry is text: who acted (name and public id as they were), for which organisation and in which role, in which
request, what was done to what, the masked change and the reason. Each scope is a chain of its own. Never hand an
identity number, a password or a ballot to `change` or `reason`: the log is kept longer than the data.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from portal import clock, request_id
from portal.audit_chain import START, canonical_text, day_text, link
from portal.audit_verification import Problem, verify
from portal.models import AuditDay, AuditEntry, AuditHead, Membership, Organization, User
from portal.roles import Role

__all__ = ["Problem", "chain_day", "record", "record_refusal", "verify"]


def record(
    act: str,
    *,
    by: User | None,
    scope: str,
    kind: str,
    target: str,
    change: Mapping[str, Any] | None = None,
    reason: str = "",
    organization: Organization | None = None,
) -> AuditEntry:
    """Writes one entry inside the caller's transaction, and locks the scope until it ends.

    Args:
        act: what was done, `noun.verb`.
        by: the person; None for the system itself.
        scope: the chain, e.g. `application:<public_id>`, `identity`, `people`, `system`.
        kind: the kind of the object.
        target: the object's public id.
        change: what changed, already masked; written as JSON text.
        reason: the person's words.
        organization: for whom the person acted; gives the role.
    """
    with transaction.atomic():
        return _append(
            scope,
            act=act,
            refused=False,
            kind=kind,
            target=str(target),
            change=_change_text(change),
            reason=reason,
            **_who(by, organization),
        )


def record_refusal(
    act: str,
    *,
    by: User | None,
    scope: str,
    kind: str,
    target: str,
    change: Mapping[str, Any] | None = None,
    reason: str = "",
    organization: Organization | None = None,
) -> AuditEntry:
    """Writes that an act was refused, in a transaction of its own: call it where the act's transaction has ended.

    Raises:
        RuntimeError: inside a transaction, whose rollback would take the entry along.
    """
    with transaction.atomic(durable=True):
        return _append(
            scope,
            act=act,
            refused=True,
            kind=kind,
            target=str(target),
            change=_change_text(change),
            reason=reason,
            **_who(by, organization),
        )


def chain_day() -> AuditDay:
    """Adds the heads that moved since the last link to the one list; at most one link a day without movement.

    Runs nightly. The hash of the newest link belongs outside the installation: it proves what the log held that day.

    No head is locked while another is waited for, because those who write to several scopes lock them in an order of
    their own. The link stands first; a head not yet marked when the process dies is named again by the next one.
    """
    moved = list(AuditHead.objects.exclude(sequence=F("chained")).order_by("scope"))
    try:
        day = _new_link(moved)
    except IntegrityError:  # somebody else has added a link at this moment
        return AuditDay.objects.order_by("-number")[0]
    for head in moved:
        AuditHead.objects.filter(pk=head.pk, chained__lt=head.sequence).update(chained=head.sequence)
    return day


@transaction.atomic
def _new_link(moved: list[AuditHead]) -> AuditDay:
    last = AuditDay.objects.order_by("-number").first()
    today = clock.machine_now().date()
    if last is not None and last.day == today and not moved:
        return last
    previous, number = (last.sha256, last.number + 1) if last else (START, 1)
    text = day_text(number, today, [(head.scope, head.sequence, head.sha256) for head in moved])
    return AuditDay.objects.create(number=number, day=today, text=text, previous=previous, sha256=link(previous, text))


def _append(scope: str, **columns: Any) -> AuditEntry:
    head = _locked_head(scope)
    entry = AuditEntry(
        scope=scope,
        sequence=head.sequence,
        at=clock.machine_now(),
        business_day=clock.today(),
        request_id=request_id.current(),
        previous=head.sha256 or START,
        **columns,
    )
    entry.text = canonical_text(entry)
    entry.sha256 = link(entry.previous, entry.text)
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=head.pk).update(sha256=entry.sha256)
    return entry


def _locked_head(scope: str) -> AuditHead:
    """The head with the next sequence. The UPDATE takes the lock on SQLite as on PostgreSQL."""
    if not AuditHead.objects.filter(scope=scope).update(sequence=F("sequence") + 1):
        AuditHead.objects.bulk_create([AuditHead(scope=scope)], ignore_conflicts=True)
        AuditHead.objects.filter(scope=scope).update(sequence=F("sequence") + 1)
    return AuditHead.objects.get(scope=scope)


def _who(by: User | None, organization: Organization | None) -> dict[str, str]:
    return {
        "actor": by.get_full_name() if by else "",
        "actor_id": str(by.public_id) if by else "",
        "acting_for": organization.name if organization else "",
        "role": _role(by, organization),
    }


def _role(by: User | None, organization: Organization | None) -> str:
    if by is None or organization is None:
        return ""
    held = Membership.objects.filter(user=by, organization=organization, active=True).order_by("pk")
    roles = [str(Role(value)) for value in held.values_list("role", flat=True)]
    return ",".join(roles)


def _change_text(change: Mapping[str, Any] | None) -> str:
    return json.dumps(change, ensure_ascii=False, sort_keys=True, default=str) if change else ""
