"""The day by which the applicant has to act, on every page of an application; and what they may change till then."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from applications import corrections
from applications.corrections import Mending
from applications.models import Application, RoundState
from applications.status import Status
from portal.templatetags.portal_tags import countdown

register = template.Library()


@register.simple_tag
def deadline(application: Application, asked: Mending | None = None) -> str:
    """The end of the applicants' window for a draft, the day of the return for what is mended; else nothing.

    `asked` is the return, where the page has read it already.
    """
    round_ = application.round
    if application.status == Status.DRAFT:
        if round_.state == RoundState.CLOSED:
            return ""
        told = f"　{round_.grace_told}" if round_.grace_minutes else ""
        return format_html(
            '<p class="deadline">{}{}</p>', countdown(round_.applicant_closes_on, _("个人申报截止")), told
        )
    asked = asked or corrections.mending(application)
    if asked is None or asked.step.due_on is None:
        return ""
    return format_html('<p class="deadline">{}</p>', countdown(asked.step.due_on, _("补正期限")))


@register.filter
def is_asked(section: str, asked: Mending | None) -> bool:
    """Whether a section may be changed: always before the first submission, after a return where it is named."""
    return not asked or bool(asked.of_section(section))
