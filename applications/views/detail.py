"""The application's own page, for every role that may see it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from applications import corrections, dossiers, services, stages, transitions
from applications.history import events
from applications.models import Application
from applications.moves import STEP_PERMISSION
from applications.progress import progress
from applications.querysets import may_know_result
from applications.reading import chapters, claims_of, direction_of, title_applied_for
from applications.status import Status
from applications.views.dossier import note_observation
from applications.views.own import MINE, seen
from applications.views.steps import way_to
from applications.way import read_way
from applications.what_next import what_comes_next
from portal import access
from portal.access import person
from portal.models import User


@access.signed_in
@require_GET
def application_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where it stands, what it says, what happened. The applicant's task list while it lies with them."""
    user = person(request)
    application = seen(user, public_id)
    mine = application.applicant_id == user.pk
    read_way(application, persons=not mine)
    may_know = may_know_result(user, application)
    note_observation(user, application)
    track = stages.track(application)
    context = {
        "application": application,
        "mine": mine,
        "title": title_applied_for(application),
        "direction": direction_of(application),
        "claims": claims_of(application),
        "stages": track,
        "next": what_comes_next(application, track) if mine else "",
        "events": events(application, for_applicant=mine, with_result=may_know),
        "may_know_result": may_know,
        "crumbs": [(MINE, reverse("applications:application_list"))] if mine else way_to(request, application)[:-1],
        "here": application.round.name if mine else application.applicant.name,
        "widens": _may_widen(application, user),
        "returns": [] if mine and application.is_editable else corrections.answered(application.steps.all()),
        "moves": {move.name for move in transitions.available(application, user)},
    }
    return render(request, "applications/application_detail.html", context | _body(application, user))


def _may_widen(application: Application, user: User) -> bool:
    """Whether the return that is being mended is this officer's to add to."""
    if application.status != Status.RETURNED or application.applicant_id == user.pk:
        return False
    asked = corrections.mending(application)
    return asked is not None and bool(access.decide(user, STEP_PERMISSION[asked.step.kind], asked.step.organization))


def _body(application: Application, user: User) -> dict[str, object]:
    """The task list for the applicant who fills in; for everybody else the content as it was submitted."""
    if application.applicant_id == user.pk and application.is_editable:
        shown = progress(application)
        return {"progress": shown, "matters_open": services.matters_open(application, shown.asked)}
    if application.snapshot is None:
        return {"chapters": chapters(dossiers.chosen(application))}
    return {"chapters": chapters(dossiers.submitted(application.snapshot)), "snapshot": application.snapshot}
