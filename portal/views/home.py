"""The first page: for visitors what the portal is, for people of the portal what waits for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal import access, handbooks, privacy, worklist
from portal.models import Membership, Message, User

LATEST_MESSAGES = 5
STEPS = (
    (_("填报提交"), _("申报人")),
    (_("审核、公示、推荐"), _("用人单位")),
    (_("逐级审核"), _("主管部门")),
    (_("受理"), _("评审办")),
    (_("评审表决"), _("专家")),
    (_("结果公示"), _("评审办")),
    (_("领取证书"), _("申报人")),
)


@access.public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        steps = [{"name": name, "holder": holder} for name, holder in STEPS]
        return render(request, "portal/welcome.html", {"steps": steps, "handbooks": handbooks.offered()})
    person = request.user
    return render(
        request,
        "portal/home.html",
        {
            "agreed": privacy.has_agreed(person),
            "handbooks": handbooks.offered(),
            "work": worklist.items_for(person),
            "latest": Message.objects.filter(recipient=person)[:LATEST_MESSAGES],
            "memberships": Membership.objects.filter(user=person, active=True).select_related("organization"),
        },
    )
