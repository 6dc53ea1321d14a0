"""The tables of the review form that tell of the person: education, posts, titles, years, and the self-score."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from applications import wording
from applications.sections import score_sheet
from certificates.papers import records as lines
from certificates.papers.records import Record


def of_person(found: list[Record]) -> list[dict[str, Any]]:
    committed = lines.only(found, "education_commitment")["facts"].get("committed")
    return [
        {
            "heading": _("二、学习与培训经历"),
            "columns": [_("学历学位"), _("院校"), _("专业"), _("起止时间"), _("学习形式"), _("证书编号和验证码")],
            "rows": [_education_row(record) for record in _by(lines.of_kind(found, "education"), "awarded")],
        },
        {
            "heading": _("三、工作经历"),
            "columns": [_("起止时间"), _("单位和部门"), _("岗位和职务"), _("主要工作内容"), _("证明人")],
            "rows": [_post_row(record) for record in _by(lines.of_kind(found, "post"), "from")],
        },
        {
            "heading": _("四、职称、职业技能与聘任"),
            "columns": [_("名称"), _("专业或职业"), _("取得时间和方式"), _("聘任时间和单位"), _("发证单位和编号")],
            "rows": [_title_row(record) for record in _by(lines.of_kind(found, "title", "skill"), "obtained")],
        },
        {
            "heading": _("五、继续教育与年度考核"),
            "columns": [_("年度"), _("继续教育学时"), _("学习内容"), _("年度考核结果")],
            "rows": _years(found),
            "note": _("申报人已就继续教育作出书面承诺。") if committed else "",
        },
    ]


def self_score(found: list[Record]) -> dict[str, Any] | None:
    """The person's own column of the score sheet; None where no score was given."""
    record = lines.only(found, "self_score")
    facts, details = record["facts"], record["details"]
    if facts.get("self_score") is None:
        return None
    rows = [
        [str(row.label), str(row.most), f"{details[row.name]:g}"]
        for row in score_sheet.ROWS
        if details.get(row.name) is not None
    ]
    return {"rows": rows, "total": f"{facts['self_score']:g}", "basis": details.get("basis", "")}


def _education_row(record: Record) -> list[str]:
    facts, details = record["facts"], record["details"]
    full_time = facts.get("full_time")
    form = "" if full_time is None else _("全日制") if full_time else _("非全日制")
    level = wording.word(wording.DEGREE, facts.get("level", ""))
    start, end = lines.month(details.get("started_on")), lines.month(facts.get("awarded"))
    when = _("%(start)s至%(end)s") % {"start": start, "end": end} if start and end else end
    code = details.get("verification_code", "")
    numbers = [
        details.get("certificate_number", ""),
        details.get("degree_number", ""),
        _("验证码%(code)s") % {"code": code} if code else "",
    ]
    return [level, details.get("school", ""), details.get("major", ""), when, form, _joined("\n", *numbers)]


def _post_row(record: Record) -> list[str]:
    facts, details = record["facts"], record["details"]
    until = lines.month(facts.get("to")) or _("今")
    return [
        _("%(start)s至%(end)s") % {"start": lines.month(facts.get("from")), "end": until},
        _joined(" ", details.get("unit"), details.get("department")),
        _joined("，", details.get("position"), details.get("duty")),
        details.get("work", ""),
        details.get("witness", ""),
    ]


def _title_row(record: Record) -> list[str]:
    facts, details = record["facts"], record["details"]
    if record["kind"] == "skill":
        name, field = wording.word(wording.SKILL_GRADE, facts.get("grade", "")), details.get("occupation", "")
    else:
        name = details.get("name") or lines.level(record)
        field = wording.word(wording.SPECIALTY, facts.get("specialty", ""))
    if qualification := details.get("qualification"):
        name = _("%(name)s（职业资格：%(what)s）") % {
            "name": name,
            "what": _joined(" ", qualification, details.get("qualification_number")),
        }
    appointed = facts.get("appointed")
    told = _("未聘任") if appointed is False else lines.day(appointed)
    return [
        name,
        field,
        _joined("\n", lines.day(facts.get("obtained")), _source(facts)),
        _joined("\n", told, details.get("appointed_by")),
        _joined("\n", lines.issuer(record), details.get("certificate_number")),
    ]


def _source(facts: Mapping[str, Any]) -> str:
    return wording.word(wording.TITLE_SOURCE, facts["source"]) if facts.get("source") else ""


def _years(found: list[Record]) -> list[list[str]]:
    """One row a year: hours and contents of continuing education, and the assessment."""
    learning: dict[Any, list[Record]] = {}
    for record in lines.of_kind(found, "continuing_education"):
        learning.setdefault(record["facts"].get("year"), []).append(record)
    results = {r["facts"].get("year"): r["facts"].get("result", "") for r in lines.of_kind(found, "assessment")}
    rows = []
    for year in sorted(year for year in {*learning, *results} if year):
        learned = learning.get(year, [])
        told = [record["facts"]["hours"] for record in learned if record["facts"].get("hours") is not None]
        rows.append(
            [
                str(year),
                f"{sum(told):g}" if told else "",
                _joined("；", *(record["details"].get("content") for record in learned)),
                wording.word(wording.ASSESSMENT_RESULT, results.get(year, "")),
            ]
        )
    return rows


def _by(found: list[Record], key: str) -> list[Record]:
    return sorted(found, key=lambda record: record["facts"].get(key) or "")


def _joined(between: str, *texts: str | None) -> str:
    return between.join(text for text in texts if text)
