"""Middleware of the portal itself."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal import clock, refusals, request_id


class Arrival:
    """Notes when a request came in. A deadline asks that: what was sent in time is not late because others went first.

    The moment is when a process took the request up; what waited in front of it is not seen from here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with clock.arriving():
            return self.get_response(request)


class Language:
    """Says the one language once a request; where it is not said, every word and every address looks for it anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            return self.get_response(request)


class RequestId:
    """Gives every request a number that logs, audit entries and error pages share."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = secrets.token_hex(8)
        request_id.set_current(number)
        try:
            response = self.get_response(request)
        finally:
            request_id.set_current("")
        response["X-Request-Id"] = number
        return response


class NoNulls:
    """Turns away an address or a form with a NUL in it: no keyboard makes one, and PostgreSQL stores none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        sent = [*request.GET.lists(), *request.POST.lists()]
        if any("\0" in text for name, texts in sent for text in (name, *texts)):
            raise BadRequest


class AuditRefusals:
    """Writes what was refused during a request into the audit log, after the refused act has been rolled back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusals.begin(request)
        try:
            return self.get_response(request)
        finally:
            refusals.write()

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Notes a person turned away from a page or an act; anonymous visitors are sent to log in, not refused."""
        del request
        if isinstance(exception, PermissionDenied):
            refusals.note_answer(str(exception))
