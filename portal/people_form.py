"""The forms on which log-ins are made: by an employer for its people, by a county for an enterprise's clerk."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm
from portal.models import Organization


class AccountForm(PortalForm):
    """For whom; the unit is asked where the clerk manages several. What is taken is judged by `portal.people`."""

    organization = forms.ModelChoiceField(
        label=_("单位"), queryset=Organization.objects.none(), to_field_name="public_id", empty_label=None
    )
    name = forms.CharField(label=_("姓名"), max_length=60, help_text=_("与身份证件一致。"))
    username = forms.CharField(label=_("用户名"), max_length=150, help_text=_("本人登录时使用，开设后不能更改。"))
    email = forms.EmailField(label=_("电子邮箱"), help_text=_("设置密码的链接将发到该邮箱，请核对。"))

    def __init__(self, *args: Any, managed: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = managed
        field.initial = managed.first()


class EnterpriseForm(PortalForm):
    """An enterprise and its first clerk. What is taken is judged by `portal.units`."""

    body = forms.ModelChoiceField(
        label=_("主管部门"), queryset=Organization.objects.none(), to_field_name="public_id", empty_label=None
    )
    unit = forms.CharField(label=_("单位全称"), max_length=120, help_text=_("与营业执照一致。"))
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18)
    name = forms.CharField(label=_("单位经办人姓名"), max_length=60, help_text=_("与身份证件一致。"))
    username = forms.CharField(label=_("经办人用户名"), max_length=150, help_text=_("登录时使用，开设后不能更改。"))
    email = forms.EmailField(label=_("经办人电子邮箱"), help_text=_("设置密码的链接将发到该邮箱，请核对。"))

    def __init__(self, *args: Any, bodies: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = bodies
        field.initial = bodies.first()
