"""A result in sentences an applicant or a clerk can act on: mark, clause, the figures used, what would mend it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from rules import phrases, words
from rules.result import Result

MARKS: Final[Mapping[str, str]] = {"met": "✓", "unmet": "✗", "open": "？"}
UNVERIFIED: Final = "（标准未核实）"


class Line(NamedTuple):
    """One clause; `depth` is 0 for a clause and 1 for an item under it.

    `mend` is empty where nothing needs mending, `reading` where the clause is applied as it reads.
    """

    mark: str
    clause: str
    depth: int
    text: str
    mend: str
    reading: str = ""


def sentences(result: Result | Mapping[str, Any]) -> list[Line]:
    """A line for every clause asked, in the notice's order, of a result or of a kept `Result.to_dict()`."""
    if isinstance(result, Result):
        result = result.to_dict()
    return list(_lines(result["clauses"].items()))


def headline(result: Result | Mapping[str, Any]) -> str:
    """The verdict in one line, with its route, the exclusions, and the day that time alone would bring."""
    kept = result.to_dict() if isinstance(result, Result) else result
    said = f"{MARKS[kept['verdict']]} {phrases.VERDICTS[kept['verdict']]}"
    if kept["route"]:
        said += f"（{phrases.ROUTES[kept['route']]}）"
    if kept["excluded_by"]:
        said += "：" + "、".join(map(phrases.exclusion, kept["excluded_by"]))
    return "；".join(filter(None, (said, later(kept))))


def later(kept: Mapping[str, Any]) -> str:
    """What is to come of a kept result, in a sentence: the day that time alone would bring, or that it brings none.

    Empty where it is met; and where the verdict waits for facts or people, for then time is not what is missing.
    """
    if kept["verdict"] == "met":
        return ""
    if is_unverified(kept) and not kept["excluded_by"]:
        return phrases.UNVERIFIED
    if kept["earliest"]:
        return f"其他条件不变，{words.word(date.fromisoformat(kept['earliest']))}起符合"
    return "仅凭时间经过不能符合" if kept["verdict"] == "unmet" else ""


def is_unverified(kept: Mapping[str, Any]) -> bool:
    """Whether a kept result rests on clauses whose source is not in hand."""
    return any(clause.get("unverified") for clause in kept["clauses"].values())


def _lines(clauses: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterable[Line]:
    for number, kept in clauses:
        mark = MARKS[kept["verdict"]]
        text = kept["text"] + (UNVERIFIED if kept.get("unverified") else "")  # kept before clauses said so: not there
        yield Line(mark, number, kept["depth"], text, kept["mend"], kept["reading"] or "")
