"""Lists of applications for staff: what waits for me first, filtered by name and status, 25 a page."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import ApprovalStep, Round, StepState
from applications.querysets import ApplicationQuerySet
from applications.status import DECIDED, UNTOLD, Status
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

    def __init__(self, *args: Any, rounds: QuerySet[Round], may_know_results: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_know_results = may_know_results
        for field in self.fields.values():
            select = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if select else "form-control"
            field.label_suffix = ""
        status, chosen = self.fields["status"], self.fields["round"]
        submitted = [one for one in Status if one is not Status.DRAFT]
        if isinstance(status, forms.ChoiceField):
            status.choices = [("", _("全部")), *((one.value, self._label(one)) for one in submitted)]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = rounds

    def _label(self, status: Status) -> Promise:
        return status.face.label if status is not Status.PASSED or self.may_know_results else UNTOLD.label

    def chosen(self, rows: ApplicationQuerySet) -> ApplicationQuerySet:
        """The rows that were asked for; what cannot be read filters nothing, and no filter tells a closed result."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("scope") == "waiting":
            rows = rows.filter(Q(waits=True))
        if asked.get("status"):
            rows = rows.filter(_standing(asked["status"], may_know_results=self.may_know_results))
        if asked.get("round"):
            rows = rows.filter(round=asked["round"])
        if words := asked.get("q", "").strip():
            rows = rows.filter(Q(applicant__name__icontains=words) | Q(number__icontains=words))
        return rows


def _standing(status: str, *, may_know_results: bool) -> Q:
    """Where `passed` stands for every result that is not told yet, unless the results may be known."""
    if may_know_results or status not in DECIDED:
        return Q(status=status)
    if status == Status.PASSED:
        return Q(status__in=DECIDED, result_told_at__isnull=True)
    return Q(status=status, result_told_at__isnull=False)


def list_page(
    request: HttpRequest,
    rows: ApplicationQuerySet,
    *,
    permission: Permission | None,
    title: str | Promise,
    may_know_results: bool = False,
    **more: Any,
) -> HttpResponse:
    """A page of the rows, what waits for this person on top, then the latest filed.

    `permission` is the one a waiting step asks for; without it nothing waits (the watch). `may_know_results`: the list
    of those who see what meetings decided before it is published.
    """
    user = person(request)
    held = access.organizations_with(user, permission) if permission else Organization.objects.none()
    open_here = ApprovalStep.objects.filter(application=OuterRef("pk"), state=StepState.OPEN, organization__in=held)
    standing = rows.annotate(waits=Exists(open_here))
    rounds = Round.objects.filter(pk__in=rows.order_by().values("round"))
    form = FilterForm(request.GET, rounds=rounds, may_know_results=may_know_results)
    at = Prefetch(
        "steps",
        queryset=ApprovalStep.objects.filter(state=StepState.OPEN).select_related("organization"),
        to_attr="open_steps",
    )
    shown = form.chosen(standing).with_names().prefetch_related(at).order_by(F("waits").desc(), "-submitted_at", "-pk")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "title": title,
        "waiting": permission is not None,
        "may_know_results": may_know_results,
        **more,
    }
    return render(request, "applications/dossier_list.html", context)
