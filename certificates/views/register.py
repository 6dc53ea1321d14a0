"""The region's register of certificates, for the title office and the inspectors."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from certificates import numbering
from certificates.forms import RegisterForm
from certificates.models import Certificate
from portal import access
from portal.roles import Permission

PAGE_SIZE = 30


@access.holds(Permission.OBSERVE)
@require_GET
def register_list(request: HttpRequest) -> HttpResponse:
    """Every certificate of the region, newest first; `q` is a number as typed, or a name."""
    form = RegisterForm(request.GET)
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    found = Certificate.objects.visible_to(request.user)
    if form.errors:
        found = found.none()
    elif asked:
        found = found.filter(Q(holder_name=asked) | Q(number=numbering.normalise(asked) or asked))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "certificates/register_list.html", {"page": page, "asked": asked, "form": form})
