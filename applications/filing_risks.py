"""What may be submitted as it stands and is the applicant's own risk: told before submission, refused by nobody."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.asked_documents import AskedOf
from applications.dossiers import Record
from applications.reading import title_of
from applications.records import NOTHING
from applications.sections import Section, of_kind
from applications.sections import section as section_of


@dataclass(frozen=True, slots=True)
class Risk:
    """Something that may be submitted and that nobody will mend afterwards; where it is looked at again.

    `record` and `file` are ids: the record on whose own page that is, and the first file there that it is about.
    """

    section: Section
    sentence: str
    record: str = ""
    file: str = ""


def risks_of(records: Sequence[Record], asked: Mapping[str, AskedOf]) -> Iterator[Risk]:
    """Records that count for nothing as they are, files that may be wrong or misplaced, and papers left out.

    `asked` is what the round's notice asks of each record, by its id. Whether a picture is clear nobody can see here.
    """
    yield from _of_records(records, asked)
    yield from _without_files(records)
    yield from _same_file_twice(records)


def _of_records(records: Sequence[Record], asked: Mapping[str, AskedOf]) -> Iterator[Risk]:
    for record in records:
        if record.kind == NOTHING:
            continue
        section = of_kind(record.kind)
        part, told = section.part(record.kind), asked[record.id]
        title, page = title_of(part, record.facts, record.details), record.id if part.many else ""
        for lacking in told.void:
            sentence = _("“%(title)s”缺：%(lacking)s。缺这一项的，该条不予认可。")
            yield Risk(section, sentence % {"title": title, "lacking": lacking}, page)
        nameless = {str(piece["id"]): str(piece["name"]) for piece in record.evidence if not piece.get("document")}
        if told.names and nameless:
            sentence = _("“%(title)s”的文件没有注明是哪一种材料：%(names)s。请确认没有传错、放错。")
            yield Risk(
                section, sentence % {"title": title, "names": "、".join(nameless.values())}, page, next(iter(nameless))
            )


def _without_files(records: Sequence[Record]) -> Iterator[Risk]:
    """Records that could carry papers and carry none, section by section; a mere statement needs none."""
    bare: dict[str, list[str]] = defaultdict(list)
    for record in records:
        section = of_kind(record.kind) if record.kind != NOTHING else None
        if section is not None and section.slot is not None and not record.evidence and section.part(record.kind).many:
            bare[section.key].append(title_of(section.part(record.kind), record.facts, record.details))
    for key, titles in bare.items():
        told = {"section": section_of(key).title, "titles": "、".join(f"“{title}”" for title in titles)}
        sentence = _("“%(section)s”中没有附任何材料的：%(titles)s。遗漏的材料，提交后不能自行补传。")
        yield Risk(section_of(key), sentence % told)


def _same_file_twice(records: Sequence[Record]) -> Iterator[Risk]:
    """One file under two records is seldom meant."""
    places: dict[str, dict[str, Record]] = defaultdict(dict)
    names: dict[str, str] = {}
    for record in records:
        for piece in record.evidence:
            places[piece["sha256"]][record.id] = record
            names.setdefault(piece["sha256"], str(piece["name"]))
    for sha256, found in places.items():
        if len(found) > 1:
            owners = [(of_kind(one.kind), one) for one in found.values()]
            titles = "、".join(f"“{title_of(part.part(one.kind), one.facts, one.details)}”" for part, one in owners)
            sentence = _("同一份文件“%(name)s”用在%(titles)s。请确认没有传错。")
            yield Risk(owners[-1][0], sentence % {"name": names[sha256], "titles": titles})
