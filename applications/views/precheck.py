"""The pre-check: every clause with the figures used and what would mend it. It advises; people decide."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from applications import services
from applications.models import Application
from applications.precheck_page import panel_of
from applications.reading import title_applied_for, title_of
from applications.records import NOTHING
from applications.sections import of_kind
from applications.views.outlook import beside_of, ways_of
from applications.views.own import own_application, way_to
from portal import access
from rules import catalog
from rules.dossier import DossierError


@access.signed_in
@require_GET
def precheck(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the rules find of the records as they stand now; with `?beside` other levels and policies beside it."""
    application = own_application(request, public_id)
    context = {
        "application": application,
        "title": title_applied_for(application),
        "crumbs": way_to(application),
        "source": catalog.get(application.round.policy_id).source,
    }
    try:
        dossier = services.dossier_now(application)
        result = services.precheck(application, dossier=dossier)
    except DossierError as error:
        context["fault"] = _("有内容无法识别（%(place)s），请核对该项后再预检。") % {"place": error.place}
    else:
        context |= {
            "result": result,
            "panel": panel_of(result, _names(application)),
            "ways": ways_of(application, dossier),
            "beside": beside_of(application, dossier) if "beside" in request.GET else None,
        }
    return render(request, "applications/precheck.html", context)


def _names(application: Application) -> dict[str, str]:
    """The chosen records by id, in words."""
    items = application.items.kept().exclude(kind=NOTHING)
    return {
        str(item.public_id): title_of(of_kind(item.kind).part(item.kind), item.facts, item.details) for item in items
    }
