"""A person's own data: name and mobile number, log-in, identity document (masked), memberships, agreement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal import access, identity, privacy
from portal.account_forms import ProfileForm
from portal.models import Membership, User


@access.signed_in
def profile(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid() and _saved(form, request.user):
        messages.success(request, _("个人信息已保存。"))
        return redirect("portal:profile")
    person = User.objects.get(pk=request.user.pk)
    return render(
        request,
        "portal/profile.html",
        {
            "form": form,
            "person": person,
            "identity_masked": identity.masked(person),
            "memberships": Membership.objects.filter(user=person, active=True).select_related("organization"),
            "agreed": privacy.has_agreed(person),
        },
    )


def _saved(form: ProfileForm, person: User) -> bool:
    """Whether the form was saved; what holds the name is told at its field."""
    try:
        identity.rename(person, name=form.cleaned_data["name"], by=person)
    except identity.IdentityHeldError as held:
        form.add_error("name", str(held))
        return False
    form.save()
    return True
