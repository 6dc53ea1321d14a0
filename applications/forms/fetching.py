"""What connectors need of the person: their consent to each, and a code where one goes by it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.connectors import Connector
from applications.connectors.codes import CodeError, check, check_expiry
from portal import clock
from portal.forms import DayField, PortalForm


class FetchForm(PortalForm):
    """Args: connector: whom the consent names."""

    code = forms.CharField(
        label=gettext_lazy("学信网在线验证码"), max_length=40, help_text=gettext_lazy("12 位或 16 位字母和数字。")
    )
    expires_on = DayField(label=gettext_lazy("验证码有效期至"))
    consented = forms.BooleanField()

    def __init__(self, *args: Any, connector: Connector, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not connector.needs_code:
            del self.fields["code"], self.fields["expires_on"]
        told = _("我同意本系统为职称申报向%(source)s查询我的这项信息，并存入我的业绩档案")
        self.fields["consented"].label = told % {"source": connector.source}
        self.fields["consented"].error_messages["required"] = _("请先勾选同意，再获取。")

    def clean_code(self) -> str:
        return _checked(check, self.cleaned_data["code"])

    def clean_expires_on(self) -> Any:
        return _checked(check_expiry, self.cleaned_data["expires_on"], clock.today())


class FetchAllForm(PortalForm):
    """Consent to each question by itself; nothing is ticked beforehand."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("我同意本系统为职称评审向下列各方查询我的信息，并存入我的业绩档案"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请先勾选同意查询的部门，再获取。")},
    )

    def __init__(self, *args: Any, asked: Iterable[Connector], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.kind, f"{one.source}：{one.action}") for one in asked]
        self.fields["kinds"].choices = choices  # type: ignore[attr-defined]


def _checked(checking: Any, *values: Any) -> Any:
    try:
        return checking(*values)
    except CodeError as error:
        raise forms.ValidationError(str(error)) from None
