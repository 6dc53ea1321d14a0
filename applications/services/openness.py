"""Whether an application, or a part of it, may be changed by its applicant now."""

from django.utils.translation import gettext as _

from applications import corrections
from applications.errors import Refused
from applications.models import Application, ArchiveItem
from portal.models import User


def require_editable(application: Application, by: User) -> None:
    """Raises Refused unless this is the applicant, and the application lies with them."""
    if application.applicant_id != by.pk:
        raise Refused([_("只有申报人本人可以填写。")])
    if not application.is_editable:
        raise Refused(
            [
                _("申报现为“%(status)s”，不能修改。如需修改，请联系当前审核单位退回补正。")
                % {"status": application.told_status_label}
            ]
        )


def require_open(application: Application, by: User, *, section: str = "", item: ArchiveItem | None = None) -> None:
    """Raises Refused unless a section, or a record in it, may be changed: after a return, only what it names may."""
    require_editable(application, by)
    asked = corrections.mending(application)
    if asked is None:
        return
    section = section or (corrections.section_of(item.kind, item.facts) if item else "")
    if not (asked.opens_record(section, str(item.public_id)) if item else asked.opens_section(section)):
        raise Refused([asked.why_closed])


def require_matters_open(application: Application, by: User) -> None:
    """Raises Refused unless what is applied for may be changed."""
    require_editable(application, by)
    asked = corrections.mending(application)
    if asked is not None and not matters_open(application, asked):
        raise Refused([asked.why_closed])


def may_change_beside_the_unit(application: Application) -> bool:
    """Whether level, direction and routes are open, too: after a return they are where it says so."""
    asked = corrections.mending(application)
    return asked is None or asked.opens_section(corrections.MATTERS)


def matters_open(application: Application, asked: corrections.Mending | None) -> bool:
    """Whether what is applied for may be changed; a unit that takes no part any more has to be, asked or not."""
    employer = application.employer
    takes_part = employer.is_active and employer.root_id == application.round.office.root_id
    return asked is None or not takes_part or asked.opens_section(corrections.MATTERS)
