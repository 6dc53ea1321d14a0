"""Continuing education year by year, as a round's notice has it checked and summed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from applications.models import Round
from rules import catalog

if TYPE_CHECKING:
    from applications.dossiers import Record


@dataclass(frozen=True, slots=True)
class YearOfLearning:
    """`hours` is None where nothing is said of the year; `least` where the notice wants so many, and a proof."""

    year: int
    hours: float | None
    least: int | None

    @property
    def falls_short(self) -> bool:
        return self.least is not None and self.hours is not None and self.hours < self.least


@dataclass(frozen=True, slots=True)
class Learning:
    """The years that the notice has checked. `clause` with its number."""

    years: tuple[YearOfLearning, ...]
    clause: str

    @property
    def total(self) -> float:
        return sum(one.hours or 0 for one in self.years)

    @property
    def unsaid(self) -> list[int]:
        return [one.year for one in self.years if one.hours is None]


def learning_of(round_: Round, records: "Iterable[Record]") -> Learning | None:
    """The hours that the records say, summed by year; None where the notice has no years of its own."""
    entry = catalog.get(round_.policy_id)
    stated = entry.procedure.learning
    if stated is None:
        return None
    said: dict[int, float] = {}
    for record in records:
        year, hours = record.facts.get("year"), record.facts.get("hours")
        if record.kind == "continuing_education" and year is not None and hours is not None:
            said[year] = said.get(year, 0) + hours
    years = tuple(
        YearOfLearning(year, said.get(year), stated.hours if year in stated.proved else None) for year in stated.years
    )
    return Learning(years, entry.cite(stated))


def unsaid(round_: Round, records: "Iterable[Record]") -> Iterator[str]:
    """What stands against submission: a year of which nothing is said. Too few hours are for the levels to judge."""
    learning = learning_of(round_, records)
    if learning is not None and learning.unsaid:
        told = {"years": "、".join(map(str, learning.unsaid)), "clause": learning.clause}
        yield (
            _("继续教育没有填写%(years)s年的学时（%(clause)s）。请逐年填写，线下和其他平台的学时汇总；没有的填 0。")
            % told
        )
