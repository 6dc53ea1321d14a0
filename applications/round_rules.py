"""What a round's notice lays down beside days and documents: for each stage, for later years, and against breaches."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Round
from portal.chinese_dates import cn_date
from rules import catalog

# Stages whose provisions concern whoever reads the page; those of the review are its own people's.
STAGES: dict[str, str | Promise] = {
    "applicant": gettext_lazy("个人申报"),
    "employer": gettext_lazy("用人单位"),
    "supervisor": gettext_lazy("主管部门"),
    "office": gettext_lazy("受理"),
    "archive": gettext_lazy("评审以后"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What is laid down, with the clause that says so; `whose` is empty where it concerns everybody."""

    text: str
    clause: str
    whose: str = ""


def provisions(round_: Round) -> list[Line]:
    """The provisions by stage, then what the notice announces for later years."""
    entry = catalog.get(round_.policy_id)
    now = [line for stage in STAGES for line in of_stage(round_, stage)]
    later = _("%(day)s起：%(label)s")
    told = [(later % {"day": cn_date(one.since), "label": one.label}, one) for one in entry.procedure.later]
    return now + [Line(text, entry.cite(one), _("以后年度")) for text, one in told]


def of_stage(round_: Round, stage: str) -> list[Line]:
    """What the notice lays down for one stage, told to whoever acts in it."""
    entry = catalog.get(round_.policy_id)
    stated = entry.procedure.provisions
    return [Line(one.label, entry.cite(one), str(STAGES[stage])) for one in stated if one.stage == stage]


def consequences(round_: Round) -> list[Line]:
    """What follows on bad material and other breaches, for the person and for the unit."""
    entry = catalog.get(round_.policy_id)
    return [Line(one.label, entry.cite(one)) for one in entry.procedure.consequences]
