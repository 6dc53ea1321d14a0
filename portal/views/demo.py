"""The acts of the demonstration's bar. Every one is a POST; the routes exist only with DEMO."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal import access, clock, component_samples, demo_bar
from portal.chinese_dates import cn_datetime
from portal.demo import PERSONAS
from portal.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@access.public
@require_POST
def jump(request: HttpRequest) -> HttpResponse:
    """Moves business time forward to where the chosen jump leads."""
    moment = demo_bar.jump(request.POST.get("key", ""), _person(request))
    if moment is None:
        messages.warning(request, _("这一跳转目前没有目标：可能尚无公示或会议，或其日期已过。"))
    else:
        messages.success(request, _("业务时间已推进到 %(moment)s。") % {"moment": cn_datetime(clock.move_to(moment))})
    return redirect(_way_back(request))


@access.public
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Lets the people nobody plays do their part."""
    chosen = demo_bar.act(request.POST.get("key", ""), _person(request))
    if chosen is None:
        messages.warning(request, _("这一步目前无事可做。"))
    else:
        messages.success(request, chosen.run(_person(request)))
    return redirect(_way_back(request))


@access.public
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Signs in as another persona of the demonstration; nobody else's log-in opens this way."""
    username = request.POST.get("username", "")
    if username not in {persona.username for persona in PERSONAS}:
        raise Http404
    person = get_object_or_404(User, username=username)
    login(request, person, backend=BACKEND)
    messages.success(request, _("您现在是%(name)s。") % {"name": person.name})
    return redirect("portal:home")


@access.public
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the pages with sample values, for whoever writes a page."""
    return render(request, "portal/components.html", component_samples.samples())


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _way_back(request: HttpRequest) -> str:
    """The page the bar stood on, if it is one of ours."""
    path = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if ours else "portal:home"
