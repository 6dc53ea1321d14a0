"""The title office ends an application, or takes a title away, because a breach was proved."""

from django.db import transaction
from django.utils.translation import gettext as _

from applications.errors import Refused
from applications.models import Application, TransitionRecord
from applications.transitions import perform
from portal import access
from portal.models import User
from portal.roles import Permission


@transaction.atomic
def cancel(*, application: Application, by: User, clause: str, reason: str) -> TransitionRecord:
    """Cancels an application at whatever stage, the certificate with it; the applicant reads reason and clause.

    It goes on counting as the year's application of its series and specialty.

    Raises:
        Refused: no right, no reason, or no clause that it rests on.
        IllegalMove: it is not submitted, or has ended already.
    """
    faults = []
    if not clause.strip():
        faults.append(_("取消资格须写明所依据的文件条款。"))
    if not reason.strip():
        faults.append(_("取消资格须写明查实的事实和理由，申报人将看到。"))
    if faults:
        raise Refused(faults)
    titled = access.organizations_with(by, Permission.MANAGE_FILING).filter(root=application.round.office.root_id)
    body = titled.values_list("name", flat=True).first() or ""
    note = _("%(reason)s（依据：%(clause)s）") % {"reason": reason.strip(), "clause": clause.strip()}
    return perform(application, "cancel", by=by, note=note, clause=clause.strip(), body=body)
