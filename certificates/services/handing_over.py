"""Papers leave the portal, and the employer seals and files them."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certificates.errors import AlreadyDone, NotReady, NotReleasable
from certificates.models import Archiving, Certificate, Document
from portal import access, audit, clock
from portal.models import User
from portal.roles import Permission


@transaction.atomic
def record_download(*, document: Document, by: User) -> None:
    """Writes that a paper was handed out. Raises NotReady with the reason while there is no file."""
    if not document.is_ready:
        raise NotReady(document.failure or _("文书正在生成，通常一分钟内完成。请稍后刷新页面再下载。"))
    audit.record(
        "document.download", by=by, scope="certificates", kind="document", target=str(document.public_id),
        change={"kind": document.kind, "sha256": document.sha256},
    )  # fmt: skip


@transaction.atomic
def record_archiving(*, certificate: Certificate, sealed_on: date, place: str, by: User) -> Archiving:
    """The employer has sealed both papers and filed them (27号 六(四)); recorded once.

    Raises:
        portal.access.Forbidden: not the holder's employer.
        NotReady: a paper is not there yet.
        NotReleasable: the day lies in the future or before the issue, or no place is given.
        AlreadyDone: it is recorded.
    """
    employer = certificate.application.employer
    access.require(by, Permission.RECOMMEND, employer)
    if not (certificate.document.is_ready and certificate.review_form.is_ready):
        raise NotReady(_("证书或评审表尚未生成，不能登记归档。请待两份文书均可下载后再办理。"))
    if not certificate.issued_on <= sealed_on <= clock.today():
        raise NotReleasable(_("盖章日期须在发证日期至今天之间。请核对后重新填写。"))
    if not place.strip():
        raise NotReleasable(_("请填写材料存入何处的人事档案。"))
    row, made = Archiving.objects.get_or_create(
        certificate=certificate,
        defaults={
            "sealed_on": sealed_on,
            "place": place.strip(),
            "organization": employer,
            "recorded_by": by,
            "recorded_at": clock.now(),
        },
    )
    if not made:
        raise AlreadyDone(_("该证书已登记盖章归档，无需重复办理。"))
    audit.record(
        "certificate.archive", by=by, scope=certificate.scope, kind="certificate", target=str(certificate.public_id),
        change={"sealed_on": sealed_on, "place": row.place}, organization=employer,
    )  # fmt: skip
    return row
