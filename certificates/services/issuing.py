"""Release: confirmed results become certificates, one transaction a person."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from applications import bases, transitions, wording
from applications.bases import basis
from applications.errors import ActError
from applications.models import Application, NoticeEntry, NoticeKind, NoticeState, Objection, ObjectionState, Round
from applications.status import Status
from certificates import documents, numbering
from certificates.errors import NotReleasable
from certificates.models import Certificate, Document, DocumentKind
from certificates.papers.certificate import series_name
from certificates.services import rendering
from portal import access, audit, clock, notifications
from portal.models import Organization, OrganizationKind, User
from portal.roles import Permission
from review.models import Entry
from rules import catalog

# 160 bits: nobody finds an address of a certificate by trying.
TOKEN_BYTES = 20


@dataclass
class Released:
    """What a release did: the certificates, and for whom it failed and why."""

    certificates: list[Certificate] = field(default_factory=list)
    refused: list[tuple[Application, str]] = field(default_factory=list)


def release(*, round: Round, approval_number: str, by: User) -> Released:  # noqa: A002  the domain's word
    """Releases the confirmed results of a round: every person's move, number, rows and jobs in one transaction.

    A person against whom something stands is left out with the reason; the others are released.

    Args:
        round: the round.
        approval_number: the number of the paper that approved or filed the result (批准、备案文号).
        by: a clerk of the round's office.

    Raises:
        portal.access.Forbidden: no right to issue certificates in the round's office.
        NotReleasable: no approval number, or nobody's result is confirmed.
        numbering.NumberingError: no numbers can be made for this round; nobody is released.
    """
    access.require(by, Permission.ISSUE_CERTIFICATE, round.office)
    if not approval_number.strip():
        raise NotReleasable(_("发布结果须填写批准或备案文号。请填写市职称办备案结果的文号后再发布。"))
    confirmed = round.applications.filter(status=Status.CONFIRMED).order_by("number", "pk")
    for level in dict.fromkeys(application.level for application in confirmed):
        numbering.prefix_of(round, level, clock.today().year)
    released = Released()
    for application in confirmed:
        try:
            transitions.perform(application, "certify", by=by, approval_number=approval_number.strip())
        except ActError as refusal:
            released.refused.append((application, str(refusal)))
        else:
            released.certificates.append(Certificate.objects.valid().get(application=application))
    if not released.certificates and not released.refused:
        raise NotReleasable(_("本批次没有“公示无异议”的申报，无证可发。请先在结果公示期满后确认公示无异议。"))
    return released


@transaction.atomic
def issue(application: Application, *, by: User | None, approval_number: str = "") -> Certificate:
    """Writes a certificate: number, token, both papers and their jobs. Once issued, the same one is returned.

    Called inside the move `certify`; nothing is rendered here.

    Raises:
        NotReleasable: the reasons of `standing_against`.
        numbering.NumberingError: no number can be made.
    """
    with_round = Application.objects.select_related("round__committee", "round__office")
    locked = with_round.select_for_update(of=("self",)).get(pk=application.pk)
    if live := Certificate.objects.valid().filter(application=locked).first():
        return live
    if reasons := list(standing_against(locked)):
        raise NotReleasable("；".join(reasons))
    certificate = written(_certificate(locked, by=by, approval_number=approval_number, on=clock.today()))
    audit.record(
        "certificate.issue",
        by=by,
        scope=certificate.scope,
        kind="certificate",
        target=str(certificate.public_id),
        change={"number": certificate.number, "application": str(locked.public_id)},
        organization=locked.round.office,
    )
    notifications.notify(
        certificate.holder,
        "certificate.issued",
        {"title": certificate.title, "number": certificate.number},
        organization=locked.round.office,
        link=documents.own_address(),
        dedupe=f"certificate.issued:{certificate.public_id}",
    )
    return certificate


def standing_against(application: Application) -> Iterable[str]:
    """Every reason why no certificate may follow: no closed result notice, held, or an objection not dismissed."""
    entry = (
        NoticeEntry.objects.filter(application=application, notice__kind=NoticeKind.RESULT)
        .exclude(notice__state=NoticeState.WITHDRAWN)
        .select_related("notice")
        .order_by("-pk")
        .first()
    )
    if entry is None or entry.notice.state != NoticeState.CLOSED:
        yield _("评审结果尚未公示期满，不能发证%(basis)s") % {"basis": basis(application.round, bases.result_notice)}
        return
    if entry.held:
        yield _("公示期间的异议尚未办结，此人暂缓发证")
    objections = Objection.objects.filter(entry__application=application, entry__notice__kind=NoticeKind.RESULT)
    if objections.exclude(state=ObjectionState.DISMISSED).exists():
        yield _("存在未办结或已成立的异议，不能发证")
    if application.snapshot_id is None:
        yield _("没有已提交的申报内容，无法生成证书")
    passed = Entry.objects.filter(application=application, outcome__passed=True).select_related("meeting").first()
    if passed is None:
        yield _("没有评审通过的表决结果，不能发证")
        return
    filed_until = application.round.committee.filed_until
    if filed_until is None or filed_until < passed.meeting.held_on:
        yield (
            _("评审委员会在评审当日没有有效备案，结果不进入查询验证系统%(basis)s")
            % {"basis": basis(application.round, bases.filing)}
        )


def issuer_of(round_: Round) -> Organization:
    """Who issues: the region's title office, or the review office where the tree has none."""
    office = Organization.objects.filter(root=round_.office.root_id, kind=OrganizationKind.TITLE_OFFICE, is_active=True)
    return office.order_by("path").first() or round_.office


def _certificate(application: Application, *, by: User | None, approval_number: str, on: date) -> Certificate:
    snapshot, round_ = application.snapshot, application.round
    if snapshot is None:
        raise NotReleasable(_("没有已提交的申报内容，无法生成证书。"))
    entry = Entry.objects.select_related("meeting").get(application=application, outcome__passed=True)
    procedure = catalog.get(snapshot.policy_id).procedure
    return Certificate(
        number=numbering.take(numbering.prefix_of(round_, application.level, on.year)),
        token=secrets.token_urlsafe(TOKEN_BYTES),
        application=application,
        holder=application.applicant,
        holder_name=snapshot.data["applicant"]["name"],
        identity_masked=snapshot.identity_masked,
        unit=snapshot.data["employer"]["name"],
        series=series_name(round_.series),
        specialty=wording.word(wording.SPECIALTY, round_.specialty),
        level=application.level,
        title=procedure.title_of(application.level),
        acquired_by=procedure.certificate.mode.value,
        acquired_on=entry.meeting.held_on,
        committee=round_.committee.name,
        approval_number=approval_number,
        issuer=issuer_of(round_).name,
        issued_on=on,
        issued_by=by,
        state_since=clock.now(),
    )


def written(certificate: Certificate) -> Certificate:
    """Saves a certificate with its two papers, and orders their rendering."""
    previous = certificate.supersedes
    old_paper, old_form = (previous.document, previous.review_form) if previous else (None, None)
    certificate.document = _ordered(DocumentKind.CERTIFICATE, certificate, old_paper)
    certificate.review_form = _ordered(DocumentKind.REVIEW_FORM, certificate, old_form)
    certificate.save()
    return certificate


def _ordered(kind: DocumentKind, certificate: Certificate, previous: Document | None) -> Document:
    document = documents.order(kind, certificate)
    document.supersedes = previous
    document.save()
    rendering.enqueue(document)
    return document
