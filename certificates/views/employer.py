"""The employer seals the papers and puts them into the personnel file (27号 六(四))."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applications.errors import ActError
from certificates.forms import ArchivingForm
from certificates.models import Certificate
from certificates.services import record_archiving
from portal import access, refusals
from portal.access import person
from portal.roles import Permission

PAGE_SIZE = 30


@access.holds(Permission.RECOMMEND)
@require_GET
def archiving_list(request: HttpRequest) -> HttpResponse:
    units = access.organizations_with(request.user, Permission.RECOMMEND)
    found = Certificate.objects.visible_to(request.user).filter(application__employer__in=units).with_papers()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "certificates/archiving_list.html", {"page": page})


@access.holds(Permission.RECOMMEND)
@require_http_methods(["GET", "POST"])
def archiving_record(request: HttpRequest, public_id: UUID) -> HttpResponse:
    visible = Certificate.objects.visible_to(request.user).with_papers().select_related("application__employer")
    certificate = get_object_or_404(visible, public_id=public_id)
    access.require(request.user, Permission.RECOMMEND, certificate.application.employer)
    form = ArchivingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_archiving(certificate=certificate, by=person(request), **form.cleaned_data)
        except ActError as reason:
            refusals.note_answer(str(reason))
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("已登记盖章归档。"))
            return redirect("certificates:archiving_list")
    return render(request, "certificates/archiving_record.html", {"certificate": certificate, "form": form})
