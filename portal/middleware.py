"""Middleware of the portal itself."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal import request_id


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
