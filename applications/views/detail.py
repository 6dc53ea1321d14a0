"""Pages that several roles open: the application itself, and evidence."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from applications.models import Application, Evidence
from portal import access, files


@access.signed_in
def application_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The application as this person may see it; each role is led to its own page."""
    application = get_object_or_404(Application.objects.visible_to(request.user).with_names(), public_id=public_id)
    return render(request, "applications/application_detail.html", {"application": application})


@access.signed_in
def evidence_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A piece of evidence, as a download or (`?preview`) sandboxed in the page."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("file"), public_id=public_id)
    return files.response(evidence.file, inline="preview" in request.GET)  # type: ignore[return-value]
