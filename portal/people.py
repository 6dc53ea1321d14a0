"""Making a log-in for somebody else: the employer for its people, a county for an employer's first clerk.

They set the password themselves.
"""

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import access, audit, jobs, mail, notifications
from portal.models import Job, Organization, User
from portal.models.job import JobQuerySet
from portal.roles import Permission

INVITE = "portal.invite"

notifications.register(
    "people.not_invited",
    "账号 {username} 的邀请邮件未能发出",
    "您为账号 {username} 开设登录时，设置密码的邮件多次未能发出。请核对该电子邮箱能否收信，"
    "然后在“开设账号”页按原内容再提交一次，系统将重新发送；邮箱有误的，请联系页脚所列服务电话更正。",
    ["username"],
)


class AccountRefusedError(ValueError):
    """The log-in is not made; `field` names what is to be mended, the sentence says how."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


@transaction.atomic
def create_account(*, by: User, organization: Organization, username: str, name: str, email: str) -> User:
    """A log-in without a password and without any role; its owner gets a mail with a link to set one.

    The same person asking for the same log-in again, while no password is set, sends the mail once more: it may have
    been lost, or its link has run out.

    Args:
        by: who manages the organisation.
        organization: for which `by` acts; the entry in the audit log names it.
        username: what the person logs in with, besides the address.
        name: the real name.
        email: where the link goes.

    Raises:
        portal.access.Forbidden: `by` does not manage the organisation.
        AccountRefusedError: a name or address that cannot be used or is taken.
    """
    access.require(by, Permission.MANAGE_ORGANIZATION, organization)
    return made_for(by=by, organization=organization, username=username, name=name, email=email)


def made_for(*, by: User, organization: Organization, username: str, name: str, email: str) -> User:
    """The same for whoever has asked already whether `by` may.

    Raises:
        AccountRefusedError: a name or address that cannot be used or is taken.
    """
    username, name, email = username.strip(), name.strip(), email.strip().lower()
    if (waiting := _invited_before(by, username, name, email)) is not None:
        audit.record(
            "people.invite_again", by=by, scope="people", kind="user", target=str(waiting.public_id),
            organization=organization,
        )  # fmt: skip
        _order_invitation(waiting, by, organization)
        return waiting
    _check(username, name, email)
    person = User(username=username, name=name, email=email)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
            EmailAddress.objects.create(user=person, email=email, primary=True)
    except IntegrityError as error:
        raise AccountRefusedError("username", _("该用户名已有人使用，请换一个。")) from error
    audit.record(
        "people.create_account", by=by, scope="people", kind="user", target=str(person.public_id),
        change={"username": username, "name": name}, organization=organization,
    )  # fmt: skip
    _order_invitation(person, by, organization)
    return person


def invite(user_id: int) -> None:
    """Sends the link with which a person sets the first password; once one is set, nothing. Called by the job.

    The link is a secret: it is made for this mail and stands in no table.

    Raises:
        mail.MailError, mail.MailRefusedError: not sent; the job tries again, the first for long.
    """
    person = User.objects.get(pk=user_id)
    if person.has_usable_password():
        return
    key = PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    context = {
        "person": person,
        "url": settings.SITE_URL + path,
        "forgotten": settings.SITE_URL + reverse("account_reset_password"),
        "portal_name": settings.PORTAL_NAME,
        "footer": settings.FOOTER,
    }
    invitation = EmailMessage(
        subject=_("【%(portal)s】已为您开设账号") % {"portal": settings.PORTAL_NAME},
        body=render_to_string("emails/invitation.txt", context),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.send(invitation)


def tell_not_invited(user_id: int, asked: User | None, organization_id: int | None) -> None:
    """Tells who made the log-in that its mail did not go out, and how to send it again."""
    person = User.objects.get(pk=user_id)
    if asked is not None and not person.has_usable_password():
        organization = Organization.objects.filter(pk=organization_id).first() if organization_id else None
        context = {"username": person.username}
        link = reverse("portal:person_add")
        notifications.notify(asked, "people.not_invited", context, organization=organization, link=link)


def _invited_before(by: User, username: str, name: str, email: str) -> User | None:
    """The log-in that `by` has made with just these data, while its owner has not set a password."""
    found = User.objects.filter(username=username, name=name, email=email).first()
    if found is None or found.has_usable_password():
        return None
    return found if _invitations(found).filter(requested_by=by).exists() else None


def _order_invitation(person: User, by: User, organization: Organization) -> None:
    """One mail for each order; an order that is still under way is not doubled."""
    ordered = _invitations(person)
    if not ordered.live().exists():
        payload = {"user": person.pk, "organization": organization.pk}
        jobs.enqueue(INVITE, payload=payload, key=f"{INVITE}:{person.public_id}:{ordered.count()}", by=by)


def _invitations(person: User) -> JobQuerySet:
    return Job.objects.filter(kind=INVITE, payload__user=person.pk)


def _check(username: str, name: str, email: str) -> None:
    """Raises AccountRefusedError for the first value that cannot be taken."""
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError as error:
        raise AccountRefusedError("username", _("用户名只能由文字、数字和 @ . + - _ 组成。")) from error
    if not name:
        raise AccountRefusedError("name", _("请填写姓名，与身份证件一致。"))
    try:
        validate_email(email)
    except ValidationError as error:
        raise AccountRefusedError("email", _("电子邮箱的写法不正确，设置密码的链接将发到该邮箱。")) from error
    if User.objects.filter(username__iexact=username).exists():
        raise AccountRefusedError("username", _("该用户名已有人使用，请换一个。"))
    taken = (
        User.objects.filter(email__iexact=email).exists() or EmailAddress.objects.filter(email__iexact=email).exists()
    )
    if taken:
        raise AccountRefusedError("email", _("该邮箱已用于其他账号。本人可用该邮箱登录，或换用另一个邮箱。"))
