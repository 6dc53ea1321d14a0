"""The words of the review form 《专业技术职称评审表》: the submitted snapshot, and what each level decided on it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import wording
from applications.models import Signature, Snapshot
from certificates.models import Certificate
from certificates.papers import decisions
from certificates.papers import records as lines
from certificates.papers.certificate import series_name
from portal.chinese_dates import cn_date
from portal.models import Ownership
from portal.templatetags.portal_tags import masked
from rules import catalog

LABELS = {
    "basic.name": gettext_lazy("姓名"),
    "cover.name": gettext_lazy("姓名"),
    "basic.unit": gettext_lazy("工作单位"),
    "summary": gettext_lazy("专业技术工作总结"),
}
ROUTES = {"ordinary": gettext_lazy("正常申报"), "exceptional": gettext_lazy("破格申报")}


def data(certificate: Certificate) -> dict[str, Any]:
    """Every section of the form as plain values. Raises Entry.DoesNotExist where no meeting passed the application."""
    application = certificate.application
    snapshot = application.snapshot
    if snapshot is None:
        raise ValueError("an application without a snapshot has no review form")
    content = snapshot.data
    found = content["records"]
    return {
        "number": application.number or str(application.public_id)[:8],
        "certificate_number": certificate.number,
        "snapshot_sha256": snapshot.sha256,
        "cover": _cover(certificate, snapshot, content),
        "basic": _basic(content),
        "tables": _tables(found),
        "achievements": lines.achievements(found, _served(snapshot)),
        "summary": lines.only(found, "summary")["details"].get("text", ""),
        "commitment": _commitment(snapshot, content),
        **decisions.approval(certificate, snapshot),
        **decisions.decision(certificate),
    }


def _commitment(snapshot: Snapshot, content: Mapping[str, Any]) -> dict[str, Any]:
    """The words as they were signed, how, when and on what; the strokes themselves are fetched when it is printed."""
    signed = content.get("commitment")
    if signed is None:  # submitted before commitments were signed: agreed to on the page
        text = _("本人承诺以上填报内容和所附佐证材料真实、准确、完整，如有不实，愿承担由此产生的后果。")
        return {"lines": [text], "name": content["applicant"]["name"], "signed_on": cn_date(snapshot.taken_at)}
    signature = signed["signature"]
    return {
        "lines": signed["words"].splitlines(),
        "name": content["applicant"]["name"],
        "signed_on": cn_date(datetime.fromisoformat(signature["signed_at"])),
        "how": str(Signature.How(signature["how"]).label),
        "typed": signature["name"],
        "signature": signature["id"],
        "content_sha256": signed["content_sha256"],
    }


def _cover(certificate: Certificate, snapshot: Snapshot, content: Mapping[str, Any]) -> dict[str, str]:
    title = _current_title(content)
    return {
        "unit": content["employer"]["name"],
        "name": content["applicant"]["name"],
        "current_title": title["details"].get("name") or _level(title),
        "series": series_name(content["round"]["series"]),
        "specialty": wording.word(wording.SPECIALTY, content["round"]["specialty"]),
        "direction": "：".join(filter(None, (_direction(certificate, content["direction"]), content.get("topic")))),
        "title": content["title"],
        "route": _route(snapshot, content),
        "filled_on": cn_date(snapshot.taken_at),
        "bureau": certificate.issuer,
    }


def _direction(certificate: Certificate, code: str) -> str:
    """As the pack calls it; the code where a later version of the pack knows it no more."""
    known = catalog.get(certificate.application.round.policy_id).procedure.directions
    return next((one.label for one in known if one.code == code), code)


def _basic(content: Mapping[str, Any]) -> dict[str, str]:
    details = lines.only(content["records"], "basics")["details"]
    title = _current_title(content)
    education = _highest_education(content)
    posts = lines.of_kind(content["records"], "post")
    current: Mapping[str, Any] = next((post["details"] for post in posts if not post["facts"].get("to")), {})
    specialty_from = min((p["facts"]["from"] for p in posts if p["facts"].get("scope") == "specialty"), default=None)
    level = education["facts"].get("level", "")
    kind = content["employer"]["kind"]
    return {
        "name": content["applicant"]["name"],
        "identity_masked": content["applicant"]["identity"],
        "sex": lines.sex(details),
        "born_on": lines.month(details.get("born_on")),
        "ethnicity": details.get("ethnicity", ""),
        "political_status": details.get("political_status", ""),
        "work_started_on": lines.month(details.get("work_started_on")),
        "phone": masked(details.get("phone", "")),
        "unit": content["employer"]["name"],
        "unit_kind": str(Ownership(kind).label) if kind else "",
        "post": current.get("position", ""),
        "duty": details.get("administrative_duty", ""),
        "education": wording.word(wording.DEGREE, level) if level else "",
        "degree": wording.word(lines.DEGREES, level) if level in lines.DEGREES else "",
        "school": education["details"].get("school", ""),
        "major": education["details"].get("major", ""),
        "graduated_on": lines.month(education["facts"].get("awarded")),
        "specialty_years": _("%(month)s起") % {"month": lines.month(specialty_from)} if specialty_from else "",
        "current_title": title["details"].get("name") or _level(title),
        "title_obtained_on": lines.day(title["facts"].get("obtained")),
        "title_appointed_on": lines.day(title["facts"].get("appointed") or None),
        "file_place": details.get("file_place", ""),
    }


def _tables(found: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    committed = lines.only(found, "education_commitment")["facts"].get("committed")
    return [
        {
            "heading": _("二、学习与培训经历"),
            "columns": [_("学历学位"), _("院校"), _("专业"), _("取得时间"), _("学习形式")],
            "rows": [_education_row(record) for record in _by(lines.of_kind(found, "education"), "awarded")],
        },
        {
            "heading": _("三、工作经历"),
            "columns": [_("起止时间"), _("单位和部门"), _("岗位"), _("主要工作内容")],
            "rows": [_post_row(record) for record in _by(lines.of_kind(found, "post"), "from")],
        },
        {
            "heading": _("四、职称、职业技能与聘任"),
            "columns": [_("名称"), _("专业或职业"), _("取得时间"), _("聘任时间"), _("发证单位")],
            "rows": [_title_row(record) for record in _by(lines.of_kind(found, "title", "skill"), "obtained")],
        },
        {
            "heading": _("五、继续教育与年度考核"),
            "columns": [_("年度"), _("继续教育学时"), _("学习内容"), _("年度考核结果")],
            "rows": _years(found),
            "note": _("申报人已就继续教育作出书面承诺。") if committed else "",
        },
    ]


def _education_row(record: Mapping[str, Any]) -> list[str]:
    facts, details = record["facts"], record["details"]
    full_time = facts.get("full_time")
    form = "" if full_time is None else _("全日制") if full_time else _("非全日制")
    level = wording.word(wording.DEGREE, facts.get("level", ""))
    return [level, details.get("school", ""), details.get("major", ""), lines.month(facts.get("awarded")), form]


def _post_row(record: Mapping[str, Any]) -> list[str]:
    facts, details = record["facts"], record["details"]
    until = lines.month(facts.get("to")) or _("今")
    where = f"{details.get('unit', '')} {details.get('department', '')}".strip()
    return [_("%(start)s至%(end)s") % {"start": lines.month(facts.get("from")), "end": until}, where,
            details.get("position", ""), details.get("work", "")]  # fmt: skip


def _title_row(record: Mapping[str, Any]) -> list[str]:
    facts, details = record["facts"], record["details"]
    appointed = facts.get("appointed")
    if record["kind"] == "skill":
        name, field = wording.word(wording.SKILL_GRADE, facts.get("grade", "")), details.get("occupation", "")
    else:
        name = details.get("name") or _level(record)
        field = wording.word(wording.SPECIALTY, facts.get("specialty", ""))
    told = _("未聘任") if appointed is False else lines.day(appointed)
    return [name, field, lines.day(facts.get("obtained")), told, details.get("issued_by", "")]


def _years(found: list[Mapping[str, Any]]) -> list[list[str]]:
    """One row a year: hours and contents of continuing education, and the assessment."""
    hours = {record["facts"].get("year"): record for record in lines.of_kind(found, "continuing_education")}
    results = {r["facts"].get("year"): r["facts"].get("result", "") for r in lines.of_kind(found, "assessment")}
    rows = []
    for year in sorted(year for year in {*hours, *results} if year):
        learned = hours.get(year, {"facts": {}, "details": {}})
        told = learned["facts"].get("hours")
        rows.append(
            [
                str(year),
                "" if told is None else f"{told:g}",
                learned["details"].get("content", ""),
                wording.word(wording.ASSESSMENT_RESULT, results.get(year, "")),
            ]
        )
    return rows


def _served(snapshot: Snapshot) -> dict[str, list[str]]:
    """Which numbered clauses each record was used for in the last finding on the snapshot."""
    check = snapshot.checks.last()
    served: dict[str, list[str]] = {}
    clauses = check.result.get("clauses", {}) if check else {}
    for number, finding in clauses.items():
        if number[-1].isdigit() and finding.get("verdict") == "met":
            for record_id in finding.get("used", ()):
                served.setdefault(record_id, []).append(number)
    return served


def _route(snapshot: Snapshot, content: Mapping[str, Any]) -> str:
    check = snapshot.checks.last()
    route = (check.result.get("route") if check else "") or (content["claims"] or ["ordinary"])[0]
    return str(ROUTES[route]) if route in ROUTES else wording.word(wording.CLAIM, route)


def _current_title(content: Mapping[str, Any]) -> Mapping[str, Any]:
    order = list(wording.TITLE_LEVEL)
    titles = lines.of_kind(content["records"], "title")
    empty: Mapping[str, Any] = {"facts": {}, "details": {}}
    return max(titles, key=lambda record: order.index(record["facts"].get("level", order[0])), default=empty)


def _highest_education(content: Mapping[str, Any]) -> Mapping[str, Any]:
    order = list(wording.DEGREE)
    learned = lines.of_kind(content["records"], "education")
    empty: Mapping[str, Any] = {"facts": {}, "details": {}}
    return min(learned, key=lambda record: order.index(record["facts"].get("level", order[-1])), default=empty)


def _level(record: Mapping[str, Any]) -> str:
    level = record["facts"].get("level", "")
    return wording.word(wording.TITLE_LEVEL, level) if level else ""


def _by(found: list[Mapping[str, Any]], key: str) -> list[Mapping[str, Any]]:
    return sorted(found, key=lambda record: record["facts"].get(key) or "")
