"""Those who may not apply in the region: the list, entering one, lifting one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from applications import services
from applications.ban_grounds import grounds
from applications.errors import ActError
from applications.forms.ban import BanForm, LiftForm
from applications.models import Application, Ban
from applications.services.bans import Named
from applications.views.acts import CONFLICT, INVALID, Question, ask, reasons_of
from portal import access, clock
from portal.access import person
from portal.forms import PortalForm
from portal.models import User
from portal.roles import Permission

PAGE = 25
BANS = gettext_lazy("不得申报名单")


@access.holds(Permission.MANAGE_BAN)
@require_safe
def ban_list(request: HttpRequest) -> HttpResponse:
    """The region's bans, those that stand first; `q` finds a name."""
    rows = Ban.objects.visible_to(request.user).select_related("organization", "entered_by", "lifted_by")
    asked = request.GET.get("q", "").strip()
    scope = request.GET.get("scope", "standing")
    if asked:
        rows = rows.filter(name__icontains=asked)
    if scope != "all":
        rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()), lifted_at__isnull=True)
    page = Paginator(rows.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "applications/ban_list.html",
        {"page": page, "asked": asked, "scope": scope, "liftable": _liftable(person(request))},
    )


@access.holds(Permission.MANAGE_BAN)
def ban_add(request: HttpRequest) -> HttpResponse:
    """Entering one: by name and document, or for the applicant of an application (`?application=`)."""
    user = person(request)
    organizations = access.organizations_with(user, Permission.MANAGE_BAN).order_by("pk")
    known = _applicant(user, request.GET.get("application", ""))
    region = organizations[0].region
    form = BanForm(
        request.POST if request.method == "POST" else None,
        grounds=grounds(region),
        organizations=organizations,
        known=known,
    )
    refusals: list[str] = []
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                ban = _enter(form, known, user)
            except ActError as refused:
                refusals, status = reasons_of(refused), CONFLICT
            else:
                messages.success(request, _("已登记“%(name)s”不得申报。") % {"name": ban.name})
                return redirect("applications:ban_list")
    context = {"form": form, "known": known, "refusals": refusals}
    return render(request, "applications/ban_add.html", context, status=status)


@access.holds(Permission.MANAGE_BAN)
def ban_lift(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user = person(request)
    ban = get_object_or_404(
        Ban.objects.visible_to(user).select_related("organization", "region", "user"), public_id=public_id
    )
    if not services.may_lift(ban, user):
        raise access.Forbidden(_("只有登记单位“%(name)s”和本地区职称办可以解除。") % {"name": ban.organization.name})

    def act(form: PortalForm) -> str:
        services.lift_ban(ban=ban, reason=form.cleaned_data["reason"], by=user)
        return _("已解除“%(name)s”的登记。") % {"name": ban.name}

    listed = reverse("applications:ban_list")
    question = Question(
        title=_("解除登记：%(name)s") % {"name": ban.name},
        submit=_("解除登记"),
        back=listed,
        crumbs=[(BANS, listed)],
        consequences=[
            _("原登记：%(term)s，依据 %(clause)s。") % {"term": ban.get_term_display(), "clause": ban.clause},
            _("解除即时生效，本人可以重新申报；原登记和解除理由留存备查。"),
        ],
        tone="danger",
    )
    return ask(request, question, act, form=LiftForm)


def _enter(form: BanForm, known: User | None, by: User) -> Ban:
    given = form.cleaned_data
    named = (
        Named(name=known.name, user=known)
        if known is not None
        else Named(name=given["name"], kind=given["kind"], number=given["number"])
    )
    return services.enter_ban(
        person=named,
        organization=given["organization"],
        ground=given["ground"],
        term=given["term"],
        year=given["year"],
        reason=given["reason"],
        by=by,
    )


def _applicant(user: User, public_id: str) -> User | None:
    """The applicant of an application that one sees; None where none is named."""
    if not public_id:
        return None
    try:
        wanted = UUID(public_id)
    except ValueError as wrong:
        raise Http404 from wrong
    seen = Application.objects.visible_to(user).exclude(applicant=user).select_related("applicant")
    return get_object_or_404(seen, public_id=wanted).applicant


def _liftable(user: User) -> set[int]:
    """The keys of the organisations whose entries the person may lift; the title office, of all the region's."""
    held = access.organizations_with(user, Permission.MANAGE_BAN)
    keys = set(held.values_list("pk", flat=True))
    roots = held.filter(kind="title_office").values_list("root", flat=True)
    return keys | set(Ban.objects.filter(region__in=roots).values_list("organization", flat=True))
