"""How far an application is filled in: the state of every section, and what was asked back about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications import corrections, dossiers
from applications.corrections import Line, Mending
from applications.models import Application
from applications.records import NOTHING
from applications.sections import GROUPS, SECTIONS, Section
from applications.services.submission import Gap, gaps


@dataclass(frozen=True, slots=True)
class SectionState:
    """The word and tone for a section that a task list shows."""

    label: Promise
    tone: str


EMPTY = SectionState(_("未填写"), "neutral")
OPTIONAL = SectionState(_("有则填写"), "neutral")
INCOMPLETE = SectionState(_("未填完"), "warning")
TO_MEND = SectionState(_("须补正"), "danger")
MENDED = SectionState(_("已写明补正"), "success")
NOT_ASKED = SectionState(_("不须补正"), "neutral")
NONE_STATED = SectionState(_("已声明没有"), "success")
FILLED = SectionState(_("已填写"), "success")


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """A section with how many records it holds, what it lacks, and what a return asks of it."""

    section: Section
    state: SectionState
    count: int
    missing: Sequence[Gap] = ()
    corrections: Sequence[Line] = ()

    @property
    def gaps(self) -> list[str]:
        return [gap.sentence for gap in self.missing]


@dataclass(frozen=True, slots=True)
class Progress:
    """The task list. `ready`: nothing is missing; `elsewhere`: what is missing outside the sections.

    `asked` is the return that is being mended.
    """

    sections: list[SectionProgress]
    elsewhere: list[Gap] = field(default_factory=list)
    asked: Mending | None = None

    @property
    def filled(self) -> int:
        return sum(1 for one in self.sections if one.state is FILLED or one.state is NONE_STATED)

    @property
    def ready(self) -> bool:
        return not self.elsewhere and not any(one.gaps for one in self.sections)

    @property
    def groups(self) -> list[tuple[str | Promise, list[SectionProgress]]]:
        """The sections under the headings of the task list."""
        return [(title, [self.of(section.key) for section in sections]) for title, sections in GROUPS]

    def of(self, key: str) -> SectionProgress:
        return next(one for one in self.sections if one.section.key == key)


def progress(
    application: Application,
    records: Sequence[dossiers.Record] | None = None,
    asked: Mending | None = None,
    *,
    elsewhere: bool = True,
) -> Progress:
    """What is filled in and what is missing, section by section.

    `records` are those chosen, and `asked` is the return, where a page has read them already. `elsewhere`: what is
    missing outside the sections is asked for, too.
    """
    asked = asked or corrections.mending(application)
    records = dossiers.filled_in(application, asked) if records is None else records
    stated = {record.facts.get("section") for record in records if record.kind == NOTHING}
    missing = gaps(application, records, asked, elsewhere=elsewhere)
    keys = {section.key for section in SECTIONS}
    return Progress(
        [
            _section(
                section,
                count=sum(1 for record in records if record.kind in section.kinds),
                stated=section.key in stated,
                missing=[gap for gap in missing if gap.section == section.key],
                asked=asked,
            )
            for section in SECTIONS
        ],
        [gap for gap in missing if gap.section not in keys],
        asked,
    )


def _section(
    section: Section, *, count: int, stated: bool, missing: Sequence[Gap], asked: Mending | None
) -> SectionProgress:
    lines = asked.of_section(section.key) if asked else []
    if any(not line.answer for line in lines):
        state = TO_MEND
    elif missing:
        state = INCOMPLETE if count else EMPTY
    elif asked:
        state = MENDED if lines else NOT_ASKED
    elif count:
        state = FILLED
    elif stated:
        state = NONE_STATED
    else:
        state = OPTIONAL
    return SectionProgress(section, state, count, missing, lines)
