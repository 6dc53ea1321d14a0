"""When the shared cache (Redis) is gone: what that looks like, and the page for acts that must not go on without it.

Only throttles use the cache; everything else is in the database and goes on (ADR 0019).
"""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger("portal.cache")

RETRY_SECONDS = 60


class SharedCacheGoneError(Exception):
    """The shared cache does not answer. Raised by the cache of portal.redis_cache alone."""


def note_gone(what: str) -> None:
    log.warning("shared cache gone: %s", what)


class ClosedWithoutCache:
    """Log-in and its siblings count their attempts in the cache; where nobody counts, nobody may try.

    Whoever is logged in stays so: sessions are in the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SharedCacheGoneError):
            return None
        match = request.resolver_match
        note_gone(match.view_name if match else request.path)
        page = render(request, "503_log_in.html", status=503)
        page["Retry-After"] = str(RETRY_SECONDS)
        return page
