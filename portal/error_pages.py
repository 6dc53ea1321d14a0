"""A page with a way out where Django or a server setting answers with a bare status."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
