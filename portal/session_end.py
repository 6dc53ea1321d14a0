"""When the session ends, so that a page can warn before typed work is lost."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal import clock

RENEWED_AT = "renewed_at"
# Writing the session row with every request would double the cost of a page; this often is enough.
RENEW_AFTER = 60


def renew(request: HttpRequest) -> None:
    """Starts the session's full time anew."""
    request.session[RENEWED_AT] = int(clock.machine_now().timestamp())


def seconds_left(request: HttpRequest) -> int:
    """Seconds until the session ends, at the least; 0 for those who are not signed in."""
    if not request.user.is_authenticated:
        return 0
    used = int(clock.machine_now().timestamp()) - int(request.session.get(RENEWED_AT, 0))
    return max(0, settings.SESSION_COOKIE_AGE - used)


class RollingSession:
    """Renews a session that is in use, at most once in RENEW_AFTER seconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and seconds_left(request) < settings.SESSION_COOKIE_AGE - RENEW_AFTER:
            renew(request)
        return self.get_response(request)
