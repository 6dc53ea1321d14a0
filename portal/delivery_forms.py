"""The forms of the pages about mail: which deliveries to show, and why one is held back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.forms import ConfirmForm, PortalForm
from portal.models.message import DeliveryQuerySet, DeliveryState


class DeliveryFilterForm(PortalForm):
    """Which deliveries: by how they stand, by the recipient's name or the title."""

    STATES = (
        ("", _("全部")),
        ("failed", _("发送失败，待处理")),
        ("waiting", _("等待发送")),
        ("held", _("暂缓发送")),
        ("sent", _("已发送")),
    )
    state = forms.ChoiceField(label=_("状态"), choices=STATES, required=False)
    q = forms.CharField(label=_("收件人或标题"), required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name == "state" else "form-control"
            field.label_suffix = ""

    def chosen(self, rows: DeliveryQuerySet, *, readable: Iterable[int]) -> DeliveryQuerySet:
        """The rows that were asked for. Words are looked for only in mail whose text the person may read."""
        self.is_valid()
        match self.cleaned_data.get("state"):
            case "failed":
                rows = rows.failed_for_good()
            case "waiting":
                rows = rows.on_the_way()
            case "held":
                rows = rows.filter(state=DeliveryState.HELD)
            case "sent":
                rows = rows.filter(state=DeliveryState.SENT)
        if words := self.cleaned_data.get("q", "").strip():
            found = Q(message__recipient__name__icontains=words) | Q(message__subject__icontains=words)
            rows = rows.filter(found, message__organization__in=list(readable))
        return rows


class HoldForm(ConfirmForm):
    """Why a mail is held back; colleagues read it, and it stands in the audit log."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, reason_required=True, reason_label=gettext("暂缓理由"), **kwargs)
        self.fields["reason"].help_text = _("其他经办人会看到，也记入审计。")
