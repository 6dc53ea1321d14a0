"""A delivery as a person may see it: from above one sees that mail is stuck, not to whom it goes or what it says."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal import access, deliveries
from portal.models import Delivery, DeliveryState, Organization, User
from portal.models.message import DeliveryQuerySet
from portal.roles import Permission
from portal.templatetags.portal_tags import masked

TONES = {
    DeliveryState.QUEUED: "info",
    DeliveryState.SENDING: "info",
    DeliveryState.HELD: "warning",
    DeliveryState.SENT: "success",
    DeliveryState.FAILED: "danger",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The words of a page. `readable` where the mail is of the person's own organisation; the address is masked."""

    delivery: Delivery
    readable: bool
    recipient: str
    title: str
    address: str
    failure: str

    @property
    def tone(self) -> str:
        return TONES[DeliveryState(self.delivery.state)]


class Reader:
    """Who looks, and the organisations whose mail this person may read."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.own = {one.pk: one for one in access.organizations_with(user, Permission.MANAGE_MESSAGES)}

    def visible(self) -> DeliveryQuerySet:
        rows = Delivery.objects.visible_to(self.user)
        return rows.select_related("message__recipient", "message__organization", "held_by", "job")

    def shown(self, delivery: Delivery) -> Shown:
        message = delivery.message
        readable = message.organization_id in self.own
        name = message.recipient.get_full_name()
        return Shown(
            delivery=delivery,
            readable=readable,
            recipient=name if readable else str(masked(name, "name")),
            title=message.subject if readable else _mail_of(message.organization),
            address=deliveries.address_of(delivery),
            failure=deliveries.failure_of(delivery) if delivery.state == DeliveryState.FAILED else "",
        )


def _mail_of(organization: Organization | None) -> str:
    return _("%(organization)s的邮件") % {"organization": organization}
