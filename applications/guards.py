"""What this room itself holds against a move. Each guard returns all its reasons; upper rooms add their own."""

from django.db.models import Q
from django.utils.translation import gettext as _

from applications import bases, corrections, dossiers, exceptional, unreadable
from applications.barriers import against, banned, ended_by_office
from applications.bases import basis
from applications.fees import fee_of, is_charged
from applications.models import (
    Application,
    ApprovalStep,
    FeePayment,
    NoticeEntry,
    NoticeKind,
    NoticeState,
    Objection,
    ObjectionState,
    StepKind,
)
from applications.status import NOT_COUNTED
from applications.transitions import guard, open_step
from portal import clock, privacy
from portal.chinese_dates import cn_date, cn_datetime
from rules.dossier import DossierError


@guard("submit")
def window_is_open(application: Application) -> list[str]:
    """新申报须在个人申报期内 (27号 正文六(二)), and the round's grace after it; a draft is no application yet.

    What counts is when the request came in.
    """
    round_ = application.round
    if round_.takes_submission_at(clock.arrived()):
        return []
    if ended := ended_by_office(round_):
        return [ended + _("您填写的内容已经保存，可在下一批次使用。")]
    return [
        _(
            "个人申报时间为 %(opens)s 至 %(closes)s 24:00%(grace)s，现在不能提交。"
            "您填写的内容已经保存，可在下一批次使用。"
        )
        % {
            "opens": cn_date(round_.opens_on),
            "closes": cn_date(round_.applicant_closes_on),
            "grace": f"（{round_.grace_told}）" if round_.grace_minutes else "",
        }
    ]


@guard("resubmit")
def mended_in_time(application: Application) -> list[str]:
    asked = corrections.mending(application)
    returned = asked.step if asked else None
    if returned is None or returned.due_on is None or clock.arrived() < clock.end_of(returned.due_on):
        return []
    late = _("补正期限为 %(day)s 24:00，已经截止，不能再重新提交。") % {"day": cn_date(returned.due_on)}
    if application.round.takes_applications:
        return [late + _("个人申报期还没有结束，可以撤回本次申报后重新申报。")]
    return [late + _("可以撤回本次申报，不计作本年度的一次申报；填写的内容保留在业绩档案中，以后的批次可以选用。")]


@guard("resubmit")
def every_correction_is_answered(application: Application) -> list[str]:
    """What was asked for is mended whole, or said why not, before it goes back."""
    asked = corrections.mending(application)
    return [
        _("补正要求第 %(number)d 项（%(place)s：%(text)s）还没有写明怎样补正。请改好后在该处填写说明，再重新提交。")
        % {"number": line.number, "place": line.place, "text": line.text}
        for line in (asked.left if asked else [])
    ]


@guard("submit", "resubmit", "accept", "confirm")
def nothing_excludes(application: Application) -> list[str]:
    """Exclusions are asked again with the day itself as `as_of`: a sanction bars whatever the round's cut-off."""
    live = None if application.is_editable else application.snapshot
    records = dossiers.frozen(live) if live else dossiers.chosen(application)
    today = clock.arrived().date()
    try:
        barred = dossiers.excluded_by(application, records, today)
    except DossierError:
        return [unreadable.told(records, editable=live is None)]
    if not barred:
        return []
    facts = "；".join(against(dossiers.read(dossiers.claimed(application, records)), today))
    sentence = _(
        "按%(clause)s，申报人目前不在申报范围或处于处分影响期内%(facts)s，不能办理。"
        "如情况有变，请更正“基本信息”或“处分与失信情况”。"
    )
    return [sentence % {"clause": clause, "facts": f"（{facts}）" if facts else ""} for clause in barred]


@guard("submit", "resubmit", "accept", "confirm")
def nothing_bans(application: Application) -> list[str]:
    """Bans are asked again with the day itself: one entered after the draft was begun bars it all the same."""
    who = _("您") if application.is_editable else _("申报人")
    return banned(application.applicant, application.round, who=who)


@guard("submit", "resubmit")
def notice_is_agreed_to(application: Application) -> list[str]:
    """Personal data are handled on agreement; one that was withdrawn is asked for again before anything is sent."""
    return [
        _("您尚未同意（或已撤回同意）处理您的%(what)s，不能提交。请在“个人信息保护告知”页阅读并同意后再提交。")
        % {"what": purpose.title}
        for purpose in privacy.missing(application.applicant)
    ]


@guard("submit", "resubmit")
def employer_takes_part(application: Application) -> list[str]:
    employer = application.employer
    if employer.is_active and employer.root_id == application.round.office.root_id:
        return []
    return [_("用人单位“%(name)s”已停用，请在“申报事项”中另选单位后再提交。") % {"name": employer.name}]


@guard("submit", "resubmit")
def one_committee_an_employer(application: Application) -> list[str]:
    """同一单位同系列同层级统一报送同一评委会, where the round's notice asks for it."""
    round_ = application.round
    if not (cited := basis(round_, bases.one_committee)):
        return []
    elsewhere = (
        Application.objects.filter(
            employer=application.employer,
            level=application.level,
            round__year=round_.year,
            round__series=round_.series,
            round__specialty=round_.specialty,
            submitted_at__isnull=False,
        )
        .exclude(round__committee=round_.committee_id)
        .exclude(status__in=NOT_COUNTED)
        .select_related("round__committee")
        .first()
    )
    if elsewhere is None:
        return []
    return [
        _("本单位同系列同层级人员已报送“%(name)s”，须报同一评委会%(basis)s。请改报该评委会的批次。")
        % {"name": elsewhere.round.committee.name, "basis": cited}
    ]


