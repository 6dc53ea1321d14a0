"""The posts of a public institution (岗位结构比例) at the level applied for: set, filled, promised and free.

The employer states them with its recommendation and its step keeps them. Whoever it has recommended in the year has a
post promised; where the notice says "must", nobody is recommended beyond what is free.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from applications.models import Application, StepKind, StepState
from applications.status import EDITABLE, FINISHED, Status
from portal.models import Organization, Ownership
from rules import catalog
from rules.formalities import PostRatio

MUST = "must"
COUNTS = ("set", "filled")


def rule_for(application: Application) -> PostRatio | None:
    """What binds the employer; None for one that has no quota, and under a notice that speaks of none."""
    if application.employer.ownership != Ownership.PUBLIC:
        return None
    return catalog.get(application.round.policy_id).procedure.post_ratio


def faults(application: Application, said: object) -> list[str]:
    """What stands against a recommendation with these posts: not stated, or none free where the notice says must."""
    rule = rule_for(application)
    if rule is None:
        return []
    entry = catalog.get(application.round.policy_id)
    told: dict[str, object] = {
        "unit": application.employer.name,
        "title": entry.procedure.title_of(application.level),
        "clause": entry.cite(rule),
    }
    if not _is_stated(said):
        return [_("请填写%(unit)s的岗位情况：是否全面实行岗位管理，本层级核定和已聘的岗位数（%(clause)s）。") % told]
    # The same post is promised once, however many recommend at a time.
    Organization.objects.select_for_update().get(pk=application.employer_id)
    found = counted(application, said)
    if rule.value != MUST or found.get("free", 1) > 0:
        return []
    return [
        _(
            "%(unit)s%(title)s岗位核定%(set)s个、已聘%(filled)s个，本年度已推荐%(promised)s人，没有空缺，不能推荐%(name)s。"
            "岗位数有误的，请更正后再推荐；确无空缺的，请写明理由不予推荐。依据：%(clause)s。"
        )
        % {**told, **found, "name": application.applicant.name}
    ]


def counted(application: Application, said: object) -> dict[str, Any]:
    """The posts as the step keeps them; of an institution that is not under full post management, that alone."""
    if not isinstance(said, Mapping) or not said["managed"]:
        return {"managed": False}
    promised = _recommended(application)
    free = said["set"] - said["filled"] - promised
    return {"managed": True, **{name: said[name] for name in COUNTS}, "promised": promised, "free": free}


def told(application: Application) -> str:
    """For the levels after the employer: what it stated, and that nothing is free; empty where it was not asked."""
    rule = rule_for(application)
    if rule is None:
        return ""
    step = application.steps.filter(kind=StepKind.EMPLOYER, state=StepState.PASSED).order_by("-revision").first()
    kept = step.checks.get("posts") if step else None
    if not kept:
        return ""
    if not kept["managed"]:
        return _("用人单位填报：未全面实行岗位管理。")
    said = (
        _("用人单位填报：本层级岗位核定%(set)s个，已聘%(filled)s个，本年度已推荐%(promised)s人，空缺%(free)s个。")
        % kept
    )
    if kept["free"] > 0:
        return said
    cited = catalog.get(application.round.policy_id).cite(rule)
    return said + _("没有空缺，请核对能否申报（%(clause)s）。") % {"clause": cited}


def _is_stated(said: object) -> bool:
    if not isinstance(said, Mapping) or not isinstance(said.get("managed"), bool):
        return False
    return not said["managed"] or all(type(said.get(name)) is int and said[name] >= 0 for name in COUNTS)


def _recommended(application: Application) -> int:
    """Others of the employer whom it has recommended for the level in the year, and who have not come to an end."""
    untold = Q(status=Status.FAILED, result_told_at__isnull=True)  # a post that fell free would tell it
    others = Application.objects.filter(
        employer=application.employer_id, level=application.level, round__year=application.round.year
    ).exclude(pk=application.pk)
    at_employer = Application.objects.filter(steps__state=StepState.OPEN, steps__kind=StepKind.EMPLOYER)
    return (
        others.exclude(status__in=EDITABLE)
        .exclude(Q(status__in=FINISHED) & ~untold)
        .exclude(pk__in=at_employer.values("pk"))
        .count()
    )
