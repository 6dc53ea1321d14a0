"""What the foundation holds of a person: account, identity document (masked), agreements, messages, looks and acts."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string

from portal import own_data
from portal.models import AuditEntry, Consent, IdentityDocument, Membership, Message, OwnDataOrder, User
from portal.own_data import Content

# What others did with a person's data and the person may know of. An expert's reading stays the panel's own.
LOOKS = ("identity.reveal", "application.observe", "evidence.observe")
MOST = 5000


@own_data.part
def of_person(person: User) -> Iterator[tuple[str, Content]]:
    data = {
        "profile": _profile(person),
        "consents": [
            {
                "document": row.document,
                "version": row.version,
                "given_at": row.given_at,
                "withdrawn_at": row.withdrawn_at,
            }
            for row in Consent.objects.filter(user=person).order_by("pk")
        ],
        "messages": [
            {"at": row.created_at, "subject": row.subject, "body": row.body, "read_at": row.read_at}
            for row in Message.objects.filter(recipient=person)
        ],
        "own_data_orders": [
            {"ordered_at": row.ordered_at, "state": row.state} for row in OwnDataOrder.objects.filter(person=person)
        ],
        "acts": _acts(person),
    }
    yield "个人信息.json", own_data.as_json(data)
    yield "个人信息.html", render_to_string("own_data/person.html", data).encode()


def looks_at(targets: list[str]) -> list[dict[str, Any]]:
    """Who looked at what is named so (public ids), as far as looks are logged."""
    found = AuditEntry.objects.filter(act__in=LOOKS, target__in=targets, refused=False).order_by("at")
    return [
        {"at": row.at, "act": row.act, "who": row.actor, "for": row.acting_for, "reason": row.reason, "of": row.target}
        for row in found[:MOST]
    ]


def _profile(person: User) -> dict[str, Any]:
    document = IdentityDocument.objects.filter(user=person).first()
    held = Membership.objects.filter(user=person).select_related("organization")
    return {
        "name": person.name,
        "username": person.username,
        "email": person.email,
        "mobile": person.mobile,
        "joined": person.date_joined,
        "last_login": person.last_login,
        "identity": {"kind": document.get_kind_display(), "number": document.masked} if document else None,
        "memberships": [
            {"organization": one.organization.name, "role": one.get_role_display(), "active": one.active}
            for one in held
        ],
    }


def _acts(person: User) -> list[dict[str, Any]]:
    """What the person did that is logged, without what says anything of others."""
    found = AuditEntry.objects.filter(actor_id=str(person.public_id), refused=False).order_by("-at")
    return [{"at": row.at, "act": row.act, "kind": row.kind} for row in found[:MOST]]
