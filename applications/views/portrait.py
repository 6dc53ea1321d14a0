"""A person's own portrait: a picture chosen, framed and cut to size on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import portrait_rules, services
from applications.errors import ActError
from applications.forms.portrait import PortraitForm
from applications.views.acts import INVALID
from portal import access, files
from portal.access import person


@access.signed_in
@require_http_methods(["GET", "POST"])
def portrait(request: HttpRequest) -> HttpResponse:
    """The portrait as it is, and the form for another one. `?next=` leads back afterwards."""
    user = person(request)
    onward = _onward(request)
    form = PortraitForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_portrait(by=user, upload=form.cleaned_data["picture"], frame=form.frame)
        except (files.Refused, ActError) as refused:
            form.add_error("picture", str(refused))
        else:
            messages.success(request, _("照片已裁好并保存，正在检查，通常几秒内完成。"))
            return redirect(onward or request.path)
    width, height = portrait_rules.least()
    context = {
        "form": form,
        "piece": services.portrait_of(user),
        "next": onward,
        "back": onward or reverse("applications:archive_section_detail", args=["basics"]),
        "width": width,
        "height": height,
    }
    return render(request, "applications/portrait.html", context, status=INVALID if form.is_bound else 200)


def _onward(request: HttpRequest) -> str:
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else ""
