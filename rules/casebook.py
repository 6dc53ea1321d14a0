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
from typing import Any, Final, get_args

from msgspec import UNSET, Struct, ValidationError, convert, field

from rules import case_text, catalog, refusals
from rules import vocabulary as terms
from rules.catalog import Entry
from rules.dossier import Dossier, DossierError, decode
from rules.engine import judge_by
from rules.expectations import Expectation, differences, refusal_differences
from rules.load import PackError

CASES: Final = catalog.POLICIES / "cases"


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
            return refusal_differences(self.refusal, self.expect)
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
