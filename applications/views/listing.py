"""Lists of applications for staff: what waits for me first, filtered by name and status, 25 a page."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, FilteredRelation, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application, StepState
from applications.querysets import ApplicationQuerySet
from applications.status import DECIDED, UNTOLD, Status
from portal import access
from portal.access import person
from portal.forms import PlainSelect, PortalForm
from portal.roles import Permission

PAGE = 25
LATEST = ("-submitted_at", "-pk")


class FilterForm(PortalForm):
    """Which applications: those that wait for me, or all; by name or number, status, round."""

    scope = forms.ChoiceField(
        label=_("范围"), choices=[("", _("全部")), ("waiting", _("待我办理"))], required=False, widget=PlainSelect
    )
    q = forms.CharField(label=_("姓名或编号"), required=False, max_length=60)
    status = forms.ChoiceField(label=_("状态"), required=False, widget=PlainSelect)
    round = forms.ChoiceField(label=_("批次"), required=False, widget=PlainSelect)

    def __init__(
        self, *args: Any, rounds: Iterable[tuple[UUID, str, int]], may_know_results: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.may_know_results = may_know_results
        for field in self.fields.values():
            select = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if select else "form-control"
            field.label_suffix = ""
        submitted = [one for one in Status if one is not Status.DRAFT]
        self._offer("status", ((one.value, self._label(one)) for one in submitted))
        self._offer("round", ((str(key), name) for key, name, _names in rounds))

    def _offer(self, name: str, choices: Iterable[tuple[str, str | Promise]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("全部")), *choices]

    def _label(self, status: Status) -> Promise:
        return status.face.label if status is not Status.PASSED or self.may_know_results else UNTOLD.label

    @property
    def narrows(self) -> bool:
        """Whether anything was asked for."""
        return not self.is_valid() or any(self.cleaned_data.values())

    def chosen(self, rows: ApplicationQuerySet) -> ApplicationQuerySet:
        """The rows that were asked for; what cannot be read filters nothing, and no filter tells a closed result."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("scope") == "waiting":
            rows = rows.filter(Q(waits=True))
        if asked.get("status"):
            rows = rows.filter(_standing(asked["status"], may_know_results=self.may_know_results))
        if asked.get("round"):
            rows = rows.filter(round__public_id=asked["round"])
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
    held = access.held_in(user, permission) if permission else set()
    rounds = list(
        rows.values_list("round__public_id", "round__name")
        .annotate(names=Count("pk"))
        .order_by("-round__year", "round__applicant_closes_on", "round")
    )
    form = FilterForm(request.GET, rounds=rounds, may_know_results=may_know_results)
    # Where nothing can wait there is nothing to put on top, and PostgreSQL orders by no constant.
    order = (F("waits").desc(), *LATEST) if held else LATEST
    chosen = form.chosen(_with_step(rows, held)).order_by(*order)
    paginator = Paginator(chosen, PAGE)
    if not form.narrows:
        paginator.count = sum(names for _id, _name, names in rounds)
    page = paginator.get_page(request.GET.get("page"))
    # The database sorts keys alone, and fetches the rest for the one page.
    first = PAGE * (page.number - 1)
    shown = Application.objects.filter(pk__in=chosen.values("pk")[first : first + PAGE])
    in_full = _with_step(shown, held).with_names().order_by(*order)
    # The stubs do not know that a join by condition may be followed.
    page.object_list = in_full.select_related("open_step__organization")  # type: ignore[misc]
    context = {
        "page": page,
        "form": form,
        "title": title,
        "waiting": permission is not None,
        "may_know_results": may_know_results,
        **more,
    }
    return render(request, "applications/dossier_list.html", context)


def _with_step(rows: ApplicationQuerySet, held: set[int]) -> ApplicationQuerySet:
    """The rows with their open step, if any, and whether it `waits` for one of these organisations."""
    # An application has one open step at the most, so that joining it gives no row twice.
    at = FilteredRelation("steps", condition=Q(steps__state=StepState.OPEN))
    waits = Case(When(open_step__organization__in=held, then=True), default=False)
    return rows.annotate(open_step=at).annotate(waits=waits)
