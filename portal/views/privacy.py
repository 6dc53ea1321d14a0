"""The privacy notice, and agreeing to it or withdrawing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import access, privacy
from portal.models import User


@access.public
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The notice; signed-in people see whether they have agreed. `?next=` leads on after agreeing."""
    person = request.user if isinstance(request.user, User) else None
    return render(
        request,
        "portal/privacy.html",
        {
            "version": privacy.VERSION,
            "agreed": person is not None and privacy.has_agreed(person),
            "next": request.GET.get("next", ""),
        },
    )


@access.signed_in
@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Agrees (`act=agree`) or withdraws (`act=withdraw`)."""
    assert isinstance(request.user, User)
    if request.POST.get("act") == "withdraw":
        privacy.withdraw(by=request.user)
        messages.info(request, _("已撤回同意。已提交的申报仍按规定办理；今后填报前需重新同意。"))
        return redirect("portal:privacy")
    privacy.agree(by=request.user)
    messages.success(request, _("已记录您的同意。"))
    onward = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return redirect(onward if ours else "portal:home")
