"""Uploads that find no room on the way in: told to the person, and gone. Large ones pass through a temporary file."""

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.access import View

log = logging.getLogger("portal.files")

NO_ROOM = 503
ATTRIBUTE = "found_no_room"


class TemporaryFileHandler(TemporaryFileUploadHandler):
    """Django's, where a full disk is no fault of the portal: the file is left out, and the request knows its name.

    The rest of the form is read all the same, so that its token counts and the browser hears the answer.
    """

    file: TemporaryUploadedFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            raise self._left_out(error) from error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            raise self._left_out(error) from error

    def file_complete(self, file_size: int) -> UploadedFile | None:
        try:
            return super().file_complete(file_size)
        except OSError as error:
            self._left_out(error)
            return None

    def _left_out(self, error: OSError) -> SkipFile:
        log.error("upload found no room", exc_info=error)
        setattr(self.request, ATTRIBUTE, self.file_name or "")
        half = self.__dict__.pop("file", None)
        if half is not None:
            with suppress(OSError):  # what could not be written cannot be written on closing either
                half.close()
        return SkipFile()


class TellsOfNoRoom:
    """503 with the sentence, once the form is known to be the person's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: View, *_arguments: Any) -> HttpResponse | None:
        if request.content_type == "multipart/form-data":
            with suppress(UnreadablePostError):
                request.FILES  # noqa: B018  read now, if the check of tokens has not done so
        if not hasattr(request, ATTRIBUTE):
            return None
        return no_room(request, getattr(request, ATTRIBUTE))


def sentence(name: str) -> str:
    """For who sent the file."""
    return _(
        "文件“%(name)s”没有保存：服务器存储空间暂时不足。已保存的内容不受影响，请稍后重新上传，或联系系统管理员。"
    ) % {"name": name}


def no_room(request: HttpRequest, name: str) -> HttpResponse:
    """The sentence as the script of a page reads it, or as a page."""
    said = sentence(name)
    response: HttpResponse
    if "application/json" in request.headers.get("Accept", ""):
        response = JsonResponse({"reasons": [said]}, status=NO_ROOM)
    else:
        response = render(request, "503_upload.html", {"sentence": said}, status=NO_ROOM)
    response["Retry-After"] = "60"
    return response
