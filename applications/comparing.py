"""Two submitted versions side by side: what was added, taken away and changed, by section and record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import dossiers
from applications.corrections import PLACES, section_of
from applications.dossiers import Record
from applications.models import Snapshot
from applications.reading import Difference, differences, direction_in, title_of
from applications.records import NOTHING
from applications.sections import SECTIONS, of_kind
from applications.wording import CLAIM, word


class Kind(StrEnum):
    """What became of a record."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


LABELS: dict[Kind, Promise] = {
    Kind.ADDED: gettext_lazy("新增"),
    Kind.REMOVED: gettext_lazy("删去"),
    Kind.CHANGED: gettext_lazy("有改动"),
}
TONES = {Kind.ADDED: "success", Kind.REMOVED: "danger", Kind.CHANGED: "warning"}


@dataclass(frozen=True, slots=True)
class File:
    """A piece of evidence by its name and the hash of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record; `said` are the questions answered differently, the files those that came and went."""

    kind: Kind
    title: str
    said: Sequence[Difference] = ()
    files_added: Sequence[File] = ()
    files_removed: Sequence[File] = ()

    @property
    def label(self) -> Promise:
        return LABELS[self.kind]

    @property
    def tone(self) -> str:
        return TONES[self.kind]


@dataclass(frozen=True, slots=True)
class SectionChange:
    key: str
    title: str
    records: list[RecordChange]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`matters` is what is applied for, `sections` what is filled in; only what differs stands here."""

    before: Snapshot
    after: Snapshot
    matters: list[Difference]
    sections: list[SectionChange]

    @property
    def count(self) -> int:
        return len(self.matters) + sum(len(section.records) for section in self.sections)


def compare(before: Snapshot, after: Snapshot) -> Comparison:
    """What the later version says differently."""
    old, new = (_by_section(dossiers.submitted(snapshot)) for snapshot in (before, after))
    sections = [
        SectionChange(page.key, str(PLACES[page.key]), found)
        for page in SECTIONS
        if (found := list(_changes(old.get(page.key, {}), new.get(page.key, {}))))
    ]
    return Comparison(before, after, _matters(before.data, after.data), sections)


def _by_section(records: Iterable[Record]) -> dict[str, dict[str, Record]]:
    found: dict[str, dict[str, Record]] = {}
    for record in records:
        found.setdefault(section_of(record.kind, record.facts), {})[record.id] = record
    return found


def _changes(old: Mapping[str, Record], new: Mapping[str, Record]) -> Iterable[RecordChange]:
    """Those that went, then the others in the order of the later version."""
    for key, record in old.items():
        if key not in new:
            yield RecordChange(Kind.REMOVED, _title(record), files_removed=_files(record))
    for key, record in new.items():
        before = old.get(key)
        if before is None:
            yield RecordChange(Kind.ADDED, _title(record), said=_said(None, record), files_added=_files(record))
        elif changed := _changed(before, record):
            yield changed


def _changed(before: Record, after: Record) -> RecordChange | None:
    had, has = _files(before), _files(after)
    said = _said(before, after)
    added, removed = [file for file in has if file not in had], [file for file in had if file not in has]
    return RecordChange(Kind.CHANGED, _title(after), said, added, removed) if said or added or removed else None


def _said(before: Record | None, after: Record) -> list[Difference]:
    if after.kind == NOTHING:
        return []
    old: tuple[Mapping[str, Any], Mapping[str, Any]] = (before.facts, before.details) if before else ({}, {})
    return differences(of_kind(after.kind).part(after.kind), old, (after.facts, after.details))


def _files(record: Record) -> list[File]:
    return [File(piece["name"], piece["sha256"]) for piece in record.evidence]


def _title(record: Record) -> str:
    if record.kind == NOTHING:
        return _("声明没有相应内容")
    return title_of(of_kind(record.kind).part(record.kind), record.facts, record.details)


def _matters(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Name, title, direction, unit and routes, each where it differs."""
    asked = {
        _("姓名"): lambda data: data["applicant"]["name"],
        _("证件号码"): lambda data: data["applicant"]["identity"],
        _("申报职称"): lambda data: data["title"],
        _("专业方向"): lambda data: direction_in(data["policy"]["id"], data["direction"], data.get("topic", "")),
        _("用人单位"): lambda data: data["employer"]["name"],
        _("特别申报途径"): lambda data: "、".join(word(CLAIM, claim) for claim in data["claims"]),
    }
    said = [Difference(label, str(of(before) or ""), str(of(after) or "")) for label, of in asked.items()]
    return [one for one in said if one.before != one.after]
