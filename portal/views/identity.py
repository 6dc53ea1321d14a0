"""A person's identity document: registered by themselves, shown masked ever after."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import access, identity, privacy, refusals
from portal.identity_form import IdentityForm
from portal.models import User

INVALID = 422


@access.signed_in
@require_http_methods(["GET", "POST"])
def identity_document(request: HttpRequest) -> HttpResponse:
    """Registers or corrects the document; each time is an audit entry. `?next=` leads on afterwards.

    The number is sensitive personal information: nothing is asked before the notice has been agreed to.
    """
    assert isinstance(request.user, User)
    if not privacy.has_agreed(request.user, privacy.IDENTITY):
        messages.info(request, _("登记证件要用到您的个人信息。请先阅读告知书，同意后自动回到登记页面。"))
        return redirect(f"{reverse('portal:privacy')}?{urlencode({'next': request.get_full_path()})}")
    form = IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, number = form.cleaned_data["kind"], form.cleaned_data["number"]
        try:
            identity.set_document(request.user, kind=kind, number=number, by=request.user)
        except (identity.IdentityNumberError, identity.IdentityTakenError, identity.IdentityHeldError) as refused:
            refusals.note_answer(str(refused))
            form.add_error("number", str(refused))
        else:
            messages.success(request, _("身份证件已登记，号码加密保存。"))
            return redirect(_onward(request))
    context = {"form": form, "identity_masked": identity.masked(request.user), "next": request.GET.get("next", "")}
    return render(request, "portal/identity.html", context, status=INVALID if form.is_bound else 200)


def _onward(request: HttpRequest) -> str:
    onward = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return onward if ours else "portal:profile"
