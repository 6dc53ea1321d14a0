"""The pre-check of the archive itself, between rounds: any policy, any of its levels, any day. Nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from applications import dossiers
from applications.models import ArchiveItem
from applications.panel import Panel
from applications.precheck_page import panel_of
from applications.reading import title_of
from applications.records import NOTHING
from applications.sections import of_kind
from applications.self_check.policy_form import PolicyForm
from applications.self_check.state import State
from applications.views.acts import INVALID
from applications.views.desk import ARCHIVE, Desk
from portal import access, clock
from portal.access import person
from portal.models import User
from rules import engine
from rules.dossier import DossierError


@access.signed_in
@require_GET
def archive_check(request: HttpRequest) -> HttpResponse:
    """What the rules find of everything that the archive holds, by the policy and level chosen (`?choice=`)."""
    desk, today = Desk(person(request)), clock.today()
    form = PolicyForm(request.GET if "choice" in request.GET else None, state=State(), today=today)
    context = {"form": form, "crumbs": [(ARCHIVE, desk.home)], "back": desk.home}
    if form.is_bound and form.is_valid():
        try:
            context["panel"] = _panel(desk.owner, form)
        except DossierError as error:
            context["fault"] = _("有内容无法识别（%(place)s），请核对该项后再预检。") % {"place": error.place}
    status = INVALID if form.is_bound and form.errors else 200
    return render(request, "applications/archive_check.html", context, status=status)


def _panel(owner: User, form: PolicyForm) -> Panel:
    said, today = form.cleaned_data, clock.today()
    policy, _slash, level = said["choice"].partition("/")
    chosen = State(policy=policy, level=level, as_of=said["as_of"], opened=said["opened"])
    region = chosen.entry.policy.specialty.region
    dossier = dossiers.read(dossiers.before_filing(owner, region=region))
    day, opened = chosen.day(today), chosen.opening(today)
    return panel_of(engine.judge(policy, level, dossier, as_of=day, opened=opened), _names(owner))


def _names(owner: User) -> dict[str, str]:
    """The person's records by id, in words."""
    items = ArchiveItem.objects.visible_to(owner).kept().filter(owner=owner).exclude(kind=NOTHING)
    return {
        str(item.public_id): title_of(of_kind(item.kind).part(item.kind), item.facts, item.details) for item in items
    }
