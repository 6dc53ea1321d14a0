"""Entering a private enterprise below the body it reports to, with the log-in of its first clerk.

The county's title office makes the accounts of the private enterprises placed there (余人社字〔2023〕81号 正文三).
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal import access, audit, people
from portal.models import Membership, Organization, OrganizationKind, Ownership, User
from portal.models.organization import validate_uscc
from portal.people import AccountRefusedError
from portal.roles import Permission, Role


@transaction.atomic
def enter_enterprise(
    *, by: User, body: Organization, unit: str, uscc: str, username: str, name: str, email: str
) -> Organization:
    """The enterprise, and its clerk, who gets a mail with a link to set the password.

    Raises:
        portal.access.Forbidden: `by` does not act for the body.
        AccountRefusedError: the unit is there already, or a name, code or address cannot be used.
    """
    access.require(by, Permission.SUPERVISE, body)
    made = _enterprise(body, unit.strip(), uscc.strip().upper())
    audit.record(
        "organization.enter", by=by, scope="people", kind="organization", target=str(made.public_id),
        change={"name": made.name, "uscc": made.uscc}, organization=body,
    )  # fmt: skip
    clerk = people.made_for(by=by, organization=made, username=username, name=name, email=email)
    role = Role.EMPLOYER_CLERK.value
    Membership.objects.create(user=clerk, organization=made, role=role)
    audit.record(
        "people.give_role", by=by, scope="people", kind="user", target=str(clerk.public_id),
        change={"role": role, "organization": str(made.public_id)}, organization=body,
    )  # fmt: skip
    return made


def _enterprise(body: Organization, name: str, uscc: str) -> Organization:
    """Below the body; two presses at once come one after the other."""
    Organization.objects.select_for_update(no_key=True).get(pk=body.pk)
    if body.kind != OrganizationKind.SUPERVISING_BODY:
        raise AccountRefusedError("body", _("只能登记在主管部门或县（区）人社部门之下。"))
    if not name:
        raise AccountRefusedError("unit", _("请填写单位全称，与营业执照一致。"))
    try:
        validate_uscc(uscc)
    except ValidationError as error:
        raise AccountRefusedError("uscc", error.messages[0]) from error
    if (known := Organization.objects.filter(uscc=uscc).first()) is not None:
        told = _(
            "该统一社会信用代码已登记为“%(name)s”。需要为其开设账号的，请由该单位人事办理，或联系页脚所列服务电话。"
        )
        raise AccountRefusedError("uscc", told % {"name": known.name})
    if Organization.objects.filter(root=body.root_id, name=name).exists():
        raise AccountRefusedError("unit", _("本地区已有同名单位。请核对全称，确属不同单位的，请联系页脚所列服务电话。"))
    made = Organization(name=name, kind=OrganizationKind.EMPLOYER, ownership=Ownership.PRIVATE, uscc=uscc, parent=body)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:  # another body was quicker
        raise AccountRefusedError("uscc", _("该统一社会信用代码刚刚已被登记。请核对后重新提交。")) from error
    return made
