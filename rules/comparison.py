"""Side by side: the levels of one policy for one person, and one level by two policies."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from msgspec import Struct

from rules import explain, phrases, words
from rules.advice import Way, advise
from rules.advice.shape import rank
from rules.advice.wording import brief
from rules.catalog import Entry
from rules.dossier import Dossier, Title
from rules.dossier_words import TITLES
from rules.engine import judge_by
from rules.result import ClauseResult, Result

OUT_OF_REACH: Final = "补充三项以内不能达到"
_COLUMNS: Final = ("甲", "乙")


class Taken(Struct, frozen=True):
    """A way with the route it goes along."""

    route: str
    way: Way

    @property
    def text(self) -> str:
        along = "" if self.route == "ordinary" else f"以{phrases.ROUTES[self.route]}，"
        return along + "，并".join(map(brief, self.way.additions))


class LevelStanding(Struct, frozen=True, kw_only=True):
    """One level: what is found today, the day that time alone brings, the shortest way, and the shortest at once.

    `held`: the person has a title of this level and of the policy's own specialty already.
    """

    level: str
    title: str
    held: bool
    as_of: date
    verdict: str
    route: str | None
    excluded_by: list[str]
    earliest: date | None
    shortest: Taken | None
    now: Taken | None
    unverified: bool = False

    @property
    def text(self) -> str:
        """What it takes, or that it is held or met."""
        if self.held:
            return f"已取得{self.title}职称"
        if self.verdict == "met":
            return f"符合（{phrases.ROUTES[self.route or 'ordinary']}）"
        ways = [f"{words.word(self.earliest)}起符合"] if self.earliest else []
        taken = [way for way in (None if self.earliest else self.shortest, self.now) if way is not None]
        ways += dict.fromkeys(way.text for way in taken)
        return "，或".join(ways) or self._without_a_way

    @property
    def _without_a_way(self) -> str:
        if self.excluded_by:
            return "、".join(map(phrases.exclusion, self.excluded_by))
        if self.unverified:
            return f"{phrases.VERDICTS[self.verdict]}，{phrases.UNVERIFIED}"
        return phrases.VERDICTS["open"] if self.verdict == "open" else OUT_OF_REACH


def levels(entry: Entry, dossier: Dossier, *, as_of: date, opened: date | None = None) -> list[LevelStanding]:
    """Where a person stands at every level of a policy, the lowest first."""
    return [_standing(entry, level, dossier, as_of, opened) for level in entry.levels]


def not_surpassed(standings: Sequence[LevelStanding]) -> list[LevelStanding]:
    """The highest level that is held and those above it; all where none is held."""
    highest = max((index for index, one in enumerate(standings) if one.held), default=0)
    return list(standings[highest:])


def sentence(standings: Sequence[LevelStanding]) -> str:
    """截至某日符合：工程师；高级工程师：2027年3月1日起符合，或以破格申报，再有1项….

    Levels below one that is met or held go without saying.
    """
    said = [today(standings)]
    for text, alike in groupby(standings[_highest(standings) + 1 :], key=lambda standing: standing.text):
        said.append(f"{'、'.join(standing.title for standing in alike)}：{text}")
    return "；".join(said)


def today(standings: Sequence[LevelStanding]) -> str:
    """The beginning of that sentence: the highest level that is met or held."""
    best = standings[max(_highest(standings), 0)]
    day = words.word(best.as_of)
    if best.verdict == "met":
        return f"截至{day}符合：{best.title}"
    return best.text if best.held else f"截至{day}尚无符合的层级"


def _highest(standings: Sequence[LevelStanding]) -> int:
    return max((index for index, one in enumerate(standings) if one.held or one.verdict == "met"), default=-1)


def _standing(entry: Entry, level: str, dossier: Dossier, as_of: date, opened: date | None) -> LevelStanding:
    found = judge_by(entry, level, dossier, as_of=as_of, opened=opened)
    routes = [] if found.verdict == "met" else advise(entry, level, dossier, as_of=as_of, opened=opened).routes
    taken = [Taken(route.route, way) for route in routes for way in route.ways]
    return LevelStanding(
        level=level,
        title=TITLES[level],
        held=any(_holds(entry, level, title, as_of) for title in dossier.titles or ()),
        as_of=as_of,
        verdict=found.verdict,
        route=found.route,
        excluded_by=found.excluded_by,
        earliest=date.fromisoformat(found.earliest) if found.earliest else None,
        shortest=min(taken, key=_rank, default=None),
        unverified=any(clause.unverified for clause in found.clauses.values()),
        now=min((one for one in taken if one.way.day == as_of), key=_rank, default=None),
    )


def _holds(entry: Entry, level: str, title: Title, day: date) -> bool:
    specialty = entry.policy.specialty
    if title.obtained is not None and title.obtained > day:
        return False
    return title.level == level and getattr(title, specialty.own_titles) == specialty.own


def _rank(taken: Taken) -> tuple[int, tuple[int, ...], date]:
    return rank(taken.way)


class ClausePair(Struct, frozen=True):
    """A clause number in two policies; None where a policy has no such clause."""

    clause: str
    first: ClauseResult | None
    second: ClauseResult | None

    @property
    def verdicts(self) -> tuple[str | None, str | None]:
        return self.first.verdict if self.first else None, self.second.verdict if self.second else None

    @property
    def differs(self) -> bool:
        first, second = self.verdicts
        return first != second


class PolicyPair(Struct, frozen=True):
    """One person at one level by two policies, clause by clause; `numbers` are those of the two documents."""

    numbers: tuple[str, str]
    first: Result
    second: Result
    pairs: list[ClausePair]

    @property
    def headlines(self) -> tuple[str, str]:
        return explain.headline(self.first), explain.headline(self.second)

    @property
    def differing(self) -> list[ClausePair]:
        return [pair for pair in self.pairs if pair.differs]


def policies(
    first: Entry, second: Entry, level: str, dossier: Dossier, *, as_of: date, opened: date | None = None
) -> PolicyPair:
    """What two policies find of one person. Raises UnknownPolicy naming `level` where one does not have it."""
    one, other = (judge_by(entry, level, dossier, as_of=as_of, opened=opened) for entry in (first, second))
    numbers = first.source.number, second.source.number
    return PolicyPair(numbers, one, other, list(_pairs(one, other)))


def _pairs(first: Result, second: Result) -> Iterator[ClausePair]:
    """Clauses by number: in the first policy's order, then what only the second has."""
    for number in dict.fromkeys([*first.clauses, *second.clauses]):
        yield ClausePair(number, first.clauses.get(number), second.clauses.get(number))


def table(pair: PolicyPair) -> Iterator[str]:
    """Two policies as lines: both headlines, then every clause with both marks, those that differ pointed at."""
    for name, number, headline in zip(_COLUMNS, pair.numbers, pair.headlines, strict=True):
        yield f"{name}　{number}　{headline}"
    yield f"　 {''.join(_COLUMNS)} 条款（≠ 结论不同，－ 没有该条款）"
    for each in pair.pairs:
        marks = "".join(explain.MARKS[verdict] if verdict else "－" for verdict in each.verdicts)
        about = each.first or each.second
        yield f"{'≠' if each.differs else '　'} {marks} {each.clause}　{about.label if about else ''}"
