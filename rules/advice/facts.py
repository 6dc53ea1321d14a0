"""A fact that is not known, given the weakest value that would do.

Only what a dossier leaves unknown is proposed: a list that is there is complete, so no degree, title, skill grade or
post is added to it. Nothing is proposed that would turn what has been entered into something else, and of sanctions
only that there are none.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from rules import breakpoints, words
from rules.advice.paths import Plan
from rules.advice.steps import Step
from rules.criteria import Node, RestsOn
from rules.dossier_words import SCOPES, TITLES, VALUES
from rules.leaves import AssessmentResults
from rules.periods import add_months, day_after
from rules.view import View
from rules.vocabulary import DEGREE_RANK

_DAYS: Final = frozenset({"awarded", "obtained", "appointed", "from"})
_WHOLE: Final = frozenset({"education", "titles", "skills", "posts"})
OTHER_SPECIALTY: Final = "other"
_IN_A_RECORD: Final = {
    "year": "{}年度",
    "hours": "{}学时",
    "result": "考核{}",
    "years": "协议{}年",
    "months_per_year": "每年在津{}个月",
}


class Facts:
    """Proposes values for places that a finding names as missing."""

    def __init__(self, plan: Plan, view: View, node: Node, rests_on: RestsOn | None, clause: str) -> None:
        self._plan = plan
        self._view = view
        self._node = node
        self._rests_on = rests_on
        self._clause = clause

    def steps(self, places: Iterable[str]) -> list[Step]:
        """A step for each place and value, the weaker values of a place first."""
        return [self._step(place, *proposed) for place in places for proposed in self._proposed(place)]

    def _step(self, place: str, piece: dict[str, Any], said: str) -> Step:
        target = _target(place, next(iter(piece)))
        label = f"{words.place(target)}{f'，{said}' if said else ''}"
        return Step("fact", self._clause, target, piece, label, f"fact {target}")

    def _proposed(self, place: str) -> Iterator[tuple[dict[str, Any], str]]:
        last = re.sub(r"\[\d+\]", "", place).rpartition(".")[2]
        if place in _WHOLE:
            yield from self._records(place)
        elif place == "sanctions":
            yield {"sanctions": []}, "如无处分请填“无”"
        elif place.startswith("sanctions"):
            return
        elif last in _DAYS:
            yield from (({last: day.isoformat()}, f"不晚于{words.word(day)}") for day in self._days(place))
        else:
            for field, value in self._values(place, last):
                yield {field: value}, self._named(value) if field == self._plan.own_by else _said(value, place, field)

    def _values(self, place: str, last: str) -> Iterator[tuple[str, Any]]:
        """(field, value) pairs, the weaker values first."""
        node = self._node
        if node.allowed is not None and node.allowed.field_ == place:
            yield from ((last, value) for value in node.allowed.in_)
        elif place.startswith("continuing_education"):
            yield self._learning(last)
        elif place.startswith("flexible_agreement") and node.flexible_agreement is not None:
            asked = {"years": node.flexible_agreement.years, "months_per_year": node.flexible_agreement.months_per_year}
            yield last, asked if last == "flexible_agreement" else asked[last]
        elif place.startswith("assessments") and node.assessment is not None:
            yield self._assessment(last, node.assessment)
        elif place == "status":
            yield last, "employed"
        elif place == "self_score" and node.self_score is not None:
            yield last, node.self_score
        else:
            yield from ((last, value) for value in [self._of_record(place, last)] if value is not None)

    def _of_record(self, place: str, last: str) -> Any:
        """The value of a field of a degree, a title, a grade or a post."""
        match last:
            case "scope":
                return self._scope()
            case "specialty" | "series":
                return OTHER_SPECIALTY if self._other_specialty() else self._plan.own
            case "engineering_professional" | "stem":
                return True
            case "level" | "grade":
                return self._held(place)
        return None

    def _learning(self, last: str) -> tuple[str, Any]:
        hours = self._node.continuing_education or self._node.hours_last_year
        year = self._view.as_of.year
        if last in ("hours", "year"):
            return last, {"hours": hours, "year": year}[last]
        said = self._view.dossier.continuing_education
        if self._node.continuing_education is not None and (said is None or said.committed is None):
            return "committed", True
        return "years", [{"year": year, "hours": hours}]

    def _assessment(self, last: str, asked: AssessmentResults) -> tuple[str, Any]:
        year, result = self._view.as_of.year, "competent" if "competent" in asked.met else asked.met[-1]
        record = {"year": year, "result": result}
        return (last, record[last]) if last in record else (last, [record])

    def _records(self, place: str) -> Iterator[tuple[dict[str, Any], str]]:
        """A list that is not known, with the one record that would do."""
        held = self._held(place)
        for day in self._days(place):
            until = f"不晚于{words.word(day)}"
            if place == "posts":
                scope = self._scope()
                yield {"from": day.isoformat(), "scope": scope}, f"{SCOPES[scope]}，开始日期{until}"
            elif held is None:
                return
            elif place == "education":
                stem = {"stem": True} if self._node.stem_degree else {}
                yield (
                    {"level": held, "awarded": day.isoformat(), **stem},
                    f"{words.degree(held)}，取得日期{until}",
                )
            elif place == "skills":
                yield {"grade": held, "obtained": day.isoformat()}, f"{words.skill(held)}，取得日期{until}"
            else:
                own = OTHER_SPECIALTY if self._other_specialty() else self._plan.own
                dates = dict.fromkeys(("obtained", "appointed"), day.isoformat())
                yield (
                    {"level": held, self._plan.own_by: own, **dates},
                    f"{self._named(own)}的{TITLES[held]}，取得和聘任日期{until}",
                )

    def _held(self, place: str) -> str | None:
        """The degree, title or grade asked for."""
        node, rests_on = self._node, self._rests_on
        if place.startswith("titles"):
            asked = node.title.level if node.title else rests_on.title if rests_on else None
            return self._plan.name if asked == "asked" else asked
        if place.startswith("skills"):
            return rests_on.skill if rests_on else None
        said = (node.education, node.stem_degree, rests_on.education if rests_on else None)
        degrees = [level for level in said if level]
        return max(degrees, key=DEGREE_RANK.__getitem__, default=None)

    def _other_specialty(self) -> bool:
        return self._node.title is not None and self._node.title.specialty == "other"

    def _named(self, own: object) -> str:
        """A title's specialty, or series, in words."""
        return "其他专业" if own == OTHER_SPECIALTY else self._plan.entry.policy.specialty.label

    def _scope(self) -> str:
        return self._node.work.scope if self._node.work else "specialty"

    def _days(self, place: str) -> list[date]:
        """Days that may do, the latest first: so many full years ago as some clause asks, or before everything else.

        The years of a post that has ended are counted back from its end.
        """
        as_of, dossier = self._view.as_of, self._view.dossier
        ends = {as_of, *self._end_of(place)}
        days = {add_months(end, -12 * years) for years in self._plan.years for end in ends}
        for part in (dossier.achievements, dossier):
            days |= set(sorted(day for day in breakpoints.dated(part) if day <= as_of)[:1])
        return sorted(days, reverse=True)

    def _end_of(self, place: str) -> list[date]:
        index = re.fullmatch(r"posts\[(\d+)\]\.from", place)
        until = (self._view.dossier.posts or [])[int(index[1])].until if index else None
        return [day_after(until)] if until is not None and until < self._view.as_of else []


def _target(place: str, field: str) -> str:
    """Where the value goes: the place that is missing, or a field beside it that would do instead."""
    head, _, last = place.rpartition(".")
    if place in _WHOLE or last == field:
        return place
    return f"{place if place == 'continuing_education' else head}.{field}"


def _said(value: object, place: str, field: str) -> str:
    if value is True:
        return "如属实请填“是”"
    if isinstance(value, list):
        return "、".join(_said(record, place, field) for record in value)
    if isinstance(value, dict):
        return "，".join(_IN_A_RECORD[name].format(words.word(one, name)) for name, one in value.items())
    if field == "scope":
        return SCOPES[str(value)]
    held = _HELD.get((place.partition("[")[0], field))
    return held(str(value)) if held else words.word(value, place if place in VALUES else field)


_HELD: Final[Mapping[tuple[str, str], Callable[[str], str]]] = {
    ("titles", "level"): TITLES.__getitem__,
    ("education", "level"): words.degree,
    ("skills", "grade"): words.skill,
    ("self_score", "self_score"): "{}分".format,
    ("flexible_agreement.years", "years"): "{}年以上".format,
    ("flexible_agreement.months_per_year", "months_per_year"): "{}个月以上".format,
}
