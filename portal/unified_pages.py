"""What people read when a log-in through the identity provider does not go through."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from portal import error_text

log = logging.getLogger("portal.unified")


def unknown(request: HttpRequest, *, signup_open: bool) -> HttpResponse:
    """The provider knows the person, we do not."""
    return render(request, "account/unified_unknown.html", {"open": signup_open}, status=403)


def failed(request: HttpRequest, *, exception: Exception | None = None, cancelled: bool = False) -> HttpResponse:
    """The provider is away (502), the person turned back, or what came does not hold (400)."""
    away = isinstance(exception, RequestException)
    if exception is not None:
        log.warning("unified log-in failed: %s", error_text.told(exception))
    context = {"away": away, "cancelled": cancelled}
    status = 502 if away else 200 if cancelled else 400
    return render(request, "account/unified_failed.html", context, status=status)
