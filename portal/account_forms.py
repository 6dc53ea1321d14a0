"""The forms of log-in and sign-up, in our words, and a person's own data."""

from typing import Any

from allauth.account.forms import LoginForm as BaseLoginForm
from allauth.account.forms import SignupForm as BaseSignupForm
from allauth.account.forms import VerifyPhoneForm as BaseVerifyPhoneForm
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTOTPForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalModelForm
from portal.models import User


class LoginForm(BaseLoginForm):
    """Log-in by user name, mobile number or e-mail."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("用户名、手机号或电子邮箱")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autocapitalize": "off", "spellcheck": "false"}
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""
        self.fields.pop("remember", None)


class SignupForm(BaseSignupForm):
    """Sign-up: the real name and the mobile number belong to it."""

    use_required_attribute = False
    name = forms.CharField(label=_("姓名"), max_length=60, help_text=_("与身份证件一致。"))
    field_order = ["username", "name", "phone", "email", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["email"].label = _("电子邮箱")

    def save(self, request: HttpRequest) -> User:
        user: User = super().save(request)
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        return user


class _OneTimeCode:
    """Calls the code what the mails and the authenticator call it."""

    use_required_attribute = False
    code_label = _("验证码")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.label = self.code_label
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs |= {"autocomplete": "one-time-code", "autofocus": True}


class VerifyPhoneForm(_OneTimeCode, BaseVerifyPhoneForm):
    """The code sent to a mobile number."""


class ActivateTOTPForm(_OneTimeCode, BaseActivateTOTPForm):
    """The first code of a new authenticator."""


class AuthenticateForm(_OneTimeCode, BaseAuthenticateForm):
    """The second step of the log-in."""

    code_label = _("验证码或恢复码")


class ReauthenticateForm(_OneTimeCode, BaseReauthenticateForm):
    """Proof of the person before an act on the log-in itself."""


class ProfileForm(PortalModelForm):
    """What people keep up to date themselves; mobile number and e-mail address are proved on pages of their own."""

    class Meta:
        model = User
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].help_text = _(
            "与身份证件上的姓名完全一致；外籍人员按证件上的写法。评审表和证书用这个姓名。"
        )
