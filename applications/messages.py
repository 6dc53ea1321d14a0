"""The messages of this room and who gets them."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from applications.models import Application, ApprovalStep, Notice
from applications.moves import STEP_PERMISSION
from portal import access
from portal.chinese_dates import cn_date, cn_datetime
from portal.models import Organization
from portal.notifications import notify, register


def register_messages() -> None:
    """The messages of this room; called once the apps are ready."""
    register(
        "applications.arrived",
        "有新的申报待审核：{name}",
        "{name} 的申报（{number}）已到达“{organization}”，请登录系统在待办事项中办理。",
        ["name", "number", "organization"],
    )
    register(
        "applications.submitted",
        "您的申报已提交（{number}）",
        "您的申报（{number}）已于 {moment} 提交，现由“{organization}”审核，该环节 {due} 24:00 截止。"
        "每到下一环节都会通知您；受理之前可以撤回。",
        ["number", "moment", "organization", "due"],
    )
    register(
        "applications.returned",
        "您的申报已退回补正（{number}）",
        "您的申报（{number}）由“{organization}”退回补正，共 {count} 项，补正期限为 {due} 24:00。说明：{note}。"
        "请登录系统逐项查看，改好后写明怎样补正，再重新提交。",
        ["number", "organization", "count", "due", "note"],
    )
    register(
        "applications.widened",
        "补正要求有补充（{number}）",
        "“{organization}”对您的申报（{number}）补充了 {count} 项补正要求，补正期限不变。原因：{reason}。"
        "请登录系统逐项查看。",
        ["number", "organization", "count", "reason"],
    )
    register(
        "applications.forwarded",
        "您的申报已到下一审核环节（{number}）",
        "您的申报（{number}）已由“{passed}”审核通过，现由“{organization}”办理，该环节 {due} 24:00 截止。",
        ["number", "passed", "organization", "due"],
    )
    register(
        "applications.noticed",
        "您的申报正在单位公示（{number}）",
        "您的申报（{number}）由“{organization}”在单位内部公示，自 {posted} 起 {days} 个工作日，至 {ends} 24:00。"
        "公示期满无异议的，单位再作推荐。",
        ["number", "organization", "posted", "days", "ends"],
    )
    register(
        "applications.accepted",
        "您的申报已受理（{number}）",
        "您的申报（{number}）已由评审办事机构受理，将进入专家评审。",
        ["number"],
    )
    register(
        "applications.withdrawn",
        "申报已由本人撤回：{name}",
        "{name} 的申报（{number}）已由本人撤回，“{organization}”不须再办理；正在公示的，请撤下该申报人。",
        ["name", "number", "organization"],
    )
    register(
        "applications.ended",
        "您的申报已结束：{status}（{number}）",
        "您的申报（{number}）现为“{status}”。理由：{note}。如有疑问，请联系办理单位。",
        ["number", "status", "note"],
    )

    register(
        "applications.banned",
        "您被登记为不得申报职称（{region}）",
        "您自 {since} 起在“{region}”不得申报职称，{until}。理由：{reason}。依据：{clause}。"
        "如有异议，请向登记单位“{body}”提出。",
        ["region", "since", "until", "reason", "clause", "body"],
    )
    register(
        "applications.ban_lifted",
        "不得申报职称的登记已解除（{region}）",
        "“{region}”对您作出的不得申报的登记已解除，理由：{reason}。符合条件的，可以重新申报。",
        ["region", "reason"],
    )
    register(
        "applications.draft_goes",
        "您的申报草稿将被清除（{round}）",
        "您在“{round}”的申报没有提交，草稿保存到 {last}，此后清除。业绩档案和其中的材料不受影响，以后申报可以直接选用。"
        "需要留存草稿内容的，请在此之前登录系统，在“个人信息”页下载本人资料。",
        ["round", "last"],
    )


def tell_submitted(step: ApprovalStep) -> None:
    """Tells the applicant that what they sent has arrived, and who holds it until when."""
    application = step.application
    moment = application.submitted_at
    _tell(
        application,
        "applications.submitted",
        {
            "number": application.number,
            "moment": cn_datetime(moment),
            "organization": step.organization.name,
            "due": cn_date(step.last_day),
        },
        dedupe=f"submitted:{application.pk}:{step.revision}",
    )


def tell_forwarded(step: ApprovalStep, *, passed: Organization) -> None:
    """Tells the applicant that a level has passed it on to this one."""
    application = step.application
    _tell(
        application,
        "applications.forwarded",
        {
            "number": application.number,
            "passed": passed.name,
            "organization": step.organization.name,
            "due": cn_date(step.last_day),
        },
        dedupe=f"forwarded:{step.pk}",
    )


def tell_widened(application: Application, step: ApprovalStep, *, count: int, reason: str) -> None:
    """Tells the applicant that more is open to be mended."""
    _tell(
        application,
        "applications.widened",
        {
            "number": application.number,
            "organization": step.organization.name,
            "count": count,
            "reason": reason,
        },
        dedupe=f"widened:{step.pk}:{len(step.corrections) + count}",
    )


def tell_noticed(notice: Notice, applications: Iterable[Application]) -> None:
    """Tells those named on a unit's own notice how long it runs; of the result notice, review tells them."""
    for application in applications:
        _tell(
            application,
            "applications.noticed",
            {
                "number": application.number,
                "organization": notice.organization.name,
                "posted": cn_date(notice.posted_on),
                "days": notice.days,
                "ends": cn_date(notice.ends_on),
            },
            dedupe=f"noticed:{notice.pk}:{application.pk}",
        )


def _tell(application: Application, template: str, context: Mapping[str, object], *, dedupe: str) -> None:
    notify(
        application.applicant,
        template,
        context,
        organization=application.round.office,
        link=link(application),
        dedupe=dedupe,
    )


def tell_step(step: ApprovalStep) -> None:
    """Tells those who may decide a step that it waits for them."""
    _tell_clerks(step, "applications.arrived", dedupe=f"arrived:{step.pk}")


def tell_withdrawn(step: ApprovalStep) -> None:
    """Tells those who had a step in hand that its applicant has taken the application back."""
    _tell_clerks(step, "applications.withdrawn", dedupe=f"withdrawn:{step.pk}")


def _tell_clerks(step: ApprovalStep, template: str, *, dedupe: str) -> None:
    """Nobody decides their own application, so nobody is told of it as a clerk."""
    application = step.application
    named = {"name": application.applicant.name, "number": application.number, "organization": step.organization.name}
    for clerk in access.people_with(STEP_PERMISSION[step.kind], step.organization).exclude(pk=application.applicant_id):
        notify(
            clerk,
            template,
            named,
            organization=application.round.office,
            link=link(application),
            dedupe=dedupe,
        )


def link(application: Application) -> str:
    """Where an application is looked at, whoever looks."""
    return reverse("applications:application_detail", args=[application.public_id])
