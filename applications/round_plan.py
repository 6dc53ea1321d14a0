"""A round as its page shows it: the days in their order, what to prepare, and for which titles an interview is held."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from applications.models import Round
from applications.sections import SECTIONS
from portal import clock
from rules import catalog, document_words

PAST, NEXT, LATER = "done", "current", "waiting"


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One day of the plan: `state` says whether it is over, the next to come, or later."""

    day: date
    label: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """What one title of the round asks beside what all do."""

    title: str
    notes: list[str]


def days(round_: Round) -> list[PlanDay]:
    """Every day of the round, the earliest first; those of review and result come with their own notices."""
    procedure = catalog.get(round_.policy_id).procedure
    notice = _("含单位公示 %(days)d 个工作日，请单位提前安排") % {"days": procedure.employer_notice_days}
    told = [
        (round_.as_of, _("终算时间"), _("资历年限、业绩成果算到这一天")),
        (round_.opens_on, _("开始申报"), ""),
        (round_.applicant_closes_on, _("个人申报截止"), "；".join(filter(None, (_("24:00"), round_.grace_told)))),
        (round_.employer_closes_on, _("用人单位审核推荐截止"), notice),
        (round_.supervisor_closes_on, _("主管部门审核截止"), ""),
        (round_.office_closes_on, _("受理截止"), _("此后组织专家评审，结果另行公示")),
    ]
    today = clock.today()
    following = min((day for day, _label, _note in told if day >= today), default=None)
    return [
        PlanDay(day, label, note, PAST if day < today else NEXT if day == following else LATER)
        for day, label, note in sorted(told, key=lambda one: one[0])
    ]


def documents(round_: Round) -> list[str]:
    """What the notice asks for, a line a rule with its clause."""
    return [document_words.rule(rule) for rule in catalog.get(round_.policy_id).procedure.documents]


def slots() -> list[tuple[str, str]]:
    """The parts of the form that take files, and which."""
    return [(str(page.title), str(page.slot.label)) for page in SECTIONS if page.slot is not None]


def preparations(round_: Round) -> list[Preparation]:
    """The round's titles, each with its interview where there is one."""
    procedure = catalog.get(round_.policy_id).procedure
    interview = procedure.interview
    found = []
    for level in round_.levels:
        notes = []
        if interview is not None and level in interview.levels:
            notes.append(
                _("须面试答辩：陈述 %(said)d 分钟，答辩 %(asked)d 分钟")
                % {"said": interview.statement_minutes.value, "asked": interview.answer_minutes.value}
            )
        found.append(Preparation(procedure.title_of(level), notes))
    return found
