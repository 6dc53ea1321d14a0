"""Records that the rules cannot read, written under an earlier vocabulary: which they are, and the way out."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from applications.dossiers import Record
from applications.reading import title_of
from applications.records import NOTHING, RecordError, read_facts
from applications.sections import of_kind


def told(records: Iterable[Record], *, editable: bool) -> str:
    """The sentence that names them; `editable`: the applicant can still mend them."""
    named = "、".join(f"“{_name(record)}”" for record in records if not _can_be_read(record)) or _("填报内容")
    said = _("%(named)s有系统现在不能识别的内容。") % {"named": named}
    return said + (_("请打开该条重新选填并保存，再提交。") if editable else _("请退回申报人重新填写该条。"))


def _can_be_read(record: Record) -> bool:
    if record.kind == NOTHING:
        return True
    try:
        read_facts(record.kind, record.facts)
    except RecordError:
        return False
    return True


def _name(record: Record) -> str:
    section = of_kind(record.kind)
    return f"{section.title}：{title_of(section.part(record.kind), record.facts, record.details)}"
