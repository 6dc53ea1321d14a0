"""Pictures of a record joined into one PDF that takes their place."""

from collections.abc import Sequence
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from applications import portrait_rules
from applications.errors import Refused
from applications.models import Application, Evidence
from applications.services.evidence import limits_at, lock_item, put_in_place, remove_evidence
from portal import files, joining
from portal.models import StoredFile, User

PDF = "application/pdf"
PICTURES = frozenset({"image/jpeg", "image/png"})


def can_be_joined(piece: Evidence) -> bool:
    """A checked picture, and not the portrait, which stays a picture."""
    return piece.file.is_clean and piece.slot != portrait_rules.SLOT and piece.file.content_type in PICTURES


def join_pictures(
    *, pieces: Sequence[Evidence], name: str, by: User, application: Application | None = None
) -> Evidence:
    """Makes one PDF of a record's clean pictures, in the order given; it stands where the first of them stood.

    The PDF is made before the transaction begins, and checked like any upload. It is the document that the first
    named picture was.

    Raises:
        Refused: fewer than two, not all of one record, not checked yet, or one is gone meanwhile.
        files.Refused: together they are larger than a file may be.
    """
    reasons = _against(pieces, by)
    limits = limits_at(application)
    if PDF not in limits.types:
        reasons.append(_("该批次不接收 PDF 文件，不能合并。"))
    if reasons:
        raise Refused(reasons)
    name = f"{name}.pdf"
    with files.room_for(name):
        made = joining.joined([piece.file for piece in pieces], most=limits.max_bytes)
    with files.received(BytesIO(made), by=by, name=name, limits=limits, purpose="evidence") as stored:
        return _exchange(pieces, stored, by=by, application=application)


@transaction.atomic
def _exchange(pieces: Sequence[Evidence], stored: StoredFile, *, by: User, application: Application | None) -> Evidence:
    first = pieces[0]
    assert first.item is not None
    if application is not None:  # before the record, as an upload takes them
        application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    lock_item(first.item)
    if Evidence.objects.kept().filter(pk__in=[piece.pk for piece in pieces]).count() != len(pieces):
        raise Refused([_gone()])
    for piece in pieces:
        remove_evidence(evidence=piece, by=by)
    document = next((piece.document for piece in pieces if piece.document), "")
    return put_in_place(stored, item=first.item, application=application, document=document, order=first.order, by=by)


def _against(pieces: Sequence[Evidence], by: User) -> list[str]:
    if any(piece.owner_id != by.pk for piece in pieces):
        return [_("只有本人可以整理自己的佐证材料。")]
    if len(pieces) < 2:
        return [_("请至少选两张图片。")]
    if len({(piece.item_id, piece.slot) for piece in pieces}) > 1 or pieces[0].item_id is None:
        return [_("只能合并同一条目的图片。")]
    if any(piece.removed_at is not None for piece in pieces):
        return [_gone()]
    if not all(can_be_joined(piece) for piece in pieces):
        return [_("只有通过检查的图片可以合并；正在检查的，请稍候几秒再试。")]
    return []


def _gone() -> str:
    return _("所选图片中有已经删除的，请刷新页面后重新选择。")
