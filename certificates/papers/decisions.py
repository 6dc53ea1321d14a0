"""The part of the review form that others wrote: each level's decision, the committee's count, the notices."""

from typing import Any

from django.utils.translation import gettext as _

from applications.models import (
    ApprovalStep,
    FindingOverride,
    Notice,
    NoticeEntry,
    NoticeKind,
    ObjectionState,
    Snapshot,
    StepKind,
)
from certificates.models import Certificate
from portal.chinese_dates import cn_date
from review.models import Entry


def approval(certificate: Certificate, snapshot: Snapshot) -> dict[str, Any]:
    """What employer, supervising bodies and office decided on the snapshot, with the employer's notice."""
    application = certificate.application
    steps = application.steps.filter(revision=snapshot.revision).select_related("organization", "decided_by")
    told = [(step.kind, _step(step)) for step in steps.order_by("order")]
    employer = next((step for kind, step in told if kind == StepKind.EMPLOYER), {})
    return {
        "employer": employer
        | {
            "ethics": application.ethics_assessment,
            "performance": application.get_performance_assessment_display(),
            "notice": _notice(certificate, NoticeKind.EMPLOYER),
        },
        "supervisors": [step for kind, step in told if kind == StepKind.SUPERVISOR],
        "office": next((step for kind, step in told if kind == StepKind.OFFICE), {}),
    }


def _step(step: ApprovalStep) -> dict[str, str]:
    agreed = {
        StepKind.EMPLOYER: _("审核通过，同意推荐。"),
        StepKind.SUPERVISOR: _("审核通过，同意报送。"),
        StepKind.OFFICE: _("材料符合要求，予以受理。"),
    }
    return {
        "organization": step.organization.name,
        "opinion": _consent(step) + _own_findings(step) + (step.note or agreed[StepKind(step.kind)]),
        "by": step.decided_by.get_full_name() if step.decided_by else "",
        "decided_on": cn_date(step.decided_at),
    }


def _consent(step: ApprovalStep) -> str:
    """The body's consent to an exception stands before its ordinary word."""
    consent = step.consents.filter(given=True).first()
    if consent is None:
        return ""
    return _("同意破格申报（%(clause)s）：%(reason)s") % {"clause": consent.clause, "reason": consent.reason} + "\n"


def _own_findings(step: ApprovalStep) -> str:
    """What the office found otherwise than the rules stands before its word, each with name, day, basis and reason."""
    if step.kind != StepKind.OFFICE:
        return ""
    rows = FindingOverride.objects.filter(
        snapshot__application=step.application_id, snapshot__sha256=step.snapshot_sha256, withdrawn_at=None
    )
    return "".join(
        _("%(clause)s 认定为%(verdict)s（依据：%(basis)s；%(name)s，%(day)s）：%(reason)s")
        % {
            "clause": row.clause,
            "verdict": row.get_verdict_display(),
            "basis": row.basis,
            "name": row.decided_by.get_full_name(),
            "day": cn_date(row.decided_at),
            "reason": row.reason,
        }
        + "\n"
        for row in rows.select_related("decided_by")
    )


def decision(certificate: Certificate) -> dict[str, Any]:
    """Opinions, count, result notice and release. Raises Entry.DoesNotExist where no meeting passed the person."""
    entry = Entry.objects.select_related("meeting", "outcome").get(
        application=certificate.application, outcome__passed=True
    )
    outcome = entry.outcome
    judged = entry.opinions.exclude(seat__state="declined").exclude(seat__recusals__entry=entry)
    return {
        # Experts stay unnamed; the order tells nothing about the seats.
        "panel": {"opinions": sorted(set(judged.values_list("text", flat=True))), "interview": ""},
        "vote": {
            "members": outcome.members,
            "attending": outcome.attending,
            "voting": outcome.attending - outcome.recused,
            "consent": outcome.consent,
            "against": outcome.against,
            "abstain": outcome.abstain,
            "recused": outcome.recused,
            "decision": outcome.sentence
            + _("经无记名投票表决，评审通过，具备%(title)s职称资格。") % {"title": certificate.title},
            "committee": certificate.committee,
            "chair": "",
            "held_on": cn_date(entry.meeting.held_on),
        },
        "filing": {
            "notice": _notice(certificate, NoticeKind.RESULT),
            "approval_number": certificate.approval_number,
            "text": _("公示期满，发布评审结果，核发电子职称证书。"),
            "organization": certificate.issuer,
            "released_on": cn_date(certificate.issued_on),
        },
    }


def _notice(certificate: Certificate, kind: NoticeKind) -> dict[str, Any] | None:
    """The record of the last closed notice of a kind that named the person."""
    entry = (
        NoticeEntry.objects.filter(application=certificate.application, notice__kind=kind, notice__state="closed")
        .select_related("notice")
        .order_by("-notice__posted_on", "-pk")
        .first()
    )
    return None if entry is None else _notice_record(entry.notice, entry)


def _notice_record(notice: Notice, entry: NoticeEntry) -> dict[str, Any]:
    dismissed = entry.objections.filter(state=ObjectionState.DISMISSED).count()
    outcome = _("期间未收到异议。")
    if dismissed:
        outcome = _("收到异议 %(count)d 件，经核查均不成立。") % {"count": dismissed}
    return {
        "posted_on": cn_date(notice.posted_on),
        "days": notice.days,
        "ends_on": cn_date(notice.ends_on),
        "outcome": outcome,
    }
