"""Hand-written cases beside the packs: `policies/cases/<policy>/<level>.yaml`, and `<level>-<topic>.yaml` beside it.

A file starts from a dossier that qualifies (`base`) and says for each case what is replaced and what must come out.
A `<level>-<topic>.yaml` takes what it leaves out (base, days) from `<level>.yaml`.
"""

import copy
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

from msgspec import UNSET, Struct, UnsetType, ValidationError, convert, field

from rules import case_text, catalog, refusals
from rules import vocabulary as terms
from rules.catalog import Entry
from rules.dossier import Dossier, DossierError, decode
from rules.engine import judge_by
from rules.load import PackError

CASES: Final = catalog.POLICIES / "cases"
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


class _Written(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case as written; `set` replaces top-level keys of the base, and leaves out those it sets to null."""

    id: str
    set_: dict[str, Any] = field(default_factory=dict, name="set")
    as_of: dt.date | None = None
    opened: dt.date | None = None
    expect: Expectation
    why: str = ""


class _File(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    base: dict[str, Any] | None = None
    as_of: dt.date | None = None
    opened: dt.date | None = None
    achievement_date: dt.date | None = None
    cases: list[_Written]


class Case(Struct, frozen=True, kw_only=True):
    """One dossier, and what must come out. `dossier` is None where it cannot be read, for the reason in `refusal`."""

    policy: str
    level: str
    id: str
    dossier: Dossier | None
    refusal: str = ""
    as_of: dt.date
    opened: dt.date | None = None
    expect: Expectation
    why: str = ""

    @property
    def name(self) -> str:
        return f"{self.policy}/{self.level}/{self.id}"

    def differences(self, entry: Entry | None = None) -> list[str]:
        """What comes out otherwise than expected; by the pack, or by another entry (a mutant)."""
        if self.dossier is None:
            return list(_unequal("error", self.refusal, _wanted_error(self.refusal, self.expect)))
        result = judge_by(
            entry or catalog.get(self.policy), self.level, self.dossier, as_of=self.as_of, opened=self.opened
        )
        return differences(result.answer(), self.expect)


def policies() -> list[str]:
    """Every policy that has cases."""
    return sorted(folder.name for folder in CASES.glob("*") if folder.is_dir())


def every() -> tuple[Case, ...]:
    return tuple(case for policy in policies() for case in cases(policy))


@cache
def cases(policy: str, level: str | None = None) -> tuple[Case, ...]:
    """Every case of a policy, or of one level of it, in the order of files. Raises PackError."""
    found = [case for path in _files(policy) if level in (None, _level(path)) for case in _read(path)]
    for name, count in Counter(case.name for case in found).items():
        if count > 1:
            raise PackError(f"cases/{policy}", name, "id given twice")
    return tuple(found)


def base(policy: str, level: str) -> dict[str, Any]:
    """The dossier that the cases of a level start from, anew each time. Raises PackError."""
    path = CASES / policy / f"{level}.yaml"
    written = _file(path)
    if written.base is None:
        raise PackError(_name(path), "base", "required key is left out")
    return copy.deepcopy(written.base)


def from_example(example: Mapping[str, Any]) -> Case:
    """A case written whole, as the contract's examples are. Raises msgspec.ValidationError."""
    opened = example.get("opened")
    return _case(
        example["policy"],
        example["level"],
        example["dossier"],
        id=example["id"],
        as_of=dt.date.fromisoformat(example["as_of"]),
        opened=dt.date.fromisoformat(opened) if opened else None,
        expect=convert(example["expect"], Expectation),
        why=example.get("why", ""),
    )


def differences(answer: Mapping[str, Any], expect: Expectation) -> list[str]:
    """What an answer (`Result.answer()`) has otherwise than expected."""
    return list(_differences(answer, expect))


def _files(policy: str) -> list[Path]:
    return sorted((CASES / policy).glob("*.yaml"))


def _level(path: Path) -> str:
    level = path.stem.partition("-")[0]
    if level not in get_args(terms.TitleLevel):
        raise PackError(_name(path), "", f"{level!r} is no level; a file is <level>.yaml or <level>-<topic>.yaml")
    return level


def _name(path: Path) -> str:
    return f"cases/{path.parent.name}/{path.name}"


@cache
def _file(path: Path) -> _File:
    if not path.exists():
        raise PackError(_name(path), "", "is not there; the other files of the level take their base from it")
    data = case_text.parse(path, _name(path))
    try:
        return convert(data, _File)
    except ValidationError as error:
        raise PackError(_name(path), *refusals.explain(error, _File, data)) from None


def _read(path: Path) -> Iterator[Case]:
    level, file = _level(path), _file(path)
    main = file if file.base is not None else _file(path.with_stem(level))
    if main.base is None:
        raise PackError(_name(path), "base", "required key is left out")
    achieved = file.achievement_date or main.achievement_date
    for index, written in enumerate(file.cases):
        as_of = written.as_of or file.as_of or main.as_of
        if as_of is None:
            raise PackError(_name(path), "as_of", "required key is left out")
        case = _case(
            path.parent.name,
            level,
            _dossier(main.base, written.set_, achieved),
            id=written.id,
            as_of=as_of,
            opened=written.opened or file.opened or main.opened,
            expect=written.expect,
            why=written.why,
        )
        if case.refusal and written.expect.error_contains is UNSET:
            raise PackError(_name(path), f"cases[{index}] ({case.id})", case.refusal)
        yield case


def _case(policy: str, level: str, dossier: Mapping[str, Any], **written: Any) -> Case:
    try:
        return Case(policy=policy, level=level, dossier=decode(dossier), **written)
    except DossierError as error:
        return Case(policy=policy, level=level, dossier=None, refusal=str(error), **written)


def _dossier(start: Mapping[str, Any], changes: Mapping[str, Any], achieved: dt.date | None) -> dict[str, Any]:
    dossier = {key: value for key, value in {**start, **changes}.items() if value is not None}
    if achieved and isinstance(dossier.get("achievements"), list):
        day = {"date": achieved.isoformat()}
        items = dossier["achievements"]
        dossier["achievements"] = [{**day, **item} if isinstance(item, dict) else item for item in items]
    return copy.deepcopy(dossier)


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
