"""The words of the certificate (电子职称证书)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import wording
from certificates.models import Certificate
from certificates.papers import records as lines
from portal.chinese_dates import cn_date
from rules import catalog

LEVEL_NAMES = {
    "technician": gettext_lazy("员级"),
    "assistant": gettext_lazy("助理级"),
    "intermediate": gettext_lazy("中级"),
    "associate_senior": gettext_lazy("副高级"),
    "full_senior": gettext_lazy("正高级"),
}
LABELS = {
    "number": gettext_lazy("证书编号"),
    "name": gettext_lazy("姓名"),
    "unit": gettext_lazy("工作单位"),
    "committee": gettext_lazy("评审机构"),
    "issuer": gettext_lazy("发证单位"),
    "approval_number": gettext_lazy("批准文号"),
}


def data(certificate: Certificate) -> dict[str, Any]:
    """Everything the certificate shows, from the certificate's own row and the submitted snapshot."""
    return {
        "number": certificate.number,
        "heading": _("职称证书"),
        "region_name": _region_name(certificate),
        "name": certificate.holder_name,
        "sex": lines.sex(_basics(certificate)),
        "identity_masked": certificate.identity_masked,
        "unit": certificate.unit,
        "series": certificate.series,
        "specialty": certificate.specialty,
        "level": str(LEVEL_NAMES[certificate.level]),
        "title": certificate.title,
        "acquired_by": certificate.acquired_by,
        "acquired_on": cn_date(certificate.acquired_on),
        "committee": certificate.committee,
        "approval_number": certificate.approval_number,
        "issuer": certificate.issuer,
        "issued_on": cn_date(certificate.issued_on),
        "recognition": recognition(certificate.application.round.policy_id),
    }


def series_name(series: str) -> str:
    return _("%(series)s系列") % {"series": wording.word(wording.SERIES, series)}


def recognition(policy_id: str) -> str:
    """Where the title is recognised beyond its region, with the clause; empty where the pack names nothing."""
    entry = catalog.get(policy_id)
    stated = entry.procedure.certificate.recognised_in
    if not stated.value:
        return ""
    return _("本证书在%(places)s互认（依据：%(number)s %(clause)s）。") % {
        "places": "、".join(stated.value),
        "number": entry.source.number,
        "clause": stated.clause or "",
    }


def _region_name(certificate: Certificate) -> str:
    root = certificate.application.round.committee.root
    return root.name if root else ""


def _basics(certificate: Certificate) -> dict[str, Any]:
    snapshot = certificate.application.snapshot
    details: dict[str, Any] = lines.only(snapshot.data["records"], "basics")["details"] if snapshot else {}
    return details
