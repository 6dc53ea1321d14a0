"""Chinese dates, sizes and masks; what the components need to render themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal import clock
from portal.chinese_dates import cn_date, cn_datetime

register = template.Library()
register.filter("cn_date", cn_date)
register.filter("cn_datetime", cn_datetime)

WEEKDAYS = "一二三四五六日"
# A fact with a longer value takes the whole width.
LONG, WIDE = 36, mark_safe(' class="wide"')
# The word stands beside the icon: a status is never told by colour alone.
TONE_ICONS = {
    "neutral": "bi-circle",
    "info": "bi-arrow-right-circle",
    "warning": "bi-exclamation-triangle",
    "success": "bi-check-circle",
    "danger": "bi-x-circle",
}
STAGE_WORDS = {
    "done": gettext_lazy("已完成"),
    "current": gettext_lazy("进行中"),
    "waiting": gettext_lazy("未开始"),
    "stopped": gettext_lazy("已中止"),
}


@register.simple_tag
def unified_name() -> str:
    """What the region calls its identity provider; empty where there is none."""
    return settings.OIDC["name"] if settings.OIDC else ""


@register.filter
def iso(value: datetime) -> str:
    """For machines, in Asia/Shanghai."""
    return value.astimezone(clock.ZONE).isoformat()


@register.filter
def cn_weekday(value: date) -> str:
    """星期一 … 星期日."""
    return f"星期{WEEKDAYS[value.weekday()]}"


@register.filter
def masked(value: str, kind: str = "") -> str:
    """A number or address with its middle hidden: 138****5678, 林**, l***@example.org."""
    text = str(value or "")
    if kind == "name":
        return text[:1] + "*" * max(1, len(text) - 1) if text else ""
    if "@" in text:
        mailbox, _at, host = text.partition("@")
        return f"{mailbox[:1]}***@{host}"
    if len(text) <= 4:
        return "*" * len(text)
    head, tail = (3, 4) if len(text) >= 8 else (1, 1)
    return f"{text[:head]}{'*' * (len(text) - head - tail)}{text[-tail:]}"


@register.filter
def file_size(value: int | None) -> str:
    """1.4 MB, 320 KB; decimal places only where they tell something."""
    size = int(value or 0)
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"


@register.filter
def days_left(last_day: date | datetime | None) -> str:
    """距截止还有 N 天, counted to the end (24:00) of the last day in business time; says so when it has passed."""
    if last_day is None or last_day == "":
        return ""
    day = last_day.astimezone(clock.ZONE).date() if isinstance(last_day, datetime) else last_day
    left = (day - clock.today()).days
    if left < 0:
        return _("已截止")
    if left == 0:
        return _("今日 24:00 截止")
    return ngettext("距截止还有 %(days)d 天", "距截止还有 %(days)d 天", left) % {"days": left}


@register.filter
def tone_icon(tone: str) -> str:
    return TONE_ICONS.get(str(tone), TONE_ICONS["neutral"])


@register.simple_tag
def status_badge(label: str | Promise, tone: str = "", status: str = "") -> str:
    """components/status_badge.html, for lists: a page of rows spends half its time in including templates."""
    code = format_html(' data-status="{}"', status) if status else ""
    return format_html(
        '<span class="status tone-{}"{}><i class="bi {}" aria-hidden="true"></i>{}</span>',
        tone or "neutral", code, tone_icon(tone), label,
    )  # fmt: skip


@register.simple_tag
def countdown(until: date, label: str = "") -> str:
    """components/countdown.html, for lists."""
    return format_html(
        '<span class="countdown">{}<time datetime="{}">{}</time> <strong class="nowrap">{}</strong></span>',
        f"{label}：" if label else "", until.isoformat(), cn_date(until), days_left(until),
    )  # fmt: skip


@register.simple_tag
def facts(fields: Iterable[tuple[object, object]]) -> str:
    """components/facts.html: an application has hundreds of them."""
    unsaid = format_html('<span class="text-secondary">{}</span>', _("未填写"))
    lines = ((WIDE if _is_long(value) else "", label, _said(value, unsaid)) for label, value in fields)
    return format_html(
        '<dl class="facts">{}</dl>',
        format_html_join("", '<div{}><dt>{}</dt><dd class="prewrap">{}</dd></div>', lines),
    )


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > LONG


def _said(value: object, unsaid: str) -> object:
    return localize(value) if value or value == 0 else unsaid


@register.filter
def alert_tone(level: str) -> str:
    """The alert's tone for a level of Django's messages."""
    return {"error": "danger", "debug": "info"}.get(str(level), str(level))


@register.filter
def stage_word(state: str) -> str:
    return str(STAGE_WORDS.get(str(state), STAGE_WORDS["waiting"]))


@register.simple_tag
def url_or_none(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named route, or an empty string where no room serves it."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """A line of the error summary: `anchor` is the id of the field, empty for errors of the whole form."""

    anchor: str
    label: str
    message: str


@register.simple_tag
def error_links(*sources: forms.BaseForm | Iterable[forms.BaseForm] | None) -> list[ErrorLink]:
    """Every error of the forms (and formsets) in order of the page. A form already summarised is left out."""
    links: list[ErrorLink] = []
    for form in _forms_in(sources):
        if not form.is_bound or getattr(form, "error_summary_shown", False):
            continue
        form.error_summary_shown = True  # type: ignore[attr-defined]
        links += [ErrorLink("", "", str(message)) for message in form.non_field_errors()]
        for name, messages in form.errors.items():
            if name in form.fields:
                links += [ErrorLink(_anchor(form[name]), str(form[name].label), str(text)) for text in messages]
    return links


def _forms_in(sources: Sequence[Any]) -> list[forms.BaseForm]:
    found: list[forms.BaseForm] = []
    for source in sources:
        if isinstance(source, forms.BaseForm):
            found.append(source)
        elif source:
            found += _forms_in(list(source))
    return found


def _anchor(field: forms.BoundField) -> str:
    """The id of the first control: radio buttons and check boxes have one each."""
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    if isinstance(field.field.widget, forms.MultiWidget):
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """Seven days from Monday; None where the notice's calendar shows nothing."""

    days: tuple[Any, ...]


@register.filter
def calendar_weeks(days: Iterable[Any]) -> list[CalendarWeek]:
    """Rows of a small calendar, Monday first, from days with `.day` (a date); gaps and edges are None."""
    by_day = {_day_of(entry): entry for entry in days}
    if not by_day:
        return []
    first, last = min(by_day), max(by_day)
    start = first.toordinal() - first.weekday()
    return [
        CalendarWeek(tuple(by_day.get(date.fromordinal(monday + offset)) for offset in range(7)))
        for monday in range(start, last.toordinal() + 1, 7)
    ]


def _day_of(entry: Any) -> date:
    return entry["day"] if isinstance(entry, dict) else entry.day
