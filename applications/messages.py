"""The messages of this room and who gets them."""

from django.urls import reverse

from applications.models import Application, ApprovalStep
from applications.moves import STEP_PERMISSION
from portal import access
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
        "applications.returned",
        "您的申报已退回补正（{number}）",
        "您的申报（{number}）已退回补正，理由：{note}。请登录系统查看逐项要求和期限，补正后重新提交。",
        ["number", "note"],
    )
    register(
        "applications.accepted",
        "您的申报已受理（{number}）",
        "您的申报（{number}）已由评审办事机构受理，将进入专家评审。",
        ["number"],
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


def tell_step(step: ApprovalStep) -> None:
    """Tells those who may decide a step that it waits for them."""
    application = step.application
    for clerk in access.people_with(STEP_PERMISSION[step.kind], step.organization):
        notify(
            clerk,
            "applications.arrived",
            {
                "name": application.applicant.name,
                "number": application.number,
                "organization": step.organization.name,
            },
            organization=application.round.office,
            link=link(application),
            dedupe=f"arrived:{step.pk}",
        )


def link(application: Application) -> str:
    """Where an application is looked at, whoever looks."""
    return reverse("applications:application_detail", args=[application.public_id])
