"""Lists of applications for staff: what waits for me first, filtered by name and status, 25 a page."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application, ApprovalStep, Round, StepState
from applications.status import Status
from applications.views.acts import person
from portal import access
from portal.forms import PortalForm
from portal.models import Organization
from portal.roles import Permission

PAGE = 25


class FilterForm(PortalForm):
    """Which applications: those that wait for me, or all; by name or number, status, round."""

    scope = forms.ChoiceField(label=_("范围"), choices=[("", _("全部")), ("waiting", _("待我办理"))], required=False)
    q = forms.CharField(label=_("姓名或编号"), required=False, max_length=60)
    status = forms.ChoiceField(label=_("状态"), required=False)
    round = forms.ModelChoiceField(
        label=_("批次"), queryset=Round.objects.none(), required=False, to_field_name="public_id", empty_label=_("全部")
    )

    def __init__(self, *args: Any, rounds: QuerySet[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            select = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if select else "form-control"
            field.label_suffix = ""
        status, chosen = self.fields["status"], self.fields["round"]
        submitted = [one for one in Status if one is not Status.DRAFT]
        if isinstance(status, forms.ChoiceField):
            status.choices = [("", _("全部")), *((one.value, one.face.label) for one in submitted)]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = rounds

    def chosen(self, rows: QuerySet[Application]) -> QuerySet[Application]:
        """The rows that were asked for; what cannot be read filters nothing."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("scope") == "waiting":
            rows = rows.filter(waits=True)
        if asked.get("status"):
            rows = rows.filter(status=asked["status"])
        if asked.get("round"):
            rows = rows.filter(round=asked["round"])
        if words := asked.get("q", "").strip():
            rows = rows.filter(Q(applicant__name__icontains=words) | Q(number__icontains=words))
        return rows


def list_page(
    request: HttpRequest,
    rows: QuerySet[Application],
    *,
    permission: Permission | None,
    title: str | Promise,
    **more: Any,
) -> HttpResponse:
    """A page of the rows, what waits for this person on top, then the latest filed.

    `permission` is the one a waiting step asks for; without it nothing waits (the watch).
    """
    user = person(request)
    held = access.organizations_with(user, permission) if permission else Organization.objects.none()
    open_here = ApprovalStep.objects.filter(application=OuterRef("pk"), state=StepState.OPEN, organization__in=held)
    standing = rows.annotate(waits=Exists(open_here))
    form = FilterForm(request.GET, rounds=Round.objects.filter(pk__in=rows.order_by().values("round")))
    at = Prefetch(
        "steps",
        queryset=ApprovalStep.objects.filter(state=StepState.OPEN).select_related("organization"),
        to_attr="open_steps",
    )
    shown = form.chosen(standing).with_names().prefetch_related(at).order_by("-waits", "-submitted_at", "-pk")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "title": title, "waiting": permission is not None, **more}
    return render(request, "applications/dossier_list.html", context)
