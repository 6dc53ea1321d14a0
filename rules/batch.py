"""One case in, one answer out: what the command line reads and writes, without the command line."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any

from msgspec import Struct, ValidationError, convert

from rules import refusals
from rules.catalog import UnknownPolicy
from rules.dossier import DossierError, decode
from rules.engine import judge
from rules.json_text import JsonError, loads
from rules.result import Result


class Case(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`opened`, the day the round opened, is `as_of` where left out; what is expected and why is not judged."""

    id: str | int | None = None
    policy: str
    level: str
    as_of: dt.date
    opened: dt.date | None = None
    dossier: dict[str, Any]
    expect: dict[str, Any] = {}
    why: str = ""


class CaseError(ValueError):
    """A case that cannot be answered; the message begins with the place. `identity`: the case's, where it is known."""

    def __init__(self, message: str, identity: str | int | None = None) -> None:
        self.identity = identity
        super().__init__(message)


def answer_lines(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """An answer for each line, in order; one that cannot be read answers with `error`."""
    return map(answer_line, to_answer(lines))


def to_answer(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines but for blank ones at the end: a blank line is held back until a further one comes."""
    held = 0
    for line in lines:
        if not line.strip():
            held += 1
            continue
        yield from repeat(b"", held)
        held = 0
        yield line


def answer_line(line: bytes) -> dict[str, Any]:
    """One line of a batch. Never raises for what the line says."""
    try:
        identity, data = read_line(line)
    except CaseError as error:
        return {"id": error.identity, "error": str(error)}
    try:
        return {"id": identity, **judge_case(data).answer()}
    except CaseError as error:
        return {"id": identity, "error": str(error)}


def read_line(line: bytes) -> tuple[str | int | None, dict[str, Any]]:
    """What a line says, and of whom. Raises CaseError."""
    if not line.strip():
        raise CaseError("the line is blank")
    try:
        data = loads(line)
    except JsonError as error:
        identity = None if error.place == "id" else _identity(error.value)
        raise CaseError(str(error).removeprefix("dossier."), identity) from None
    if not isinstance(data, dict):
        raise CaseError("a case is a JSON object")
    return _identity(data), data


def _identity(data: Any) -> str | int | None:
    identity = data.get("id") if isinstance(data, dict) else None
    return identity if isinstance(identity, str | int) else None


def judge_case(data: dict[str, Any]) -> Result:
    """Judge a case given as a mapping. Raises CaseError."""
    case = read_case(data)
    return judge_parsed(case.policy, case.level, case.dossier, as_of=case.as_of, opened=case.opened)


def read_case(data: dict[str, Any]) -> Case:
    """Raises CaseError."""
    try:
        return convert(data, Case)
    except ValidationError as error:
        place, message = refusals.explain(error, Case, data)
        raise CaseError(f"{place}: {message}" if place else message) from None


def judge_parsed(
    policy: str, level: str, dossier: str | bytes | dict[str, Any], *, as_of: dt.date, opened: dt.date | None
) -> Result:
    """judge(), with every refusal turned into a CaseError."""
    try:
        return judge(policy, level, decode(dossier), as_of=as_of, opened=opened)
    except (DossierError, UnknownPolicy) as error:
        raise CaseError(str(error)) from None