@guard("accept")
def fee_is_paid(application: Application) -> list[str]:
    """Where the office asks for it before acceptance (余人社字〔2023〕81号 正文六)."""
    round_ = application.round
    if not (round_.fee_before_acceptance and is_charged(round_)):
        return []
    if FeePayment.objects.filter(application=application).exists():
        return []
    return [
        _("本批次收费 %(fee)s，缴费后方可受理，该申报尚未登记缴费。请先在“缴费登记”中登记。")
        % {"fee": fee_of(round_).sentence}
    ]


@guard("advance", "accept")
def level_is_in_time(application: Application) -> list[str]:
    step = open_step(application)
    if step is None:
        return []
    last = step.last_day
    if clock.now() < clock.end_of(last):
        return []
    return [_("本环节审核已于 %(day)s 24:00 截止。如需延长，请评审办事机构调整批次日期。") % {"day": cn_date(last)}]


@guard("advance")
def employer_has_checked(application: Application) -> list[str]:
    """What an employer owes before it recommends: every record looked at, the person assessed, the notice over."""
    step = open_step(application)
    if step is None or step.kind != StepKind.EMPLOYER or application.snapshot is None:
        return []
    unseen = [record for record in dossiers.frozen(application.snapshot) if record.confirmed is None]
    reasons = []
    if unseen:
        reasons.append(_("还有 %(count)s 项材料没有核验，请逐项核验。") % {"count": len(unseen)})
    if application.assessed_at is None:
        reasons.append(_("尚未填写业绩考核结果和职业道德评价。"))
    return reasons + _notice_reasons(application, step)


@guard("advance")
def exception_has_its_consent(application: Application) -> list[str]:
    """破格 with the supervising body's consent: a decision of its own, not the ordinary pass (27号 五(四)4)."""
    step = open_step(application)
    if step is None or step.kind != StepKind.SUPERVISOR or application.snapshot is None:
        return []
    consent = dossiers.consent_on(application.snapshot)
    if (consent is not None and consent.given) or not exceptional.rests_on_consent(application):
        return []
    clause = exceptional.consent_clause(application)
    return [
        _("申报人按破格条件申报，须由业务主管部门另行签署同意（%(clause)s）。请先办理“破格同意”。") % {"clause": clause}
    ]


@guard("confirm")
def result_notice_is_over(application: Application) -> list[str]:
    """公示满期且无异议方可公布; an objection holds this person alone."""
    entry = (
        application.notice_entries.filter(notice__kind=NoticeKind.RESULT)
        .exclude(notice__state=NoticeState.WITHDRAWN)
        .select_related("notice")
        .order_by("-pk")
        .first()
    )
    if entry is None:
        return [_("该申报人尚未列入评审结果公示。")]
    reasons = []
    if entry.notice.state != NoticeState.CLOSED:
        reasons.append(_("结果公示尚未结束，最早可于 %(moment)s 结束。") % {"moment": _moment(entry)})
    return reasons + _held(application, entry)


def _notice_reasons(application: Application, step: ApprovalStep) -> list[str]:
    """The unit's own notice: of exactly this material, closed, photographed, nobody's objection standing."""
    entries = (
        application.notice_entries.filter(notice__kind=NoticeKind.EMPLOYER, notice__organization=step.organization)
        .exclude(notice__state=NoticeState.WITHDRAWN)
        .select_related("notice")
        .order_by("-pk")
    )
    entry = entries.first()
    if entry is None:
        return [
            _("尚未在单位内部公示，公示不少于规定的工作日%(basis)s。")
            % {"basis": basis(application.round, bases.employer_notice)}
        ]
    if application.snapshot is None or entry.snapshot_sha256 != application.snapshot.sha256:
        return [_("公示之后材料有改动，须重新公示。")]
    reasons = []
    if entry.notice.state != NoticeState.CLOSED:
        reasons.append(_("单位公示尚未结束，最早可于 %(moment)s 结束。") % {"moment": _moment(entry)})
    if not entry.notice.photographs.exists():
        reasons.append(_("尚未上传公示照片%(basis)s。") % {"basis": basis(application.round, bases.photographs)})
    return reasons + _held(application, entry)


def _held(application: Application, entry: NoticeEntry) -> list[str]:
    """An objection not settled holds whatever notice it was lodged on; one upheld, until the material has changed."""
    standing = Objection.objects.filter(
        Q(state=ObjectionState.OPEN) | Q(state=ObjectionState.UPHELD, entry__snapshot_sha256=entry.snapshot_sha256),
        entry__application=application,
    )
    if entry.held or standing.exists():
        return [_("公示中有针对该申报人的异议，尚未核查完毕或异议成立。")]
    return []


def _moment(entry: NoticeEntry) -> str:
    return cn_datetime(entry.notice.closes_at)
