"""What a return asks to be mended, line by line, and what it thereby opens: nothing else may change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, ApprovalStep, StepState
from applications.records import NOTHING
from applications.sections import SECTIONS, of_kind
from applications.status import Status
from applications.way import steps_taken
from portal.chinese_dates import cn_date

# What is applied for, as against what is filled in: a line may name it like a section of the form.
MATTERS = "matters"
PLACES: dict[str, str | Promise] = {
    MATTERS: gettext_lazy("申报事项"),
    **{page.key: page.title for page in SECTIONS},
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to mend: of a whole section or, with `item`, of one record in it, which `name` calls by its words.

    `number` counts from 1; `answer` is what the applicant says was done about it, empty while it is open.
    """

    number: int
    section: str
    text: str
    item: str = ""
    name: str = ""
    answer: str = ""
    answered_at: datetime | None = None

    @property
    def place(self) -> str:
        title = str(PLACES.get(self.section, self.section))
        return f"{title}：{self.name}" if self.name else title

    @property
    def about_matters(self) -> bool:
        return self.section == MATTERS


@dataclass(frozen=True, slots=True)
class Mending:
    """The return of a step with its lines."""

    step: ApprovalStep
    lines: tuple[Line, ...]

    @property
    def left(self) -> list[Line]:
        """What has no answer yet."""
        return [line for line in self.lines if not line.answer]

    def of_section(self, section: str) -> list[Line]:
        return [line for line in self.lines if line.section == section]

    def of_record(self, section: str, item: str) -> list[Line]:
        """What is asked of a record: by its name, or of its whole section."""
        return [line for line in self.of_section(section) if line.item in ("", item)]

    def opens_section(self, section: str) -> bool:
        """Whether records may be added to the section and taken out of it."""
        return any(not line.item for line in self.of_section(section))

    def opens_record(self, section: str, item: str) -> bool:
        return bool(self.of_record(section, item))

    @property
    def why_closed(self) -> str:
        """Why the rest is closed, and how to ask for more."""
        told = _("这里不在“%(name)s”退回补正的范围内，以已提交的内容为准，现在不能改动。")
        return told % {"name": self.step.organization.name} + self._way_out

    @property
    def why_partly_closed(self) -> str:
        """The same of a section in which single records are named."""
        told = _("“%(name)s”只要求补正上面点名的条目；这一部分的其他内容以已提交的为准，不能新增、改动或删去。")
        return told % {"name": self.step.organization.name} + self._way_out

    @property
    def _way_out(self) -> str:
        due = self.step.due_on
        until = _("（%(day)s 24:00 前）") % {"day": cn_date(due)} if due else ""
        told = _("确需一并更正的，请在补正期限内%(until)s联系该单位，由其补充补正要求后再改。")
        return told % {"until": until}


def mending(application: Application) -> Mending | None:
    """The return that the applicant is mending; None while the application does not lie with them for that."""
    if application.status != Status.RETURNED:
        return None
    way = steps_taken(application)
    if way is None:
        way = list(application.steps.filter(state=StepState.RETURNED).select_related("organization"))
    return next(iter(answered(way)), None)


def answered(steps: Iterable[ApprovalStep]) -> list[Mending]:
    """The returns among the steps of an application, the latest first, with what was answered to each."""
    returned = [step for step in steps if step.state == StepState.RETURNED]
    return [of_step(step) for step in sorted(returned, key=lambda step: (step.revision, step.order), reverse=True)]


def of_step(step: ApprovalStep) -> Mending:
    return Mending(step, tuple(_line(number, line, step.answers) for number, line in enumerate(step.corrections, 1)))


def section_of(kind: str, facts: Mapping[str, Any]) -> str:
    """The section that a record stands in; a statement of nothing, in the one it is about."""
    return str(facts.get("section", "")) if kind == NOTHING else of_kind(kind).key


def _line(number: int, line: Mapping[str, str], answers: Mapping[str, Mapping[str, str]]) -> Line:
    said = answers.get(str(number), {})
    return Line(
        number,
        line["section"],
        line["text"],
        line.get("item", ""),
        line.get("name", ""),
        said.get("text", ""),
        datetime.fromisoformat(said["at"]) if said else None,
    )
