"""How much a request may send, decided by what it says of itself before anything of it is read.

Django bounds the fields of a form but not its files, and reads both as soon as somebody asks for the token against
forged requests. So a stranger could fill the disk with temporary files.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.access import View

ATTRIBUTE = "most_bytes"
LENGTH_REQUIRED, TOO_LARGE = 411, 413


def at_most(size: int) -> Callable[[View], View]:
    """Declares how much a view takes from anybody, where that is not the common limit."""

    def declare(view: View) -> View:
        setattr(view, ATTRIBUTE, size)
        return view

    return declare


class UploadLimit:
    """Turns away what is too large, or does not say how large it is. Stands before the check of tokens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, *_arguments: Any) -> HttpResponse | None:
        """413 (an empty one gets its page from `error_pages`), 411, or None where the request may go on."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.META.get("HTTP_TRANSFER_ENCODING") and length == "0":
            sentence = _("请求没有声明内容长度，未予接收。请用浏览器打开页面后重新提交。")
            return HttpResponse(sentence, status=LENGTH_REQUIRED, content_type="text/plain; charset=utf-8")
        if not (length.isascii() and length.isdecimal()) or int(length) > _limit(request, view):
            return HttpResponse(status=TOO_LARGE)
        return None


def _limit(request: HttpRequest, view: View) -> int:
    declared: int | None = getattr(view, ATTRIBUTE, None)
    if declared is not None:
        return declared
    return settings.SIGNED_IN_MAX_BYTES if request.user.is_authenticated else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
