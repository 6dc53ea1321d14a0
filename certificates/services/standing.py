"""What becomes of a certificate after its issue: revoked, or replaced by a corrected one."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from certificates import numbering
from certificates.errors import AlreadyDone, NotReleasable
from certificates.models import Certificate, CertificateState, RevocationReason
from certificates.services.issuing import TOKEN_BYTES, written
from portal import access, audit, clock, notifications
from portal.access import Forbidden
from portal.models import User
from portal.roles import Permission


@transaction.atomic
def revoke(*, certificate: Certificate, reason: RevocationReason, note: str, by: User) -> Certificate:
    """The title office withdraws a certificate (27号 八(三), 2023年度通知五(四)); the public sees when and what for.

    Raises:
        Forbidden: not a title officer of the certificate's region.
        NotReleasable: no note.
        AlreadyDone: the certificate is not valid any more.
    """
    office = certificate.application.round.office
    held = access.organizations_with(by, Permission.MANAGE_FILING).filter(root=office.root_id).first()
    if held is None:
        raise Forbidden(_("撤销证书须由本地区职称办办理。请将核查材料报市职称办。"))
    if not note.strip():
        raise NotReleasable(_("撤销证书须写明依据和核查结论，持证人将看到该说明。"))
    _leave_valid(certificate, CertificateState.REVOKED, reason.value)
    audit.record(
        "certificate.revoke", by=by, scope=certificate.scope, kind="certificate", target=str(certificate.public_id),
        change={"number": certificate.number, "state": ["valid", "revoked"], "class": reason.value}, reason=note,
        organization=held,
    )  # fmt: skip
    notifications.notify(
        certificate.holder,
        "certificate.revoked",
        {"number": certificate.number, "note": note.strip()},
        organization=office,
        dedupe=f"certificate.revoked:{certificate.public_id}",
    )
    return certificate


@transaction.atomic
def reissue(*, certificate: Certificate, note: str, by: User) -> Certificate:
    """Replaces a valid certificate by a new one with a number and papers of its own; the old one stays as superseded.

    Raises:
        Forbidden: no right to issue certificates in the round's office.
        NotReleasable: no note.
        AlreadyDone: the certificate is not valid any more.
        numbering.NumberingError: no number can be made.
    """
    application = certificate.application
    access.require(by, Permission.ISSUE_CERTIFICATE, application.round.office)
    if not note.strip():
        raise NotReleasable(_("换发证书须写明原因。"))
    today = clock.today()
    prefix = numbering.prefix_of(application.round, certificate.level, today.year)
    _leave_valid(certificate, CertificateState.SUPERSEDED, "")
    copied = {name: getattr(certificate, name) for name in _COPIED}
    fresh = written(
        Certificate(
            **copied,
            number=numbering.take(prefix),
            token=secrets.token_urlsafe(TOKEN_BYTES),
            issued_on=today,
            issued_by=by,
            state_since=clock.now(),
            supersedes=certificate,
        )
    )
    audit.record(
        "certificate.reissue", by=by, scope=certificate.scope, kind="certificate", target=str(fresh.public_id),
        change={"number": [certificate.number, fresh.number]}, reason=note, organization=application.round.office,
    )  # fmt: skip
    return fresh


_COPIED = (
    "application", "holder", "holder_name", "identity_masked", "unit", "series", "specialty", "level", "title",
    "acquired_by", "acquired_on", "committee", "approval_number", "issuer",
)  # fmt: skip


def _leave_valid(certificate: Certificate, state: CertificateState, reason: str) -> None:
    left = Certificate.objects.filter(pk=certificate.pk, state=CertificateState.VALID).update(
        state=state, state_reason=reason, state_since=clock.now()
    )
    if not left:
        raise AlreadyDone(_("该证书已不是有效状态，操作没有生效。请刷新页面查看最新状态。"))
    certificate.refresh_from_db()
