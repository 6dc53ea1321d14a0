"""Whether the archive holds what every application needs, whichever round it will be for."""

from django.utils.translation import gettext as _

from applications.models import ArchiveItem
from applications.reading import title_of, value_of
from applications.records import NOTHING
from applications.sections import SECTIONS, Section
from portal.models import User

Lacking = tuple[Section, str]


def lacking_in(owner: User) -> list[Lacking]:
    """The section and the sentence of whatever is missing; what a person may have none of is not asked for."""
    items = list(ArchiveItem.objects.visible_to(owner).kept().filter(owner=owner).exclude(kind=NOTHING))
    found: list[Lacking] = []
    for section in SECTIONS:
        own = [item for item in items if item.kind in section.kinds]
        if not own and section.required and not section.none_allowed:
            found.append((section, _("“%(section)s”尚未填写。") % {"section": section.title}))
        found += [(section, told) for item in own if (told := _unfilled(section, item))]
    return found


def _unfilled(section: Section, item: ArchiveItem) -> str:
    part = section.part(item.kind)
    empty = [
        str(field.label)
        for field in part.fields
        if field.required and value_of(field, item.facts, item.details) in (None, "")
    ]
    if item.unread:
        told = _("“%(section)s”中“%(what)s”有填写后没有通过检查的内容。")
    elif empty:
        told = _("“%(section)s”中“%(what)s”未填：%(fields)s。")
    else:
        return ""
    what = title_of(part, item.facts, item.details)
    return told % {"section": section.title, "what": what, "fields": "、".join(empty)}
