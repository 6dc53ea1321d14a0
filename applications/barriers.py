"""Why a person may not file in a round today: every reason with its clause, asked before anything is filled in.

The same is asked again on the day of filing (`guards`).
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from applications import bases, dossiers
from applications.bases import basis
from applications.models import Application, Ban, Round, RoundState
from applications.status import FINISHED, NOT_COUNTED, Status
from applications.wording import SANCTION_KIND, STATUS, word
from portal import clock
from portal.chinese_dates import cn_date
from portal.models import User
from rules import catalog, engine
from rules.dossier import Dossier, DossierError, Sanction

ALREADY_BEGUN = gettext_noop("您在该批次已有一份申报，请在“我的申报”中继续办理。")
OUTSIDE = frozenset({"retired", "civil_servant"})
# What of the archive can bar a person whatever else it says.
TELLING = frozenset({"employer", "claims", "status", "flexible_agreement", "sanctions"})


def barriers(applicant: User, round_: Round) -> list[str]:
    """Everything that stands against beginning an application today."""
    return [
        *window(round_),
        *banned(applicant, round_),
        *outside(applicant, round_),
        *same_year(applicant, round_),
    ]


def window(round_: Round) -> list[str]:
    if round_.takes_applications:
        return []
    if round_.opens_on > clock.today():
        return [_("该批次自 %(day)s 起接受申报。") % {"day": cn_date(round_.opens_on)}]
    if ended := ended_by_office(round_):
        return [ended]
    return [_("该批次的个人申报已于 %(day)s 24:00 截止。") % {"day": cn_date(round_.applicant_closes_on)}]


def ended_by_office(round_: Round) -> str:
    """Told of a round that its office has ended before its last day; empty for any other."""
    if round_.state != RoundState.CLOSED or clock.today() > round_.applicant_closes_on:
        return ""
    return _("该批次已由“%(office)s”提前结束，不再接受申报；如有疑问，请联系该机构。") % {"office": round_.office.name}


def banned(applicant: User, round_: Round, *, who: str = "") -> list[str]:
    """The bans of the round's region that stand on the day of asking; `who` as the reader calls the person."""
    bans = Ban.objects.against(applicant).standing(clock.arrived().date()).filter(region=round_.office.root_id)
    return [_ban_sentence(ban, who or _("您")) for ban in bans.select_related("organization")]


def outside(applicant: User, round_: Round) -> list[str]:
    """What the archive itself says against applying: status and sanctions, by the round's policy."""
    told = dossiers.before_filing(applicant, region=round_.region)
    try:
        dossier = dossiers.read({key: value for key, value in told.items() if key in TELLING})
    except DossierError:  # what cannot be read is mended in the archive, and asked again on the day of filing
        return []
    level, today = round_.levels[0], clock.today()
    found = engine.judge(round_.policy_id, level, dossier, as_of=today, opened=round_.opens_on)
    clauses = catalog.get(round_.policy_id).level(level).clauses
    return [
        _("%(facts)s，按%(citation)s（%(label)s）不能申报。如情况有变，请先更正业绩档案。")
        % {
            "facts": "；".join(against(dossier, today)) or _("业绩档案所填情况不在申报范围"),
            "citation": clauses[number].citation,
            "label": clauses[number].label,
        }
        for number in found.excluded_by
        if number in clauses
    ]


def against(dossier: Dossier, day: date) -> list[str]:
    """The facts that a bar rests on, in words."""
    facts = []
    if dossier.status in OUTSIDE:
        facts.append(_("申报身份为“%(status)s”") % {"status": word(STATUS, str(dossier.status))})
    return facts + [_sanction_words(one) for one in _in_force(dossier.sanctions or (), day)]


def same_year(applicant: User, round_: Round) -> list[str]:
    """同一系列或专业每年一次: what was withdrawn or never recommended was no application."""
    others = Application.objects.filter(applicant=applicant, round__year=round_.year).select_related("round")
    if others.filter(round=round_).exclude(status=Status.WITHDRAWN).exists():
        return [_(ALREADY_BEGUN)]
    if others.filter(round__series=round_.series, round__specialty=round_.specialty).exclude(status__in=NOT_COUNTED):
        return [
            _("同一系列、专业每年只能申报一次%(basis)s，您本年度已经申报。")
            % {"basis": basis(round_, bases.once_a_year)}
        ]
    # A failure nobody has been told of is none yet: a refusal here must not tell it.
    untold = Q(status=Status.FAILED, result_told_at__isnull=True)
    if others.exclude(Q(status__in=FINISHED) & ~untold):
        return [
            _("每次只能申报一个系列、专业%(basis)s，您有一份申报正在填写或办理。如不再申报，请先在“我的申报”中撤回。")
            % {"basis": basis(round_, bases.once_a_year)}
        ]
    return []


def _ban_sentence(ban: Ban, who: str) -> str:
    until = _("至 %(day)s") % {"day": cn_date(ban.ends_on)} if ban.ends_on else _("至移出黑名单为止，请联系登记单位")
    return _(
        "%(who)s自 %(since)s 起在本地区不得申报，%(until)s。理由：%(reason)s。依据：%(clause)s。登记单位：%(body)s。"
    ) % {
        "who": who,
        "since": cn_date(ban.starts_on),
        "until": until,
        "reason": ban.reason.rstrip("。"),
        "clause": ban.clause,
        "body": ban.organization.name,
    }


def _in_force(sanctions: Iterable[Sanction], day: date) -> list[Sanction]:
    return [
        one for one in sanctions if (one.since is None or one.since <= day) and (one.until is None or day <= one.until)
    ]


def _sanction_words(one: Sanction) -> str:
    kind = word(SANCTION_KIND, str(one.kind)) if one.kind else _("处分")
    if one.until is None:
        return _("%(kind)s的影响期尚未结束") % {"kind": kind}
    return _("%(kind)s的影响期至 %(day)s（当天仍在影响期内）") % {"kind": kind, "day": cn_date(one.until)}
