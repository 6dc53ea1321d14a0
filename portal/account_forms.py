"""The forms of log-in and sign-up, in our words, and a person's own data."""

from typing import Any

from allauth.account.forms import LoginForm as BaseLoginForm
from allauth.account.forms import SignupForm as BaseSignupForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.allauth_adapter import mobile_number
from portal.forms import PortalModelForm
from portal.models import User

MOBILE_HELP = _("11 位内地手机号码，可用于登录。")


def clean_mobile(text: str, *, owner: User | None) -> str | None:
    """The number as it is stored, None for an empty one; refuses what is no number or belongs to someone else."""
    if not text.strip():
        return None
    mobile = mobile_number(text)
    if mobile is None:
        raise ValidationError(_("手机号码应为 11 位数字，以 1 开头。请核对后重新填写。"), code="mobile")
    others = User.objects.filter(mobile=mobile)
    if owner is not None and owner.pk:
        others = others.exclude(pk=owner.pk)
    if others.exists():
        raise ValidationError(_("该手机号码已用于其他账号。请核对号码，或用该号码登录。"), code="mobile_taken")
    return mobile


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
    mobile = forms.CharField(label=_("手机号码"), required=False, max_length=20, help_text=MOBILE_HELP)
    field_order = ["username", "name", "mobile", "email", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["email"].label = _("电子邮箱")

    def clean_mobile(self) -> str | None:
        return clean_mobile(self.cleaned_data["mobile"], owner=None)

    def save(self, request: HttpRequest) -> User | None:
        """The new person; None where the e-mail address is taken already, which is told by mail alone."""
        user = super().save(request)
        if user is not None:
            user.name, user.mobile = self.cleaned_data["name"], self.cleaned_data["mobile"]
            user.save(update_fields=["name", "mobile"])
        return user


class ProfileForm(PortalModelForm):
    """What people keep up to date themselves."""

    mobile = forms.CharField(label=_("手机号码"), required=False, max_length=20, help_text=MOBILE_HELP)

    class Meta:
        model = User
        fields = ["name", "mobile"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["mobile"].widget.attrs = {"autocomplete": "tel", "inputmode": "tel"}

    def clean_mobile(self) -> str | None:
        return clean_mobile(self.cleaned_data["mobile"], owner=self.instance)
