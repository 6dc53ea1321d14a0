"""Pages with a way out: for a bare status of Django or a server setting, and for a file storage that fails."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.content_store import StorageError
from portal.views import errors

log = logging.getLogger("portal.files")

BARE = {405: "405.html", 413: "413.html", 429: "429.html"}


class BareStatusPages:
    """Fills an empty 405, 413 or 429 for people in a browser; programs get the bare status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        empty = not response.streaming and not response.content
        if response.status_code not in BARE or not empty or not request.accepts("text/html"):
            return response
        page = render(request, BARE[response.status_code], status=response.status_code)
        if response.has_header("Allow"):
            page["Allow"] = response["Allow"]
        return page


class StorageFailurePages:
    """Says that a file cannot be had now, where a view wanted its bytes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, StorageError):
            return None
        log.error("stored file not available", exc_info=exception)
        return errors.storage_failure(request, exception)
