"""A page that shows a stored file page by page, as pictures: no browser parses an uploaded PDF inside the portal."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal import access, files
from portal.models import StoredFile


def preview(
    request: HttpRequest, stored: StoredFile, *, name: str, picture: Callable[[int], str], download: str
) -> HttpResponse:
    """One page of a clean file, pages from 1 (`?page=`), with the way to the others. The caller has checked access.

    Args:
        request: whose `page` is asked for.
        stored: the file.
        name: what it is called here.
        picture: the address of a page's picture.
        download: the address of the file itself.

    Raises:
        Http404: the file has no such page.
        portal.access.Forbidden: the file is not clean, with the sentence.
    """
    if not stored.is_clean:
        raise access.Forbidden(files.why_closed(stored))
    total = stored.pages or 1
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) <= len(str(total)) else 0
    if not 1 <= number <= total:
        raise Http404
    context = {
        "name": name,
        "number": number,
        "total": total,
        "picture": picture(number),
        "download": download,
        "before": number - 1,
        "after": number + 1 if number < total else 0,
    }
    return render(request, "portal/file_preview.html", context)
