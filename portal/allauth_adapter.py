"""How people log in and sign up: user name, mobile number or e-mail; sign-up as the region's setting says."""

import re
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal import sign_up, sms
from portal.models import User

# A number typed at sign-up waits here until its owner has proved it; only proved numbers are stored.
PENDING_KEY = "pending_mobile"

MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")


def mobile_number(text: str) -> str | None:
    """The eleven digits of a mainland mobile number, written with or without +86, blanks and hyphens; else None."""
    match = MOBILE.fullmatch(re.sub(r"[\s-]", "", text))
    return match[1] if match else None


def display_name(user: User) -> str:
    """What the page header and the mails of the log-in call a person."""
    return user.get_full_name()


class AccountAdapter(DefaultAccountAdapter):
    """Our sentences and our way to find a person; the flows and throttles are allauth's."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("此账号已停用。如需恢复，请联系本单位管理员或页脚所列服务电话。"),
        "username_password_mismatch": _("账号或密码不正确。请核对后重试；忘记密码可点击“忘记密码”重新设置。"),
        "email_password_mismatch": _("账号或密码不正确。请核对后重试；忘记密码可点击“忘记密码”重新设置。"),
        "phone_password_mismatch": _("账号或密码不正确。请核对后重试；忘记密码可点击“忘记密码”重新设置。"),
        "too_many_login_attempts": _("登录失败次数过多，为保护账号已暂停尝试。请 15 分钟后再试，或重新设置密码。"),
        "incorrect_code": _("验证码不正确或已失效。请核对手机时间后输入最新的验证码。"),
        "incorrect_password": _("密码不正确，请重新输入。"),
        "email_taken": _("该电子邮箱已用于其他账号。请换用另一个邮箱，或用该邮箱登录。"),
        "phone_taken": _("该手机号码已用于其他账号。请核对号码，或用该号码登录。"),
        "same_as_current": _("新旧内容相同，无需更改。"),
        "username_taken": _("该用户名已有人使用，请换一个。"),
        "rate_limited": _("操作过于频繁，请稍候再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether people make their own log-in here; otherwise the employer makes it for them."""
        del request
        return sign_up.is_open()

    def format_email_subject(self, subject: str) -> str:
        return f"【{settings.PORTAL_NAME}】{' '.join(subject.split())}"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """A mobile number stands for its owner's user name."""
        mobile = mobile_number(credentials.get("username") or "")
        owner = User.objects.filter(mobile=mobile).values_list("username", flat=True).first() if mobile else None
        if owner is not None:
            credentials["username"] = owner
        return super().authenticate(request, **credentials)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Under what failed tries are counted: the account, by whatever name it is tried; else the name as typed."""
        del request
        typed = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
        return f"login:{_account_of(typed) or typed}"

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        """A field for a mainland mobile number; its clean value is the eleven digits."""
        kwargs.setdefault("required", True)
        return forms.CharField(
            label=_("手机号码"),
            max_length=20,
            help_text=_("11 位内地手机号码。我们会发送验证码，验证后可用于登录。"),
            validators=[_is_mobile],
            widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            required=kwargs["required"],
        )

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(mobile=mobile_number(phone)).first() if mobile_number(phone) else None

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """The proved number, else the one of this sign-up that waits for its proof."""
        if user.mobile:
            return user.mobile, True
        pending = context.request.session.get(PENDING_KEY, {}) if context.request else {}
        return (pending["mobile"], False) if pending.get("user") == str(user.public_id) else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        if verified:
            self.set_phone_verified(user, phone)
            return
        context.request.session[PENDING_KEY] = {"user": str(user.public_id), "mobile": mobile_number(phone)}

    def set_phone_verified(self, user: User, phone: str) -> None:
        user.mobile = mobile_number(phone)
        user.save(update_fields=["mobile"])

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        del user, kwargs
        text = gettext("验证码 %(code)s，15 分钟内有效。工作人员不会向您索要验证码。") % {"code": code}
        sms.send(mobile_number(phone) or phone, text)


def _account_of(name: str) -> str:
    """The public id of the account that a user name, mobile number or address leads to; empty where there is none."""
    by_address = Q(email__iexact=name) | Q(emailaddress__email__iexact=name)
    ways = (by_address, Q(username__iexact=name), Q(mobile=mobile_number(name) or name))
    found = (
        User.objects.filter(way).order_by("pk").values_list("public_id", flat=True).first() for way in ways if name
    )
    return str(next((public_id for public_id in found if public_id), ""))


def _is_mobile(text: str) -> None:
    if mobile_number(text) is None:
        raise ValidationError(_("手机号码应为 11 位数字，以 1 开头。请核对后重新填写。"), code="mobile")
