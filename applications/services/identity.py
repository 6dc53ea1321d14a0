"""The whole identity number of an applicant, for one look on the record."""

from django.db import transaction
from django.utils.translation import gettext as _

from applications.errors import OWN_CASE, Refused
from applications.models import Application
from portal import access, identity
from portal.models import IdentityDocument, Organization, OrganizationKind, User
from portal.roles import Permission


def reveals_identity(application: Application, user: User) -> bool:
    """Whether the person may look at the applicant's number: the round's own office, and its region's title office."""
    held = access.organizations_with(user, Permission.REVEAL_IDENTITY)
    office = application.round.office
    above = Organization.objects.filter(kind=OrganizationKind.TITLE_OFFICE, root=office.root_id)
    return held.filter(pk__in=[office.pk, *above.values_list("pk", flat=True)]).exists()


@transaction.atomic
def reveal_identity(*, application: Application, by: User, reason: str) -> str:
    """The applicant's whole number. The look is an entry of the audit log, with its reason.

    Raises:
        portal.access.Forbidden: neither the round's office nor its region's title office.
        Refused: the person's own case, no reason, or no number is stored.
    """
    if not reveals_identity(application, by):
        raise access.Forbidden(_("只有受理本批次的评审办事机构和本地区职称办可以查看完整证件号码。"))
    if application.applicant_id == by.pk:
        raise Refused([_(OWN_CASE)])
    if not reason.strip():
        raise Refused([_("请写明查看理由，如“与纸质证件核对”。理由和查看人将记入审计日志。")])
    try:
        return identity.reveal(application.applicant, by=by, reason=reason.strip())
    except IdentityDocument.DoesNotExist as missing:
        raise Refused([_("申报人没有登记证件号码。")]) from missing
