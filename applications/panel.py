"""What the rules find, as pages show it: one panel for the self-check, the pre-check and the officers.

Built from the kept form of a result (`Result.to_dict()`): what was kept years ago and what is found now read alike.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.sections import Section
from applications.sparing import SPARED, Kept, Told, told
from portal.chinese_dates import cn_date
from rules import catalog, explain, phrases, words
from rules.model import Gap

TONES = {"met": "success", "unmet": "danger", "open": "warning"}
WORDS = {
    "met": gettext_lazy("符合"),
    "unmet": gettext_lazy("不符合"),
    "open": gettext_lazy("待定"),
    SPARED: gettext_lazy("未用到"),
}


@dataclass(frozen=True, slots=True)
class Headline:
    """The verdict of one view in words; `view` says which where there are two."""

    view: str
    verdict: str
    word: str
    route: str
    excluded_by: list[str]
    earliest: str

    @property
    def tone(self) -> str:
        return TONES[self.verdict]


@dataclass(frozen=True, slots=True)
class Stand:
    """How a clause stands in one view."""

    view: str
    verdict: str

    @property
    def word(self) -> str:
        return word_of(self.verdict)

    @property
    def tone(self) -> str:
        return TONES.get(self.verdict, "neutral")


@dataclass(slots=True)
class PanelClause:
    """One clause, shut: how it stands; opened: citation, reading, figures, records, what is missing or to be judged.

    `quiet` says why it asks nothing; `sections` are the pages of the form where it is mended, `steps` those of the
    self-check, `overrides` what an officer has set beside the finding.
    """

    number: str
    depth: int
    label: str
    stands: list[Stand]
    citation: str
    reading: str
    figures: list[str]
    records: list[str]
    missing: list[str]
    judgement: list[str]
    mend: str
    unverified: str
    quiet: str
    sections: list[Section] = field(default_factory=list)
    steps: list[Any] = field(default_factory=list)
    waits_for: str = ""
    overrides: list[Any] = field(default_factory=list)
    items: list["PanelClause"] = field(default_factory=list)

    @property
    def is_overridden(self) -> bool:
        return any(override.stands for override in self.overrides)

    @property
    def opens(self) -> bool:
        """Whether its items are to be seen at once: something is left to be done, or an officer has spoken."""
        asks = any(stand.verdict in {"unmet", "open"} for stand in self.stands)
        return bool(self.items) and (asks or any(item.overrides or item.opens for item in self.items))


@dataclass(frozen=True, slots=True)
class Panel:
    """`clauses` is the tree, `flat` the same clauses in the notice's order; `gaps` are what the rules do not judge."""

    title: str
    document: str
    document_number: str
    in_force: str
    as_of: date
    headlines: list[Headline]
    clauses: list[PanelClause]
    flat: list[PanelClause]
    gaps: list[Gap]


def panel(
    views: Sequence[tuple[str, Kept]],
    *,
    title: str = "",
    name_of: Callable[[str], str] | None = None,
) -> Panel:
    """The panel of one view, or of several side by side, each with its label.

    Figures are the first view's, which is what was said; the verdicts stand beside each other. `name_of` tells a
    record's id in words.
    """
    _label, last = views[-1]
    entry = catalog.get(last["policy"])
    flat = _clauses(views, name_of)
    return Panel(
        title=title or entry.procedure.title_of(last["level"]),
        document=entry.source.title,
        document_number=entry.source.number,
        in_force=in_force(entry),
        as_of=date.fromisoformat(last["as_of"]),
        headlines=[headline(kept, view=str(label)) for label, kept in views],
        clauses=_tree(flat),
        flat=flat,
        gaps=entry.left_to_people(last["level"]),
    )


def headline(kept: Kept, *, view: str = "") -> Headline:
    """The verdict, the route behind it, what bars applying, and the day that time alone would bring."""
    verdict = kept["verdict"]
    return Headline(
        view=view,
        verdict=verdict,
        word=phrases.VERDICTS[verdict],
        route=phrases.ROUTES[kept["route"]] if kept["route"] else "",
        excluded_by=[phrases.exclusion(name) for name in kept["excluded_by"]],
        earliest=f"{later}。" if (later := explain.later(kept)) else "",
    )


def in_force(entry: catalog.Entry) -> str:
    """From when to when a policy is in force, in words."""
    effective = entry.policy.effective
    if effective.until is None:
        return _("%(since)s起施行") % {"since": cn_date(effective.since)}
    return _("%(since)s至%(until)s有效") % {"since": cn_date(effective.since), "until": cn_date(effective.until)}


def word_of(verdict: str) -> str:
    return str(WORDS.get(verdict, "—"))


def _clauses(views: Sequence[tuple[str, Kept]], name_of: Callable[[str], str] | None) -> list[PanelClause]:
    (_label, first), (_label, last) = views[0], views[-1]
    known = [(str(label), told(kept, claimed=first)) for label, kept in views]
    return [
        _clause(
            number,
            first["clauses"].get(number, found),
            [(label, clauses[number]) for label, clauses in known if number in clauses],
            name_of,
        )
        for number, found in last["clauses"].items()
    ]


def _clause(
    number: str, found: Kept, views: Sequence[tuple[str, Told]], name_of: Callable[[str], str] | None
) -> PanelClause:
    """A clause is spared where every view spares it, for the last one's reason."""
    spared = all(said.verdict == SPARED for _label, said in views)
    _label, last = views[-1]
    return PanelClause(
        number=number,
        depth=found["depth"],
        label=found["label"],
        stands=[Stand(label, said.verdict) for label, said in views],
        citation=found["citation"],
        reading=found["reading"] or "",
        figures=_figures(found),
        records=_records(found, name_of),
        missing=[] if spared else [words.place(place) for place in found["missing"]],
        judgement=[] if spared else list(map(words.question, found["judgement"])),
        mend=found["mend"] if found["verdict"] == "unmet" and not spared else "",
        unverified=_unverified(found),
        quiet=last.quiet if spared else "",
    )


def _figures(found: Kept) -> list[str]:
    said = found["text"].removeprefix(found["label"]).removeprefix("：")
    return said.split("；") if said else []


def _records(found: Kept, name_of: Callable[[str], str] | None) -> list[str]:
    """The records a clause rests on: by name where they have one, else by their place."""
    if name_of is not None and found["used"]:
        return list(dict.fromkeys(name_of(id_) for id_ in found["used"]))
    return [words.place(place) for place in found["records"]]


def _unverified(found: Kept) -> str:
    """A clause whose source nobody here has read; results kept before this was known do not say."""
    said = found.get("unverified")
    if not said:
        return ""
    return said if isinstance(said, str) else _("本条依据的原文未能核对，须由评审办事机构确认。")


def _tree(flat: Iterable[PanelClause]) -> list[PanelClause]:
    """Items under the clause they belong to; what an item says its clause does not repeat."""
    roots: list[PanelClause] = []
    above: list[PanelClause] = []
    for clause in flat:
        above = [known for known in above if known.depth < clause.depth]
        (above[-1].items if above else roots).append(clause)
        above.append(clause)
    for clause in roots:
        _say_once(clause)
    return roots


def _say_once(clause: PanelClause) -> set[str]:
    """Drops from a clause what its items say; returns everything said under it."""
    told = {said for item in clause.items for said in _say_once(item)}
    own = {*clause.figures, *clause.records, *clause.missing, *clause.judgement}
    for name in ("figures", "records", "missing", "judgement"):
        setattr(clause, name, [said for said in getattr(clause, name) if said not in told])
    return told | own
