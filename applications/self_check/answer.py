"""The rules' answer to a self-check, as its page shows it."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from applications.panel import Panel, in_force, panel
from applications.reading import in_words, title_of, value_of
from applications.sections import Part
from applications.self_check import questions
from applications.self_check.judged import judged_clauses
from applications.self_check.leads import steps_for
from applications.self_check.policy_form import is_over
from applications.self_check.state import State
from applications.side_by_side import SideBySide, side_by_side
from applications.ways import RouteWays, ways_to_yes
from portal.chinese_dates import cn_date
from rules import engine
from rules.dossier import Dossier, decode
from rules.in_words import succession


@dataclass(frozen=True, slots=True)
class Entered:
    """What was answered under one heading: each entry as label and value; `none` where none was said to be."""

    title: str
    entries: list[list[tuple[str, str]]]
    none: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """`standing` says where the policy stands today, empty while it is in force."""

    panel: Panel
    standing: str
    ways: list[RouteWays]
    beside: SideBySide
    entered: list[Entered]


def answer(state: State, today: date) -> Answer:
    """Judges what was answered. Raises rules.dossier.DossierError for an attestation that no page of ours offers."""
    day, opened = state.day(today), state.opening(today)
    dossier, names = numbered(state)
    result = engine.judge_by(state.entry, state.level, dossier, as_of=day, opened=opened)
    shown = panel([("", result.to_dict())], name_of=lambda id_: names.get(id_, id_))
    claims = state.dossier.get("claims") or []
    judged = {clause.number for clause in judged_clauses(state.entry, state.level, claims)}
    for clause in shown.flat:
        clause.steps = [] if clause.quiet else steps_for(result.clauses[clause.number], judged)
    return Answer(
        panel=shown,
        standing=standing(state, today),
        ways=ways_to_yes(state.entry, state.level, dossier, as_of=day, opened=opened),
        beside=side_by_side(state.entry, state.level, dossier, as_of=day, opened=opened),
        entered=[*entered(state)],
    )


def standing(state: State, today: date) -> str:
    """What has to be said of a policy that is not in force today."""
    entry, day = state.entry, cn_date(state.day(today))
    if is_over(entry, today):
        over = _("%(number)s已经失效（%(force)s）。以下按%(day)s的情形试算，只供了解当时的条件，不能据以申报。") % {
            "number": entry.source.number,
            "force": in_force(entry),
            "day": day,
        }
        return over + succession(entry)
    if entry.policy.effective.since > today:
        return _("%(number)s尚未施行（%(force)s）。以下按%(day)s的情形试算。") % {
            "number": entry.source.number, "force": in_force(entry), "day": day,
        }  # fmt: skip
    return ""


def numbered(state: State) -> tuple[Dossier, dict[str, str]]:
    """The dossier with an id on every entry, and what each is called."""
    dossier, names = copy.deepcopy(state.dossier), {}
    for kind, (place, _none) in questions.PLACES.items():
        for number, (part, record) in enumerate(_entries(dossier, kind, place, state)):
            record["id"] = f"{kind}-{number}"
            names[record["id"]] = _called(part, record, number)
    return decode(dossier), names


def entered(state: State) -> Iterator[Entered]:
    """What was answered, in the order of the steps, what was left alone left out."""
    dossier = state.dossier
    for step in questions.STEPS:
        for part in step.singles:
            if lines := list(_lines(part, dossier)):
                yield Entered(str(part.label), [lines])
        for kind in step.lists:
            place, none = questions.PLACES[kind]
            said = [list(_lines(part, record)) for part, record in _entries(dossier, kind, place, state)]
            if said:
                yield Entered(str(questions.part_of(kind).label) if kind != "achievement" else _("业绩成果"), said)
            elif questions.list_at(dossier, place) == []:
                yield Entered(str(none), [], none=True)


def _lines(part: Part, record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if part.facts:
        yield _("类别"), str(part.label)
    for field in part.fields:
        value = value_of(field, record, {})
        if isinstance(value, list):
            value = bool(value)
        if value is not None and value != "":
            yield str(field.label), in_words(field, value)


def _entries(dossier: dict[str, Any], kind: str, place: str, state: State) -> Iterator[tuple[Part, dict[str, Any]]]:
    for record in questions.list_at(dossier, place) or ():
        if kind != "achievement":
            yield questions.part_of(kind), record
        elif record.get("kind"):
            yield questions.achievement_part(state.entry, record["kind"]), record


def _called(part: Part, record: dict[str, Any], number: int) -> str:
    name = title_of(part, record, {})
    if not part.facts:
        return name
    return _("第%(place)d条业绩成果（%(kind)s）") % {"place": number + 1, "kind": part.label}
