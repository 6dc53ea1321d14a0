"""Standing at every level of a policy, and by the other policies of the region, side by side on a page."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from applications.panel import Headline, Stand, headline, in_force
from rules import catalog, comparison
from rules.catalog import Entry
from rules.dossier import Dossier


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level: how it stands today, and what it takes. `asked` marks the level that was asked for."""

    title: str
    word: str
    tone: str
    text: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A clause number under which the two policies find otherwise; None where one has no such clause."""

    clause: str
    label: str
    first: Stand | None
    second: Stand | None


@dataclass(frozen=True, slots=True)
class Beside:
    """The same person at the same level by another policy."""

    document: str
    document_number: str
    in_force: str
    headline: Headline
    differing: list[Difference]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """`sentence` says where the person stands today; what the other levels take stands in their rows."""

    sentence: str
    levels: list[LevelRow]
    policies: list[Beside]


def side_by_side(entry: Entry, level: str, dossier: Dossier, *, as_of: date, opened: date | None = None) -> SideBySide:
    """Levels of the policy, and the other policies of its region that have this level, the newest first.

    Levels below one that is held are nobody's aim any more and stay away, unless one of them was asked for.
    """
    standings = comparison.levels(entry, dossier, as_of=as_of, opened=opened)
    others = [other for other in of_region(entry.policy.specialty.region) if other.id != entry.id]
    return SideBySide(
        sentence=comparison.today(standings),
        levels=[
            _level(entry, one, asked=one.level == level)
            for one in standings
            if one in comparison.not_surpassed(standings) or one.level == level
        ],
        policies=[
            _beside(comparison.policies(entry, other, level, dossier, as_of=as_of, opened=opened), other)
            for other in others
            if level in other.levels
        ],
    )


def of_region(region: str) -> list[Entry]:
    """The policies of a region, the newest first."""
    entries = [entry for entry in catalog.current() if entry.policy.specialty.region == region]
    return sorted(entries, key=lambda entry: entry.policy.effective.since, reverse=True)


def _level(entry: Entry, one: comparison.LevelStanding, *, asked: bool) -> LevelRow:
    stand = Stand("", one.verdict)
    word, tone = (_("已取得"), "success") if one.held else (stand.word, stand.tone)
    return LevelRow(entry.procedure.title_of(one.level), word, tone, one.text, asked)


def _beside(pair: comparison.PolicyPair, other: Entry) -> Beside:
    return Beside(
        document=other.source.title,
        document_number=other.source.number,
        in_force=in_force(other),
        headline=headline(pair.second.to_dict()),
        differing=[_difference(one) for one in pair.differing],
    )


def _difference(pair: comparison.ClausePair) -> Difference:
    found = pair.first or pair.second
    first, second = pair.verdicts
    return Difference(
        pair.clause,
        found.label if found else "",
        Stand("", first) if first else None,
        Stand("", second) if second else None,
    )
