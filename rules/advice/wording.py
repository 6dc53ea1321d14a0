"""Steps into additions: one sentence for what belongs together, with the clause it serves."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from rules import phrases, words
from rules.advice.shape import KINDS, Addition, Advice
from rules.advice.steps import Step

_ONE: Final = {"achievements": "项", "honours": "项", "endorsements": "名"}


def additions(steps: tuple[Step, ...], order: Sequence[str]) -> tuple[Addition, ...]:
    """The steps said to the applicant: what one person confirms in one sentence, like records in one.

    `order` holds the clauses in the notice's order.
    """
    joint = sorted((step for step in steps if step.joint), key=lambda step: order.index(step.clause))
    said = [*_joint(joint), *_each([step for step in steps if not step.joint])]
    return tuple(sorted(said, key=lambda addition: KINDS.index(addition.kind)))


def waiting(day: date, clauses: Iterable[str]) -> Addition:
    clause = "、".join(clauses)
    return Addition(kind="time", clause=clause, text=f"等到{words.word(day)}：届时{clause}随时间经过而符合")


def brief(addition: Addition) -> str:
    """The same in few words, for a sentence that holds several."""
    if addition.kind == "time":
        return addition.text.partition("：")[0]
    return f"由单位或评委会确认{addition.clause}" if addition.place == "attestations" else addition.text


def undated(addition: Addition) -> str:
    """The same where the day is said already: what time will have brought by then."""
    return addition.text.partition("：届时")[2] if addition.kind == "time" else addition.text


def lines(advice: Advice) -> Iterator[str]:
    """The advice as a clerk reads it on a terminal: a line a route, a line a way under it."""
    for route in advice.routes:
        yield f"{phrases.ROUTES[route.route]}：{phrases.VERDICTS[route.verdict]}"
        if route.verdict != "met" and not route.ways:
            yield f"  {phrases.UNVERIFIED if advice.unverified else '补充三项以内不能达到'}"
        for number, way in enumerate(route.ways, start=1):
            yield f"  {number}. {'；并'.join(addition.text for addition in way.additions)}"


def _joint(steps: list[Step]) -> Iterator[Addition]:
    if steps:
        said = "；".join(f"{step.clause} {step.label}" for step in steps)
        yield Addition(
            kind="confirmation",
            clause="、".join(step.clause for step in steps),
            text=f"由单位或评委会确认：{said}",
            place="attestations",
            piece={clause: value for step in steps for clause, value in step.piece.items()},
        )


def _each(steps: list[Step]) -> Iterator[Addition]:
    for _, same in groupby(sorted(steps, key=lambda step: step.identity), key=lambda step: step.identity):
        alike = list(same)
        step = alike[0]
        yield Addition(
            kind=step.kind,
            clause=step.clause,
            text=f"{_said(step, len(alike))}（{step.clause}）",
            place=step.place,
            piece=step.piece,
            count=len(alike),
        )


def _said(step: Step, count: int) -> str:
    if step.place in _ONE:
        more = "补填" if step.kind == "fact" else "再有"
        return f"{more}{count}{_ONE[step.place]}{step.label}"
    if step.place == "consents":
        return step.label
    if step.kind == "confirmation":
        return f"由单位或评委会确认：{step.label}"
    if step.place == "continuing_education.committed":
        return "作出继续教育承诺"
    return f"补填：{step.label}"
