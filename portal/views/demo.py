"""The acts of the demonstration's bar. Every one is a POST; the routes exist only with DEMO."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal import access, clock, demo_bar
from portal.demo import PERSONAS
from portal.models import User
from portal.templatetags.portal_tags import cn_datetime

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
    return render(request, "portal/components.html", _samples())


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _way_back(request: HttpRequest) -> str:
    """The page the bar stood on, if it is one of ours."""
    path = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if ours else "portal:home"


def _samples() -> dict[str, object]:
    today = clock.today()
    kinds = {0: "first", 7: "last"}
    notice_days = [
        {
            "day": today + timedelta(days=offset),
            "kind": kinds.get(offset) or ("rest" if (today + timedelta(days=offset)).weekday() >= 5 else "work"),
            "today": offset == 2,
        }
        for offset in range(8)
    ]
    return {
        "badges": [("草稿", "neutral"), ("逐级审核", "info"), ("退回补正", "warning"), ("评审通过", "success"), ("不予受理", "danger")],
        "stages": [
            {"name": "填报提交", "state": "done", "date": today - timedelta(days=9), "holder": "林申报"},
            {"name": "单位审核推荐", "state": "done", "date": today - timedelta(days=2), "holder": "津能示范电池有限公司"},
            {"name": "主管部门审核", "state": "current", "date": today, "holder": "赵主管", "note": "须在 5 日内办结"},
            {"name": "评审办受理", "state": "waiting"},
            {"name": "专家评审", "state": "waiting"},
            {"name": "结果公示", "state": "waiting"},
            {"name": "发证", "state": "waiting"},
        ],
        "notice_days": notice_days,
        "fields": [("姓名", "林申报"), ("工作单位", "津能示范电池有限公司"), ("申报层级", "高级工程师"), ("备注", "")],
        "events": [
            {"when": clock.now(), "who": "王人事", "what": "推荐上报", "note": "公示期满，无异议。"},
            {"when": clock.now() - timedelta(days=9), "who": "林申报", "what": "提交申报"},
        ],
        "last_day": today + timedelta(days=12),
    }
