"""What pages say of a round's fee."""

from django import template
from django.utils.translation import gettext as _

from applications.fees import fee_of, is_charged
from applications.models import Application, FeePayment, Round

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
