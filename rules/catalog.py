"""Which policies there are: by id, and by region, specialty, level and day. Each compiled once."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

from rules import load
from rules.compiler import compile_level
from rules.load import PackError
from rules.model import Gap, Layer, Policy, Source
from rules.procedure import Procedure
from rules.sections import Clause, CompiledLevel
from rules.stated import Stated

POLICIES = Path(__file__).parent / "policies"
LAYERS = POLICIES / "layers"
FLOORS = POLICIES / "floors"
NOTICES = POLICIES / "notices"
_reading = Lock()
_YEARLY: Final = re.compile(r"\d{4}年度通知")


class UnknownPolicy(LookupError):  # noqa: N818 - named for what it says
    """`place` is `policy` or `level`; the message names what there is."""

    def __init__(self, place: str, message: str) -> None:
        self.place = place
        self.message = message
        super().__init__(f"{place}: {message}")


class Entry:
    """A policy in the catalogue, with its layer and its levels compiled."""

    def __init__(self, policy: Policy, layer: Layer | None = None, *, sha256: str = "") -> None:
        """Compile a policy that need not be in the catalogue yet (a simulation). Raises PackError."""
        self.policy = policy
        self.layer = layer
        self.sha256 = sha256
        self.levels: dict[str, CompiledLevel] = {}
        for name in policy.levels:
            try:
                self.levels[name] = compile_level(policy, layer, name)
            except ValueError as error:
                raise PackError(f"{policy.id}.yaml", f"levels.{name}", str(error)) from error

    @classmethod
    def read(cls, path: Path) -> "Entry":
        """The policy of a file with the layer it names. Raises PackError."""
        policy = load.load_policy(path)
        if policy.id != path.stem:
            raise PackError(path.name, "id", f"{policy.id!r} is not the file's name")
        if policy.layer is None:
            return cls(policy, sha256=load.sha256(path))
        layer_path = LAYERS / f"{policy.layer}.yaml"
        if not layer_path.exists():
            raise PackError(path.name, "layer", f"there is no layer {policy.layer!r}")
        return cls(policy, load.load_layer(layer_path), sha256=load.sha256(path, layer_path))

    @property
    def id(self) -> str:
        return self.policy.id

    @property
    def source(self) -> Source:
        return self.policy.source

    @property
    def documents(self) -> list[Source]:
        """What an application is judged by: the policy's own document, then what holds beside it, each once."""
        beside = [*self.layer.sources.values(), *self.layer.documents] if self.layer else []
        return list(
            {source.number: source for source in (self.source, *self.policy.sources.values(), *beside)}.values()
        )

    @property
    def procedure(self) -> Procedure:
        return self.policy.procedure

    def cite(self, stated: Stated | None) -> str:
        """Where something is stated, by document and clause; empty for a setting, and for what is not stated at all.

        A clause of an annual notice names its notice already.
        """
        if stated is None or stated.clause is None:
            return ""
        return stated.clause if _YEARLY.match(stated.clause) else f"{self.source.number} {stated.clause}"

    @property
    def not_encoded(self) -> list[Gap]:
        return [*self.policy.not_encoded, *(self.layer.not_encoded if self.layer else ())]

    def left_to_people(self, level: str) -> list[Gap]:
        """What is not encoded, without what is said of the clauses of other levels. Raises UnknownPolicy."""
        own = self.level(level).clauses.keys()
        others = {number for compiled in self.levels.values() for number in compiled.clauses} - own
        return [gap for gap in self.not_encoded if gap.clause not in others]

    def level(self, name: str) -> CompiledLevel:
        """Raises UnknownPolicy naming `level`."""
        if name not in self.levels:
            raise UnknownPolicy("level", f"{name!r} is not one of {', '.join(self.levels)}, which {self.id} has")
        return self.levels[name]

    def clauses(self, level: str) -> list[Clause]:
        """The clauses of a level in the notice's order, exclusions and claims last."""
        return list(self.level(level).clauses.values())


def ids() -> list[str]:
    """Every policy there is a pack for."""
    return sorted(path.stem for path in POLICIES.glob("*.yaml"))


def get(policy_id: str) -> Entry:
    """The policy of that id, loaded and compiled once. Raises UnknownPolicy; PackError for a broken pack."""
    with _reading:  # threads that ask for it at once wait for the one that compiles
        return _read(policy_id)


@cache
def _read(policy_id: str) -> Entry:
    if policy_id not in ids():
        raise UnknownPolicy("policy", f"{policy_id!r} is not one of {', '.join(ids())}")
    return Entry.read(POLICIES / f"{policy_id}.yaml")


def in_force(entry: Entry, day: date) -> bool:
    """Whether the policy holds for a round that opens on `day` (a local calendar day)."""
    return entry.policy.effective.holds(day)


def correction_of(policy_id: str) -> str | None:
    """The version that takes a policy's place; rounds that were opened under it go on by it."""
    return next((entry.id for entry in map(get, ids()) if entry.policy.corrects == policy_id), None)


def current() -> list[Entry]:
    """Every policy that may be chosen for something new: those that no other version corrects."""
    entries = [get(policy_id) for policy_id in ids()]
    corrected = {entry.policy.corrects for entry in entries}
    return [entry for entry in entries if entry.id not in corrected]


def choose(region: str, specialty: str, level: str, day: date) -> Entry | None:
    """The policy for a round that opens on `day`; of several in force the one issued last. None where there is none."""
    able = [
        entry
        for entry in current()
        if (entry.policy.specialty.region, entry.policy.specialty.code) == (region, specialty)
        and level in entry.levels
        and in_force(entry, day)
    ]
    return max(able, key=lambda entry: entry.policy.effective.since, default=None)


@cache
def counting_groups() -> frozenset[str]:
    """Clause numbers that only count the clauses under them, in any pack: such a key attests nothing."""
    entries = [get(policy_id) for policy_id in ids()]
    every = [clause for entry in entries for level in entry.levels for clause in entry.clauses(level)]
    return frozenset(clause.number for clause in every if not clause.attested)
