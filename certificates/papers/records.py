"""The records of a submitted snapshot as lines of the review form, in the words of the form itself."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import sections, wording
from applications.records import KINDS
from applications.sections import Field, Input
from portal.chinese_dates import cn_date

Record = Mapping[str, Any]
LAST = 100
SEXES = {"male": gettext_lazy("男"), "female": gettext_lazy("女")}
DEGREES: wording.Words = {
    "doctor": gettext_lazy("博士"),
    "master": gettext_lazy("硕士"),
    "second_bachelor": gettext_lazy("学士"),
    "bachelor": gettext_lazy("学士"),
}
# Told in columns of their own, so the lines below the name leave them out.
IN_COLUMNS = {"date", "rank", "role", "author", "name", "title", "order", "representative"}


def of_kind(records: Iterable[Record], *kinds: str) -> list[Record]:
    return [record for record in records if record["kind"] in kinds]


def only(records: Iterable[Record], kind: str) -> Record:
    """The record of a kind that there is one of; empty parts where it was not filled in."""
    return next(iter(of_kind(records, kind)), {"kind": kind, "facts": {}, "details": {}})


def sex(details: Mapping[str, Any]) -> str:
    told = details.get("sex")
    return str(SEXES[told]) if told else ""


def day(value: str | None) -> str:
    """2018年6月20日 from an ISO day; empty without one."""
    return cn_date(date.fromisoformat(value)) if value else ""


def month(value: str | None) -> str:
    """2014年6月 from an ISO day; empty without one."""
    if not value:
        return ""
    read = date.fromisoformat(value)
    return _("%(year)d年%(month)d月") % {"year": read.year, "month": read.month}


def level(record: Record) -> str:
    told = record["facts"].get("level", "")
    return wording.word(wording.TITLE_LEVEL, told) if told else ""


def issuer(title: Record) -> str:
    """The body that issued a title, and the region or the organs it belongs to where that was said."""
    told, body = title["facts"].get("issuer"), title["details"].get("issued_by", "")
    region = wording.word(wording.ISSUER, told) if told else ""
    return f"{body}（{region}）" if body and region else body or region


def representative(records: Iterable[Record]) -> list[dict[str, str]]:
    """The achievements that the person chose to stand for the rest (代表作), in their own order."""
    chosen = [
        record
        for record in records
        if KINDS[record["kind"]].place == "achievements" and record["details"].get("representative")
    ]
    return [
        {
            "kind": wording.word(wording.ACHIEVEMENT_KIND, record["kind"]),
            "title": _called(record),
            "date": month(record["facts"].get("date")),
            "role": _role(record["facts"]),
        }
        for record in sorted(chosen, key=_own_order)
    ]


def achievements(records: Iterable[Record], clauses: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """Achievements grouped by kind in the form's order.

    `clauses` names what each record's id was found to serve; what the applicant said goes before it.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        if KINDS[record["kind"]].place == "achievements":
            groups.setdefault(record["kind"], []).append(_achievement(record, clauses.get(record.get("id", ""), [])))
    return [
        {"label": wording.word(wording.ACHIEVEMENT_KIND, kind), "entries": sorted(entries, key=lambda e: e["sort"])}
        for kind, entries in groups.items()
    ]


def _own_order(record: Record) -> tuple[int, str]:
    return record["details"].get("order") or LAST, record["facts"].get("date") or ""


def _called(record: Record) -> str:
    details = record["details"]
    return details.get("name") or details.get("title") or _("（未填写名称）")


def _achievement(record: Record, served: list[str]) -> dict[str, Any]:
    facts = record["facts"]
    return {
        "sort": _own_order(record),
        "date": month(facts.get("date")),
        "title": _called(record),
        "lines": _lines(record),
        "role": _role(facts),
        "clauses": "、".join(record.get("clauses") or served),
    }


def _role(facts: Mapping[str, Any]) -> str:
    parts = [
        wording.word(wording.ROLE, facts["role"]) if facts.get("role") else "",
        wording.word(wording.AUTHOR, facts["author"]) if facts.get("author") else "",
        _("排名第%(rank)s") % {"rank": facts["rank"]} if facts.get("rank") else "",
    ]
    return "，".join(part for part in parts if part)


def _lines(record: Record) -> list[str]:
    """Short facts and details in one line, each longer text in a line of its own."""
    part = sections.of_kind(record["kind"]).part(record["kind"])
    short: list[str] = []
    long: list[str] = []
    for field in part.fields:
        text = "" if field.name in IN_COLUMNS else _text(field, record)
        if text:
            (long if field.input is Input.PROSE else short).append(f"{field.label}：{text}")
    return [*(["；".join(short)] if short else []), *long]


def _text(field: Field, record: Record) -> str:
    value: Any = record["facts" if field.fact else "details"]
    for key in field.name.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    if value is None or value == "":
        return ""
    if field.choices is not None:
        return wording.word(field.choices, value)
    if field.input is Input.YES_NO:
        return _("是") if value else _("否")
    return day(value) if field.input is Input.DAY else str(value)
