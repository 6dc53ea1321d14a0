"""Where people come to this room from: messages, the menu, the to-do list. Imported by `AppConfig.ready()`."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application
from applications.status import Status
from certificates.models import Certificate, Document, DocumentState
from portal import access, navigation, notifications, worklist
from portal.composed import Given, composed
from portal.models import User
from portal.navigation import NavItem
from portal.roles import Permission
from portal.worklist import WorkItem

notifications.register(
    "certificate.issued",
    "您的{title}证书已制发",
    "您的评审结果已经发布，{title}职称证书编号为 {number}。电子证书和评审表生成后即可在“我的证书”中下载，"
    "请打印后交工作单位盖章，存入本人人事档案。",
    ["title", "number"],
)
notifications.register(
    "certificate.revoked",
    "您的职称证书已被撤销",
    "证书编号 {number} 自即日起失效。依据和核查结论：{note}。如有异议，请与发证单位联系。",
    ["number", "note"],
)


@navigation.register
def menu(user: User | AnonymousUser) -> Iterable[NavItem]:
    if not isinstance(user, User):
        return  # the portal itself shows visitors the way to the check
    yield NavItem(_("证书查验"), reverse("certificates:verify"), order=90, public=True)
    if access.holds_anywhere(user, Permission.ISSUE_CERTIFICATE):
        yield NavItem(_("发证管理"), reverse("certificates:release_list"), order=60)
    if access.holds_anywhere(user, Permission.RECOMMEND):
        yield NavItem(_("证书归档"), reverse("certificates:archiving_list"), order=60)
    if access.holds_anywhere(user, Permission.OBSERVE):
        yield NavItem(_("证书台账"), reverse("certificates:register_list"), order=60)
    if _held(user.pk):
        yield NavItem(_("我的证书"), reverse("certificates:certificate_list"), order=70)


@composed
def _held(user: Given) -> QuerySet[Certificate, int]:
    return Certificate.objects.filter(holder=user).order_by().values_list("pk", flat=True)[:1]


@worklist.register
def waiting(user: User) -> Iterable[WorkItem]:
    offices = access.organizations_with(user, Permission.ISSUE_CERTIFICATE)
    confirmed = Application.objects.filter(status=Status.CONFIRMED, round__office__in=offices)
    yield WorkItem(_("待发布结果、制发证书"), confirmed.count(), reverse("certificates:release_list"), order=40)
    failed = Document.objects.filter(state=DocumentState.FAILED, application__round__office__in=offices)
    yield WorkItem(_("未能生成的证书或评审表"), failed.count(), reverse("certificates:release_list"), order=30)
    units = access.organizations_with(user, Permission.RECOMMEND)
    unsealed = Certificate.objects.valid().filter(application__employer__in=units, archiving__isnull=True)
    yield WorkItem(_("待盖章归档的证书"), unsealed.count(), reverse("certificates:archiving_list"), order=60)
