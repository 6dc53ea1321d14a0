"""The privacy notice, and agreeing to what it asks or withdrawing, each by itself."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import access, privacy
from portal.models import User


@access.public
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The notice; signed-in people see what they have agreed to. `?next=` leads on after agreeing."""
    person = request.user if isinstance(request.user, User) else None
    given = privacy.agreed_to(person) if person else set()
    return render(
        request,
        "portal/privacy.html",
        {
            "version": privacy.VERSION,
            "purposes": [(purpose, purpose.key in given) for purpose in privacy.PURPOSES],
            "asks": len(given) < len(privacy.PURPOSES),
            "draft_days": settings.DRAFT_DAYS,
            "next": request.GET.get("next", ""),
        },
    )


@access.signed_in
@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Agrees (`act=agree`) or withdraws (`act=withdraw`) each named `purpose`."""
    assert isinstance(request.user, User)
    purposes = [key for key in request.POST.getlist("purpose") if key in privacy.KEYS]
    onward = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    if not purposes:
        messages.warning(request, _("还没有勾选。身份信息和申报材料分别同意：请勾选您同意的一项或两项，再按按钮。"))
        return redirect(f"{reverse('portal:privacy')}{'?' + urlencode({'next': onward}) if ours else ''}")
    titles = "、".join(str(purpose.title) for purpose in privacy.PURPOSES if purpose.key in purposes)
    if request.POST.get("act") == "withdraw":
        privacy.withdraw(by=request.user, purposes=purposes)
        messages.info(
            request,
            _("已撤回对“%(what)s”的同意。已提交的申报仍按规定办理；今后填报前需重新同意。") % {"what": titles},
        )
        return redirect("portal:privacy")
    privacy.agree(by=request.user, purposes=purposes)
    messages.success(request, _("已记录您对“%(what)s”的同意。") % {"what": titles})
    return redirect(onward if ours else "portal:home")
