"""A result in sentences a clerk or applicant can act on: mark, clause, the figures used, what would mend it."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from rules import phrases
from rules.result import ClauseResult, Result

MARKS: Final[Mapping[str, str]] = {"met": "✓", "unmet": "✗", "open": "？"}


class Line(NamedTuple):
    """`depth` is 0 for a clause and 1 for an item under it; `mend` is empty where nothing needs mending, `reading`
    where the clause is applied as it reads."""

    mark: str
    clause: str
    depth: int
    text: str
    mend: str
    reading: str = ""


def sentences(result: Result | Mapping[str, Any]) -> list[Line]:
    """A line for every clause asked, in the notice's order. A kept `Result.to_dict()` gives the lines kept in it."""
    if isinstance(result, Result):
        return [_line(clause) for clause in result.clauses.values()]
    return [Line(**line) for line in result["lines"]]


def headline(result: Result) -> str:
    """The verdict in one line, with the route behind it, the exclusions, and the day that time alone would bring."""
    said = f"{MARKS[result.verdict]} {phrases.VERDICTS[result.verdict]}"
    if result.route:
        said += f"（{phrases.ROUTES[result.route]}）"
    if result.excluded_by:
        said += "：" + "、".join(phrases.exclusion(name) for name in result.excluded_by)
    if result.verdict != "met":
        said += f"；其他条件不变，{result.earliest}起符合" if result.earliest else "；仅凭时间经过不能符合"
    return said


def _line(clause: ClauseResult) -> Line:
    figures = [said for note in clause.notes if (said := phrases.figure(note))]
    text = "：".join([clause.label, "；".join(dict.fromkeys(figures))] if figures else [clause.label])
    return Line(MARKS[clause.verdict], clause.clause, clause.depth, text, _mend(clause), clause.reading or "")


def _mend(clause: ClauseResult) -> str:
    if clause.verdict == "met":
        return ""
    if clause.verdict == "open":
        asked = [f"请补充{'、'.join(map(phrases.place, clause.missing))}"] if clause.missing else []
        asked += [f"待有权人员确认：{'；'.join(clause.judgement)}"] if clause.judgement else []
        return "；".join(asked)
    wanted = [said for note in clause.notes if (said := phrases.mend(note))]
    return "；".join(dict.fromkeys(wanted))
