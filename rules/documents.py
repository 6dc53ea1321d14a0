"""Which documents a record needs, by condition on its facts. Three-valued: what is not known leaves a document open."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, Literal, NamedTuple, get_args

from msgspec import Struct, field

from rules import verdict
from rules import vocabulary as terms
from rules.stated import Stated
from rules.verdict import MET, Verdict, missing

RecordKind = Literal["education", "title", "post", "social_insurance", "continuing_education", "honour", "achievement"]
ACHIEVEMENTS: Final[frozenset[str]] = frozenset(get_args(terms.AchievementKind))
# What `entered` calls the clauses that a record serves.
CLAUSES: Final = "所符合资格条件的具体条款"
# The same of the kind of experience, to be chosen before anything else.
CATEGORY: Final = "先选工作经历类别"
# How it begins where it is the code of a degree, with the day until which that is valid.
CODE: Final = "学信网验证码"
PATENT_ADDRESS: Final = "中国知网专利检索地址"


class Condition(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One bound on one field of a record; `since` and `until` are years, both included."""

    is_: bool | str | None = field(default=None, name="is")
    in_: list[str] | None = field(default=None, name="in")
    since: int | None = None
    until: int | None = None

    def __post_init__(self) -> None:
        said = sum(bound is not None for bound in (self.is_, self.in_))
        if said + (self.since is not None or self.until is not None) != 1:
            raise ValueError("exactly one of is, in, or years is needed")

    def holds(self, value: object) -> bool:
        if self.is_ is not None:
            return value == self.is_
        if self.in_ is not None:
            return value in self.in_
        year = value.year if isinstance(value, date) else int(str(value)[:4])
        return (self.since or year) <= year <= (self.until or year)


class DocumentRule(Stated, frozen=True, kw_only=True):
    """What a record of these kinds has to bring, where all of `when` hold of it.

    `slot`: where it is uploaded. `documents`: all of them, or with `one_of` any one. `entered`: what is typed in beside
    them. `void_without`: a record that lacks them counts for nothing. `spared`: nothing is asked for, and why that is
    so is said. `most`: so many records at most. `ranked`: the best first. `optional`: brought only if the applicant
    likes. `of: [achievement]` means an achievement of any kind.
    """

    of: list[RecordKind | terms.AchievementKind]
    slot: str
    when: dict[str, Condition] = {}
    documents: list[str] = []
    one_of: bool = False
    entered: list[str] = []
    void_without: bool = False
    spared: str | None = None
    most: int | None = None
    ranked: bool = False
    fetched: bool = False
    optional: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        asked = self.documents or self.entered or self.most or self.ranked or self.fetched
        if bool(asked) == (self.spared is not None):
            raise ValueError("documents: a rule asks for something, or says what is spared")
        if self.one_of and len(self.documents) < 2:
            raise ValueError("one_of: is for several documents")

    @property
    def wants_clauses(self) -> bool:
        """Whether a record has to name the clauses it serves."""
        return CLAUSES in self.entered

    @property
    def wants_category(self) -> bool:
        """Whether the kind of a record is chosen before its content is entered."""
        return CATEGORY in self.entered

    @property
    def wants_code(self) -> bool:
        """Whether a degree brings the code under which it is looked up, valid to the end of the year."""
        return any(one.startswith(CODE) for one in self.entered)

    @property
    def wants_patent_address(self) -> bool:
        return PATENT_ADDRESS in self.entered


class Asked(NamedTuple):
    """A rule that bears on a record: surely, or only if the facts named, which are not known, have it so."""

    rule: DocumentRule
    unknown: tuple[str, ...]


def asked(rules: Iterable[DocumentRule], kind: str, facts: Mapping[str, Any]) -> list[Asked]:
    """The rules that bear on a record of that kind, those that surely do not left out."""
    found = []
    for rule in rules:
        if kind not in rule.of and not ("achievement" in rule.of and kind in ACHIEVEMENTS):
            continue
        said = verdict.all_of([_holds(condition, facts.get(name), name) for name, condition in rule.when.items()])
        if said.verdict is not Verdict.UNMET:
            found.append(Asked(rule, said.missing))
    return found


def _holds(condition: Condition, value: object, name: str) -> verdict.Finding:
    if value is None:
        return missing(name)
    return MET if condition.holds(value) else verdict.UNMET
