"""What an application says, read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def pieces(evidence: Iterable[Mapping[str, Any]]) -> str:
    """The files of a record, each with the way to its preview. By one function: an application has twenty of them."""
    lines = ((reverse("applications:evidence_preview", args=[piece["id"]]), piece["name"]) for piece in evidence)
    line = format_html(
        '<li><i class="bi bi-paperclip" aria-hidden="true"></i> <a href="{{}}" target="_blank" rel="noopener">'
        '{{}}<span class="visually-hidden">{}</span></a></li>',
        _("（在新窗口预览）"),
    )
    return format_html('<ul class="pieces">{}</ul>', format_html_join("", line, lines))
