"""Files that are in their place: which document each is, and in which order they stand."""

from django.db import transaction
from django.utils.translation import gettext as _

from applications.errors import Refused
from applications.models import Application, Evidence
from applications.services.archive import rehash
from applications.services.evidence import lock_item, require_asked
from applications.services.openness import require_editable
from portal.models import User


@transaction.atomic
def name_document(*, evidence: Evidence, document: str, by: User, application: Application | None = None) -> None:
    """Says which document a file of a record is; empty for a proof that no notice names. A verification lapses by it.

    `application` is the one whose notice asks for it; without one, any notice may.

    Raises:
        Refused: not the owner's, or no document that is asked of the record.
    """
    _require_own(evidence, by)
    if evidence.item is not None:
        lock_item(evidence.item)
    if document:
        require_asked(document, evidence.item, application)
    Evidence.objects.filter(pk=evidence.pk).update(document=document)
    evidence.document = document
    if evidence.item is not None:
        rehash(evidence.item)


@transaction.atomic
def move_evidence(*, evidence: Evidence, up: bool, by: User) -> None:
    """Moves a file one place up or down among those of its slot; the first goes no further up, the last not down."""
    _require_own(evidence, by)
    if evidence.item is not None:
        lock_item(evidence.item)
    held = list(
        Evidence.objects.kept().filter(
            item=evidence.item, application=evidence.application, section=evidence.section, slot=evidence.slot
        )
    )
    place = next((index for index, one in enumerate(held) if one.pk == evidence.pk), None)
    if place is None:
        raise Refused([_("该文件已经删除，请刷新页面。")])
    there = min(max(place + (-1 if up else 1), 0), len(held) - 1)
    held.insert(there, held.pop(place))
    for order, one in enumerate(held):
        one.order = order
    Evidence.objects.bulk_update(held, ["order"])


def _require_own(evidence: Evidence, by: User) -> None:
    if evidence.owner_id != by.pk:
        raise Refused([_("只有本人可以整理自己的佐证材料。")])
    if evidence.application is not None:
        require_editable(evidence.application, by)
