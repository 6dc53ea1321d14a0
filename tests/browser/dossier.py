"""What somebody fills in: read from `dossiers/`, in the terms of the form's sections, with papers drawn for it.

`says` holds facts and details of a record together; `ready` ones lie in the archive before the walk begins.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw, ImageFont

from applications import demo, sections
from applications.sections import Field, Part, Section
from demo import make_evidence
from tests.browser.walker import ROOT

FOLDER = Path(__file__).parent / "dossiers"
A_PAGE = (827, 1169)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record. `files` are named after the documents that they are."""

    kind: str
    says: dict[str, Any]
    files: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    ready: bool = False

    @property
    def section(self) -> Section:
        return sections.of_kind(self.kind)

    @property
    def part(self) -> Part:
        return self.section.part(self.kind)

    def answers(self) -> Iterator[tuple[Field, Any]]:
        """The questions that are answered, in the order of the form."""
        for one in self.part.fields:
            if one.name in self.says:
                yield one, self.says[one.name]

    def told(self) -> dict[str, dict[str, Any]]:
        """Facts and details, as services take them."""
        found: dict[str, dict[str, Any]] = {"facts": dict(self.part.facts), "details": {}}
        for one, value in self.answers():
            place = found["facts" if one.fact else "details"]
            *above, name = one.name.split(".")
            for step in above:
                place = place.setdefault(step, {})
            place[name] = value
        return found


@dataclass(frozen=True, slots=True)
class Dossier:
    """Somebody and what they file. `choice` is what they apply for, in the words of the page."""

    key: str
    login: str
    name: str
    number: str
    choice: dict[str, str]
    nothing: tuple[str, ...]
    entries: tuple[Entry, ...] = field(repr=False)

    def of(self, section: Section) -> list[Entry]:
        return [entry for entry in self.entries if entry.section is section]


@cache
def dossier(key: str) -> Dossier:
    read = yaml.safe_load((FOLDER / f"{key}.yaml").read_text(encoding="utf8"))
    entries = tuple(
        Entry(
            record["kind"],
            record["says"],
            tuple(record.get("files", ())),
            tuple(record.get("clauses", ())),
            record.get("ready", False),
        )
        for record in read.pop("records", [])
    )
    return Dossier(
        key=key, entries=entries or _demonstrations(read.pop("typed")), nothing=tuple(read.pop("nothing")), **read
    )


def _demonstrations(typed: list[str]) -> tuple[Entry, ...]:
    """The records of 林申报's draft for somebody else; of each kind in `typed` the first is left to be typed."""
    found, left = [], list(typed)
    for record in json.loads((demo.INPUTS / "records.json").read_text(encoding="utf8"))["records"]:
        says = dict(_flat({**record["facts"], **record["details"]}))
        ready = record["kind"] not in left
        if not ready:
            left.remove(record["kind"])
        files = [Path(name).stem for name in record["files"]]
        found.append(Entry(record["kind"], says, tuple(files), ready=ready))
    return tuple(found)


def _flat(values: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def paper(entry: Entry, name: str) -> tuple[str, bytes]:
    """A file that shows what it proves, and its name: a portrait, else by turns a scan and a PDF."""
    if entry.section.slot is not None and entry.section.slot.key == "photo":
        return "照片.jpg", make_evidence.portrait()
    kind = ("JPEG", "PDF")[len(name) % 2]
    shown = f"{name}.{'jpg' if kind == 'JPEG' else 'pdf'}"
    return shown, sheet([name, *(str(value) for _question, value in entry.answers())], kind)


def sheet(lines: list[str], kind: str = "JPEG") -> bytes:
    """A page with these words on it, marked as an example."""
    page = Image.new("RGB", A_PAGE, "#fdfcf7")
    pen = ImageDraw.Draw(page)
    pen.rectangle((40, 40, A_PAGE[0] - 40, A_PAGE[1] - 40), outline="#8a2a20", width=4)
    for number, line in enumerate(lines[:14]):
        pen.text((90, 110 + number * 64), line[:28], font=_font(36 if number == 0 else 26), fill="#222")
    pen.text((90, A_PAGE[1] - 110), make_evidence.EXAMPLE, font=_font(26), fill="#b3261e")
    out = io.BytesIO()
    page.save(out, kind)
    return out.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(ROOT / "var" / "fonts" / "portal-song-400.ttf"), size)
