"""One case in, one answer out: what the command line reads and writes, without the command line."""

import datetime as dt
from collections.abc import Iterable, Iterator
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
    """A case that cannot be answered; the message begins with the place."""


def answer_lines(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """An answer for each line that is not blank, in order; one that cannot be read answers with `error`."""
    for line in lines:
        if line.strip():
            yield answer_line(line)


def answer_line(line: bytes) -> dict[str, Any]:
    """One line of a batch. Never raises for what the line says."""
    try:
        data = loads(line)
    except JsonError as error:
        identity = None if error.place == "id" else _identity(error.value)
        return {"id": identity, "error": str(error).removeprefix("dossier.")}
    if not isinstance(data, dict):
        return {"id": None, "error": "a case is a JSON object"}
    identity = _identity(data)
    try:
        return {"id": identity, **judge_case(data).answer()}
    except CaseError as error:
        return {"id": identity, "error": str(error)}


def _identity(data: Any) -> str | int | None:
    identity = data.get("id") if isinstance(data, dict) else None
    return identity if isinstance(identity, str | int) else None


def judge_case(data: dict[str, Any]) -> Result:
    """Judge a case given as a mapping. Raises CaseError."""
    try:
        case = convert(data, Case)
    except ValidationError as error:
        place, message = refusals.explain(error, Case, data)
        raise CaseError(f"{place}: {message}" if place else message) from None
    return judge_parsed(case.policy, case.level, case.dossier, as_of=case.as_of, opened=case.opened)


def judge_parsed(
    policy: str, level: str, dossier: str | bytes | dict[str, Any], *, as_of: dt.date, opened: dt.date | None
) -> Result:
    """judge(), with every refusal turned into a CaseError."""
    try:
        return judge(policy, level, decode(dossier), as_of=as_of, opened=opened)
    except (DossierError, UnknownPolicy) as error:
        raise CaseError(str(error)) from None
