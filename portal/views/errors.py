"""Error pages: what happened, why, what to do, and the number of the request for whoever helps."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE, REASON_NO_REFERER
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from portal import request_id
from portal.access import Forbidden
from portal.content_store import DamagedError, StorageError
from portal.files import NotAvailable

TOO_LARGE = ("RequestDataTooBig", "TooManyFilesSent", "TooManyFieldsSent")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 where what was sent is too large."""
    if type(exception).__name__ in TOO_LARGE:
        return too_large(request)
    return render(request, "400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    return render(request, "413.html", status=413)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason, where our own code gave one."""
    reason = str(exception) if isinstance(exception, Forbidden | NotAvailable) else ""
    return render(request, "403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; says the same whether the thing is missing or not visible to the person."""
    del exception
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; rendered without request, session, database or context processors, any of which may be what broke."""
    del request
    page = loader.get_template("500.html").render({"request_id": request_id.current()})
    return HttpResponse(page, status=500)


def storage_failure(request: HttpRequest, exception: StorageError) -> HttpResponse:
    """503 when a file cannot be fetched from where it is kept."""
    damaged = isinstance(exception, DamagedError)
    response = render(request, "503.html", {"damaged": damaged}, status=503)
    if not damaged:
        response["Retry-After"] = "60"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token, most often a page that was left open overnight."""
    why = (
        _("浏览器未发送本站所需的 Cookie 或来源信息。")
        if reason in {REASON_NO_CSRF_COOKIE, REASON_NO_REFERER}
        else _("页面打开时间过长，或您在另一窗口重新登录过，表单中的安全凭证已失效。")
    )
    return render(request, "403_csrf.html", {"why": why, "back": request.path}, status=403)
