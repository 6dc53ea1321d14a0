"""Who may do what: the permissions, the roles, and which role carries which permission. Readable in five minutes.

Applicants and experts hold no role here: an applicant's right is ownership of the row, an expert's right is a seat.
The `rules` permission library is not used: our own `rules` app bears that name.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    VIEW_EMPLOYER_APPLICATIONS = "application.view_employer"
    CHECK = "application.check"
    RECOMMEND = "application.recommend"
    MANAGE_NOTICE = "notice.manage"
    SUPERVISE = "application.supervise"
    ACCEPT = "application.accept"
    MANAGE_ROUND = "round.manage"
    MANAGE_POOL = "pool.manage"
    RUN_DRAW = "draw.run"
    MANAGE_MEETING = "meeting.manage"
    PUBLISH_RESULT = "result.publish"
    ISSUE_CERTIFICATE = "certificate.issue"
    DOWNLOAD_BATCH = "certificate.download_batch"
    MANAGE_FILING = "filing.manage"
    MANAGE_BAN = "ban.manage"
    READ_AUDIT = "audit.read"
    MANAGE_MESSAGES = "message.manage"
    MANAGE_ORGANIZATION = "organization.manage"
    REVEAL_IDENTITY = "identity.reveal"
    OBSERVE = "observe"


class Role(StrEnum):
    EMPLOYER_CLERK = "employer_clerk"
    SUPERVISOR_CLERK = "supervisor_clerk"
    OFFICE_CLERK = "office_clerk"
    TITLE_OFFICER = "title_officer"
    INSPECTOR = "inspector"
    SYSTEM_ADMIN = "system_admin"

    @property
    def label(self) -> Promise:
        return ROLE_LABELS[self]


ROLE_LABELS: dict[Role, Promise] = {
    Role.EMPLOYER_CLERK: _("单位人事"),
    Role.SUPERVISOR_CLERK: _("主管部门经办"),
    Role.OFFICE_CLERK: _("评审办经办"),
    Role.TITLE_OFFICER: _("职称办工作人员"),
    Role.INSPECTOR: _("监督员"),
    Role.SYSTEM_ADMIN: _("系统管理员"),
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.EMPLOYER_CLERK: frozenset(
        {
            Permission.VIEW_EMPLOYER_APPLICATIONS,
            Permission.CHECK,
            Permission.RECOMMEND,
            Permission.MANAGE_NOTICE,
            Permission.DOWNLOAD_BATCH,
            Permission.MANAGE_ORGANIZATION,
        }
    ),
    Role.SUPERVISOR_CLERK: frozenset({Permission.SUPERVISE, Permission.MANAGE_NOTICE}),
    Role.OFFICE_CLERK: frozenset(
        {
            Permission.ACCEPT,
            Permission.MANAGE_ROUND,
            Permission.MANAGE_POOL,
            Permission.RUN_DRAW,
            Permission.MANAGE_MEETING,
            Permission.PUBLISH_RESULT,
            Permission.ISSUE_CERTIFICATE,
            Permission.DOWNLOAD_BATCH,
            Permission.MANAGE_NOTICE,
            Permission.REVEAL_IDENTITY,
            Permission.MANAGE_MESSAGES,
            Permission.MANAGE_BAN,
        }
    ),
    Role.TITLE_OFFICER: frozenset(
        {
            Permission.MANAGE_FILING,
            Permission.MANAGE_BAN,
            Permission.OBSERVE,
            Permission.READ_AUDIT,
            Permission.REVEAL_IDENTITY,
        }
    ),
    Role.INSPECTOR: frozenset({Permission.OBSERVE, Permission.READ_AUDIT}),
    Role.SYSTEM_ADMIN: frozenset({Permission.MANAGE_ORGANIZATION, Permission.MANAGE_MESSAGES, Permission.READ_AUDIT}),
}

# These hold a second factor in production (see portal/second_factor.py).
SECOND_FACTOR_ROLES = frozenset({Role.OFFICE_CLERK, Role.TITLE_OFFICER, Role.INSPECTOR, Role.SYSTEM_ADMIN})


def roles_with(permission: Permission) -> list[Role]:
    return [role for role, held in PERMISSIONS.items() if permission in held]
