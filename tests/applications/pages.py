"""What page tests share: addresses by name, and a page's words without its tags."""

import re

from django.http import HttpResponse
from django.urls import reverse


def address(name: str, *args: object) -> str:
    return reverse(f"applications:{name}", args=args)


def words(response: HttpResponse) -> str:
    """The text of a page, white space folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
