"""What filing holds of a person: archive, evidence, applications with what was submitted and paid, and who looked."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from applications import corrections, dossiers
from applications.fees import fee_of
from applications.models import Application, ArchiveItem, Ban, Evidence, FeePayment, Objection
from applications.reading import chapters, title_applied_for
from portal import crypto, own_data
from portal.models import User
from portal.own_data import Content
from portal.own_data_parts import looks_at


@own_data.part
def of_filing(person: User) -> Iterator[tuple[str, Content]]:
    yield from _archive(person)
    applications = list(Application.objects.filter(applicant=person).select_related("round", "employer").order_by("pk"))
    for application in applications:
        yield from _application(application)
    pieces = list(Evidence.objects.filter(owner=person).select_related("file", "item", "application").order_by("pk"))
    listed = [_piece(piece) for piece in pieces]
    for piece, entry in zip(pieces, listed, strict=True):
        content = own_data.bytes_of(piece.file) if entry["file"] else None
        if content is not None:
            yield entry["file"], content
        elif entry["file"]:
            entry |= {"file": "", "state": _("存储中缺失或损坏，请联系系统管理员")}
    yield _("材料/目录.json"), own_data.as_json(listed)
    yield _("不得申报的登记.json"), own_data.as_json(_bans(person))
    yield _("提出的异议.json"), own_data.as_json(_objections(person))
    targets = [*(str(one.public_id) for one in applications), *(str(one.public_id) for one in pieces)]
    yield _("查看记录.json"), own_data.as_json(looks_at([str(person.public_id), *targets]))


def _archive(person: User) -> Iterator[tuple[str, Content]]:
    held = ArchiveItem.objects.filter(owner=person).order_by("pk")
    items = [
        {
            "id": str(item.public_id),
            "kind": item.kind,
            "facts": item.facts,
            "details": item.details,
            "unread": item.unread,
            "fetched": item.fetched,
            "created_at": item.created_at,
            "changed_at": item.changed_at,
            "removed_at": item.removed_at,
            "verified": [
                {"by": row.organization.name, "at": row.verified_at, "confirmed": row.confirmed, "reason": row.reason}
                for row in item.verifications.select_related("organization")
                if row.content_sha256 == item.content_sha256
            ],
        }
        for item in held
    ]
    yield _("档案/业绩档案.json"), own_data.as_json(items)
    shown = {"chapters": chapters(dossiers.archived(person)), "name": person.name}
    yield _("档案/业绩档案.html"), render_to_string("own_data/archive.html", shown).encode()


def _application(application: Application) -> Iterator[tuple[str, Content]]:
    """The application and every version that was submitted; a result that is not public is not told here either."""
    name = application.number or str(application.public_id)
    yield (
        _("申报/%(name)s/申报.json") % {"name": name},
        own_data.as_json(
            {
                "number": application.number,
                "round": application.round.name,
                "title": title_applied_for(application),
                "employer": application.employer.name,
                "direction": application.direction,
                "topic": application.topic,
                "claims": application.claims,
                "status": str(application.told_status_label),
                "created_at": application.created_at,
                "submitted_at": application.submitted_at,
                "fee": _fee(application),
                "returns": _returns(application),
                "signatures": [
                    {"at": one.signed_at, "how": one.get_how_display(), "words": one.words, "device": one.device}
                    for one in application.signatures.all()
                ],
            }
        ),
    )
    for number, one in enumerate(application.signatures.select_related("image"), start=1):
        if one.image is not None and (strokes := own_data.bytes_of(one.image)) is not None:
            yield _("申报/%(name)s/签名%(number)s.png") % {"name": name, "number": number}, strokes
    for snapshot in application.snapshots.order_by("revision"):
        yield (
            _("申报/%(name)s/第%(revision)s次提交.json") % {"name": name, "revision": snapshot.revision},
            snapshot.content.encode(),
        )


def _fee(application: Application) -> dict[str, Any]:
    """What the round charges, and who said that it came in, when and under which receipt."""
    payment = FeePayment.objects.filter(application=application).select_related("recorded_by").first()
    paid = payment and {
        "amount": payment.amount,
        "receipt": payment.receipt,
        "recorded_by": payment.recorded_by.name,
        "recorded_at": payment.recorded_at,
    }
    return {"charged": fee_of(application.round).sentence, "paid": paid}


def _returns(application: Application) -> list[dict[str, Any]]:
    """What it was returned for, line by line, and what was answered."""
    returned = corrections.answered(application.steps.select_related("organization"))
    return [
        {
            "by": one.step.organization.name,
            "at": one.step.decided_at,
            "lines": [
                {"section": line.section, "text": line.text, "answer": line.answer, "answered_at": line.answered_at}
                for line in one.lines
            ],
        }
        for one in returned
    ]


def _bans(person: User) -> list[dict[str, Any]]:
    return [
        {
            "region": one.region.name,
            "by": one.organization.name,
            "clause": one.clause,
            "reason": one.reason,
            "from": one.starts_on,
            "to": one.ends_on,
            "lifted_at": one.lifted_at,
            "lifted_reason": one.lifted_reason,
        }
        for one in Ban.objects.against(person).select_related("region", "organization")
    ]


def _objections(person: User) -> list[dict[str, Any]]:
    """What they said themselves; what became of it is told where it was lodged, and is another person's matter."""
    lodged = Objection.objects.filter(lodged_by=person).select_related("entry__notice__organization")
    return [
        {
            "to": one.entry.notice.organization.name,
            "at": one.lodged_at,
            "text": one.text,
            "contact": str(crypto.decrypt(one.contact)) if one.contact else "",
        }
        for one in lodged
    ]


def _piece(piece: Evidence) -> dict[str, Any]:
    """A file, where it belongs, and its name in the ZIP; what is not clean is named and not in it."""
    stored = piece.file
    return {
        "id": str(piece.public_id),
        "section": piece.section,
        "slot": piece.slot,
        "record": str(piece.item.public_id) if piece.item else "",
        "name": stored.name,
        "state": str(stored.get_state_display()),
        "added_at": piece.added_at,
        "removed_at": piece.removed_at,
        "sha256": stored.sha256,
        "file": _("材料/%(id)s-%(name)s") % {"id": str(piece.public_id)[:8], "name": stored.name}
        if stored.is_clean
        else "",
    }
