"""What pages say of a round's fee, and of what its notice threatens."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.fees import fee_of, is_charged
from applications.models import Application, ApprovalStep, FeePayment, Round
from applications.round_rules import Line, consequences, of_stage
from applications.status import Status
from portal import access
from portal.models import User
from portal.roles import Permission

register = template.Library()
register.filter("is_charged", is_charged)


@register.filter
def fee_told(round_: Round) -> str:
    """What an application costs, in a sentence without its full stop."""
    return fee_of(round_).sentence


@register.filter
def fee_state(application: Application) -> str:
    """Whether it is paid; empty where nothing is charged."""
    if not is_charged(application.round):
        return ""
    return _("已登记缴费") if FeePayment.objects.filter(application=application).exists() else _("尚未登记缴费")


@register.simple_tag(takes_context=True)
def ban_address(context: template.Context, application: Application) -> str:
    """Where whoever keeps bans enters one for a person whose application was cancelled; else empty."""
    user = context["request"].user
    if application.status != Status.CANCELLED or not isinstance(user, User) or application.applicant_id == user.pk:
        return ""
    if not access.holds_anywhere(user, Permission.MANAGE_BAN):
        return ""
    return f"{reverse('applications:ban_add')}?application={application.public_id}"


@register.inclusion_tag("applications/_consequences.html", name="consequences")
def consequences_of(round_: Round) -> dict[str, object]:
    """What follows on bad material, where a person commits to theirs and a unit to what it has checked."""
    return {"lines": consequences(round_)}


@register.filter
def laid_down(step: ApprovalStep) -> list[Line]:
    """What the round's notice lays down for the level of a step."""
    return of_stage(step.application.round, step.kind)
