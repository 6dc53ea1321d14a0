"""What a hand-written case says must come out, and where an answer differs from it."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

Word = Literal["met", "unmet", "open"]


class Expectation(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an answer must say; what is left out may be anything. `error_contains`: of a dossier that cannot be read."""

    verdict: Word | UnsetType = UNSET
    route: str | UnsetType | None = UNSET
    clauses: dict[str, Word] = {}
    missing: dict[str, list[str]] = {}
    judgement: dict[str, list[str]] = {}
    missing_in: list[str] = []
    judgement_in: list[str] = []
    excluded: bool | UnsetType = UNSET
    excluded_by: list[str] | UnsetType = UNSET
    earliest: str | UnsetType | None = UNSET
    error_contains: str | UnsetType = UNSET

    def __post_init__(self) -> None:
        said = (self.verdict, self.route, self.excluded, self.excluded_by, self.earliest, self.error_contains)
        of_clauses = (self.clauses, self.missing, self.judgement, self.missing_in, self.judgement_in)
        if not any(of_clauses) and all(value is UNSET for value in said):
            raise ValueError("expects nothing")


def differences(answer: Mapping[str, Any], expect: Expectation) -> list[str]:
    """What an answer (`Result.answer()`) has otherwise than expected."""
    return list(_differences(answer, expect))


def refusal_differences(refusal: str, expect: Expectation) -> list[str]:
    """The same of a dossier that could not be read, for the reason in `refusal`."""
    return list(_unequal("error", refusal, _wanted_error(refusal, expect)))


def _differences(answer: Mapping[str, Any], expect: Expectation) -> Iterator[str]:
    clauses = answer["clauses"]
    for key in ("verdict", "route", "earliest", "excluded_by"):
        if getattr(expect, key) is not UNSET:
            yield from _unequal(key, answer[key], getattr(expect, key))
    if expect.excluded is not UNSET:
        yield from _unequal("excluded", bool(answer["excluded_by"]), expect.excluded)
    if expect.error_contains is not UNSET:
        yield f"error: none, expected {expect.error_contains!r}"
    for number, verdict in expect.clauses.items():
        yield from _unequal(number, clauses.get(number, {}).get("verdict"), verdict)
    for key in ("missing", "judgement"):
        for number, reasons in getattr(expect, key).items():
            yield from _unequal(f"{key} of {number}", clauses.get(number, {}).get(key), reasons)
        for number in getattr(expect, f"{key}_in"):
            yield from _unequal(f"{key} in {number}", bool(clauses.get(number, {}).get(key)), True)


def _wanted_error(refusal: str, expect: Expectation) -> str | None:
    wanted = expect.error_contains
    if isinstance(wanted, UnsetType):
        return None
    return refusal if wanted in refusal else wanted


def _unequal(what: str, found: object, wanted: object) -> Iterator[str]:
    if found != wanted:
        yield f"{what}: {found!r}, expected {wanted!r}"
