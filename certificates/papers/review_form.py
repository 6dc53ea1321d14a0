"""The words of the review form 《专业技术职称评审表》: the submitted snapshot, and what each level decided on it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import wording
from applications.models import Signature, Snapshot
from certificates.models import Certificate
from certificates.papers import decisions, tables
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
        "tables": tables.of_person(found),
        "achievements": lines.achievements(found, _served(snapshot)),
        "representative": lines.representative(found),
        "self_score": tables.self_score(found),
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
        "current_title": title["details"].get("name") or lines.level(title),
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
        "former_name": details.get("former_name", ""),
        "identity_masked": content["applicant"]["identity"],
        "sex": lines.sex(details),
        "born_on": lines.month(details.get("born_on")),
        "ethnicity": details.get("ethnicity", ""),
        "political_status": details.get("political_status", ""),
        "health": details.get("health", ""),
        "work_started_on": lines.month(details.get("work_started_on")),
        "phone": masked(details.get("phone", "")),
        "unit": content["employer"]["name"],
        "unit_kind": str(Ownership(kind).label) if kind else "",
        "post": current.get("position", ""),
        "technical_post": details.get("technical_post", ""),
        "duty": details.get("administrative_duty", ""),
        "education": wording.word(wording.DEGREE, level) if level else "",
        "degree": wording.word(lines.DEGREES, level) if level in lines.DEGREES else "",
        "school": education["details"].get("school", ""),
        "major": education["details"].get("major", ""),
        "graduated_on": lines.month(education["facts"].get("awarded")),
        "specialty_years": _("%(month)s起") % {"month": lines.month(specialty_from)} if specialty_from else "",
        "current_title": title["details"].get("name") or lines.level(title),
        "title_issuer": lines.issuer(title),
        "qualification": title["details"].get("qualification", ""),
        "title_obtained_on": lines.day(title["facts"].get("obtained")),
        "title_appointed_on": lines.day(title["facts"].get("appointed") or None),
        "file_place": details.get("file_place", ""),
    }


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
