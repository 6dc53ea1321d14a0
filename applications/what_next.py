"""What comes next in an application, in plain words for its applicant."""

from django.utils.translation import gettext as _

from applications.models import Application, StepKind
from applications.stages import CURRENT, Stage
from applications.status import Status
from portal import clock
from rules import catalog


def what_comes_next(application: Application, stages: list[Stage]) -> str:
    """What happens now and after it, and what the applicant has to do; nothing that is not public yet."""
    if application.status == Status.IN_APPROVAL:
        place = next((place for place, stage in enumerate(stages) if stage.state == CURRENT), 0)
        return _level(application, place, stages)
    if late := _too_late(application, stages):
        return late
    status = Status(application.told_status or Status.IN_REVIEW)
    told = {
        Status.DRAFT: _("请填好各部分，核对后提交。提交后由用人单位核验、公示和推荐，再逐级审核。"),
        Status.RETURNED: _("请逐项补正并写明怎样补正，再重新提交；提交后从用人单位环节重新审核。"),
        Status.ACCEPTED: _("材料已经锁定，等待评委会评审。您现在不须办理，结果公示时会通知您。"),
        Status.IN_REVIEW: _("由评委会评审，结果以公示为准。您现在不须办理，结果公示时会通知您。"),
        Status.IN_NOTICE: _("公示期满没有异议的，确认结果并制发电子证书；有异议的，先核查处理。"),
        Status.CONFIRMED: _("公示已满且没有异议，正在制发电子证书，制发后会通知您下载。"),
        Status.CERTIFIED: _("电子证书和评审表已经制发，可以在“我的证书”中下载，并凭编号查验。"),
        Status.FAILED: _("本次未获评审通过，申报到此结束。填写的内容保留在您的业绩档案中，下一年度可以再申报。"),
        Status.WITHDRAWN: _withdrawn(application),
    }
    return told.get(status, _("本次申报到此结束，理由见办理记录；如有疑问，请联系办理单位。"))


def _too_late(application: Application, stages: list[Stage]) -> str:
    """What is left to whoever has let the day go by; empty while it can still be sent, or lies with others."""
    kept = _("填写的内容保留在您的业绩档案中，以后的批次可以选用。")
    if application.status == Status.DRAFT and not application.round.takes_submission_at(clock.now()):
        return _("个人申报已经截止，这份草稿没有提交，不算申报。可以撤回草稿；") + kept
    due = stages[0].due
    if application.status == Status.RETURNED and due is not None and clock.now() >= clock.end_of(due):
        return _("补正期限已经截止，不能再重新提交。可以撤回本次申报，不计作本年度的一次申报；") + kept
    return ""


def _level(application: Application, place: int, stages: list[Stage]) -> str:
    holder = stages[place].holder
    following = stages[place + 1] if place + 1 < len(stages) else None
    onward = following.holder if following and following.holder else following.name if following else ""
    kind = catalog.get(application.round.policy_id).procedure.steps[place - 1].kind if place else ""
    words = {
        StepKind.EMPLOYER.value: _(
            "“%(holder)s”逐项核验材料，在单位内部公示 %(days)d 个工作日，期满没有异议再推荐到“%(onward)s”。"
        ),
        StepKind.SUPERVISOR.value: _("“%(holder)s”核对申报条件和材料，通过后报送“%(onward)s”受理。"),
        StepKind.OFFICE.value: _("“%(holder)s”审核材料，受理后进入评委会评审；受理之前可以撤回。"),
    }
    days = catalog.get(application.round.policy_id).procedure.employer_notice_days
    told = words.get(kind, "") % {"holder": holder, "onward": onward, "days": days}
    return told + _("您现在不须办理；需要补正的，会退回并通知您。")


def _withdrawn(application: Application) -> str:
    if application.round.takes_applications:
        return _("申报已撤回，不计作本年度的一次申报。申报期还没有结束，可以在“申报批次”中重新开始申报。")
    return _("申报已撤回，不计作本年度的一次申报。该批次的个人申报已经截止，可以在以后的批次中申报。")
