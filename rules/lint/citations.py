"""What is cited stands in the notice: every clause number, and every figure and day of the procedure.

The numbers are those of `policies/notices`, written from the notices; a pack cannot vouch for its own citations.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from rules import catalog, load
from rules.floor import Floor
from rules.lint.problems import Problem
from rules.load import PackError
from rules.model import Early, Layer, Policy
from rules.nodes import names, structs
from rules.notice import Notice
from rules.stated import Share, Stated

_FIGURES: Final = ("value", "years", "hours", "proved", "opens", "closes", "since")
_SECTION: Final = "[一二三四五六七八九十]+"
_IN_PROSE: Final = re.compile(
    rf"(?:正文|\d{{4}}年度通知){_SECTION}(?:\({_SECTION}\)(?:[1-9]\d?)?)?|{_SECTION}\({_SECTION}\)(?:[1-9]\d?)?"
)


def problems(part: Policy | Layer | Floor, file: str, layer: Layer | None = None) -> Iterator[Problem]:
    """`layer`: what the policy takes; its documents may be cited too."""
    taken = [part, layer] if layer is not None else [part]
    sources = {key: source.number for one in taken for key, source in _sources(one).items()}
    documents = {one.source.number for one in taken} | set(sources.values())
    unknown = sorted(documents - _notices().keys())
    for number in unknown:
        yield Problem(file, "source", f"no list of the clauses of {number}: write it into {catalog.NOTICES.name}/")
    if not unknown:
        yield from _cited(part, file, documents, sources)
        beside = {document.number for one in taken if isinstance(one, Layer) for document in one.documents}
        yield from _in_prose(part, file, documents | beside)


def _cited(part: Policy | Layer | Floor, file: str, documents: set[str], sources: dict[str, str]) -> Iterator[Problem]:
    for place, said in structs(part):
        among = _named(said, sources) or documents
        for key in ("clause", "see"):
            clause = getattr(said, key, None)
            at = f"{place}.{key}".lstrip(".")
            if clause is not None and not any(clause in _notices()[number].numbers for number in among):
                yield Problem(file, at, f"{clause!r} is no clause of {', '.join(sorted(among))}")
            elif clause is not None and key == "clause":
                stated = {text for number in among for text in _notices()[number].states.get(clause, ())}
                for figure in _figures(said):
                    if figure not in stated:
                        yield Problem(file, at, f"{clause} does not state {figure}")


def _named(said: Struct, sources: dict[str, str]) -> set[str]:
    """The document that a citation names; none where any of the pack's may be meant."""
    source = getattr(said, "source", None)
    if isinstance(said, Early):
        return {said.source} & _notices().keys()
    return {sources[source]} if isinstance(source, str) and source in sources else set()


def _figures(said: Struct) -> Iterator[str]:
    if not isinstance(said, Stated | Early):
        return
    for name in _FIGURES:
        value: Any = getattr(said, name, None)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, int | date) or (name == "value" and isinstance(said, Share)):
                yield str(one)


def _in_prose(part: Policy | Layer | Floor, file: str, documents: set[str]) -> Iterator[Problem]:
    """Clauses that a reading, a reason or a label speaks of."""
    known = {clause for number in documents if number in _notices() for clause in _notices()[number].numbers}
    for place, text in names(part):
        if place.rpartition(".")[2] not in ("clause", "see"):
            for clause in _IN_PROSE.findall(text):
                if clause not in known:
                    yield Problem(file, place, f"speaks of {clause}, which is no clause of the documents cited")


def _sources(part: Policy | Layer | Floor) -> dict[str, Any]:
    return {} if isinstance(part, Floor) else part.sources


def _notices() -> dict[str, Notice]:
    return _read(catalog.NOTICES)


@cache
def _read(folder: Path) -> dict[str, Notice]:
    """The lists by their documents' numbers. Raises PackError."""
    found: dict[str, Notice] = {}
    for path in sorted(folder.glob("*.yaml")):
        notice = load.load_notice(path)
        if notice.number in found:
            raise PackError(path.name, "number", f"{notice.number} has a list already")
        found[notice.number] = notice
    return found
