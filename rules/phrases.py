"""A finding in sentences: the verdict, its route, a clause with its figures, and what would mend it."""

from collections.abc import Sequence
from typing import Any, Final

from rules.note_words import FIGURES, MENDS
from rules.verdict import Either, Note, Noted, Notes, Verdict, figures
from rules.words import place, question

VERDICTS: Final = {"met": "符合申报条件", "unmet": "不符合申报条件", "open": "尚不能判定"}
ROUTES: Final = {
    "ordinary": "正常申报",
    "exceptional": "破格申报",
    "conversion": "转评",
    "self_appointment": "企业自主聘任",
    "direct": "直接申报",
    "case_by_case": "一事一议",
    "competition": "大赛获奖",
    "targeted": "定向评价",
}

OR: Final = "，或"
UNVERIFIED: Final = "所依据的标准尚未核实，评审办事机构确认之前至多为待定"


def exclusion(name: str) -> str:
    """Why a clause of `excluded_by` bars applying."""
    return "开放申报之日政策不在有效期内" if name == "not_in_force" else f"按{name}不能申报"


def text(label: str, notes: Notes) -> str:
    """A clause with the figures it rests on; between alternatives stands 或. The notes are looked up already."""
    said = _told(notes, _outdone(notes))
    return f"{label}：{'；'.join(said)}" if said else label


def mend(verdict: str, missing: Sequence[str], judgement: Sequence[str], notes: Notes) -> str:
    """What would mend a clause that is not met; empty where it is met, or where its items say it."""
    if verdict == "open":
        asked = [f"请补充{'、'.join(map(place, missing))}"] if missing else []
        asked += [f"待有权人员确认：{'；'.join(map(question, judgement))}"] if judgement else []
        return "；".join(asked)
    if verdict == "met":
        return ""
    return "；".join(_mends(notes, _outdone(notes)))


def _told(notes: Notes, outdone: Sequence[Note]) -> list[str]:
    """Every figure once. Alternatives of one figure each make one sentence; else the next one begins with 或."""
    told: list[str] = []
    if isinstance(notes, Either):
        ways: list[list[str]] = []
        for part in notes:
            way = [] if _holds(part, outdone) else _told((part,), outdone)
            if not {one for said in way for one in said.removeprefix("或").split(OR)}.issubset(told):
                ways.append(way)
                told += way
        if all(len(way) == 1 for way in ways):
            return [OR.join(told)] if told else []
        return [*ways[0], *(said for way in ways[1:] for said in (f"或{way[0]}", *way[1:]))]
    for note in notes:
        if not isinstance(note, Note):
            told += _told(note if isinstance(note, tuple) else note(), outdone)
        elif note not in outdone:
            told.append(FIGURES[note.kind](note.verdict, *note.values))
    return list(dict.fromkeys(filter(None, told)))


def _holds(part: Noted, outdone: Sequence[Note]) -> bool:
    """Whether an alternative rests on a figure that is outdone; alternatives within it are looked at by themselves."""
    if isinstance(part, Note):
        return part in outdone
    return isinstance(part, tuple) and not isinstance(part, Either) and any(_holds(note, outdone) for note in part)


def _mends(notes: Notes, outdone: Sequence[Note], *, among: bool = False) -> list[str]:
    """All that has to be done; of alternatives one sentence, in brackets where it stands `among` others."""
    if isinstance(notes, Either):
        near = [way for way in notes if not _holds(way, outdone)]
        ways = list(dict.fromkeys(filter(None, ("，并".join(_mends((way,), outdone, among=True)) for way in near))))
        if among and len(ways) > 1:
            return [f"{ways[0]}（或{'，或'.join(ways[1:])}）"]
        return ["，或".join(ways)] if ways else []
    said: list[str] = []
    for note in notes:
        if not isinstance(note, Note):
            said += _mends(note if isinstance(note, tuple) else note(), outdone, among=among)
        elif note not in outdone and _at_fault(note):
            said.append(MENDS[note.kind](*note.values))
    return list(dict.fromkeys(filter(None, said)))


def _outdone(notes: Notes) -> list[Note]:
    """One spell of work may be held against the years of several degrees: all but the fewest years asked of it."""
    spells: list[tuple[Any, ...]] = [(note, *note.values) for note in figures(notes) if note.kind == "work"]
    return [
        note for note, scope, years, have in spells
        if any((scope, have) == (other, span) and fewer < years for _, other, fewer, span in spells)
    ]  # fmt: skip


def _at_fault(note: Note) -> bool:
    return note.verdict is Verdict.UNMET and note.kind in MENDS
