"""A round's own page, and the papers on it, as anybody reads them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from applications import round_plan, round_rules
from applications.fees import fee_of
from applications.models import Application, Round, RoundContent, RoundPaper
from applications.status import Status
from portal import access, clock, files
from portal.models import FileState, User
from rules import catalog


@access.public
@require_safe
def round_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Plan, papers, telephones, what to prepare, fee and grace; for who signs in, where they stand."""
    user = request.user
    visible = Round.objects.visible_to(user).select_related("committee", "office")
    round_ = get_object_or_404(visible, public_id=public_id)
    entry = catalog.get(round_.policy_id)
    mine = Application.objects.filter(applicant=user) if isinstance(user, User) else Application.objects.none()
    own = mine.filter(round=round_).exclude(status=Status.WITHDRAWN).first()
    context = {
        "round": round_,
        "content": RoundContent.objects.filter(round=round_).first(),
        "papers": round_.papers.kept().filter(file__state=FileState.CLEAN).select_related("file"),
        "entry": entry,
        "days": round_plan.days(round_),
        "documents": round_plan.documents(round_),
        "slots": round_plan.slots(),
        "preparations": round_plan.preparations(round_),
        "directions": entry.procedure.directions,
        "provisions": round_rules.provisions(round_),
        "fee": fee_of(round_),
        "own": own,
        "today": clock.today(),
    }
    return render(request, "applications/round_detail.html", context)


@access.public
@require_safe
def round_paper_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """A manual or form, for whoever sees its round."""
    seen = RoundPaper.objects.visible_to(request.user).kept().select_related("file")
    return files.response(get_object_or_404(seen, public_id=public_id).file)
