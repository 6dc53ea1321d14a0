"""Log-ins that an employer makes for its people, and a county for the clerks of private enterprises."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import access, people, refusals, units
from portal.models import OrganizationKind, User
from portal.people_form import AccountForm, EnterpriseForm
from portal.roles import Permission

INVALID = 422


@access.holds(Permission.MANAGE_ORGANIZATION)
@require_http_methods(["GET", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    """Makes a log-in; the person gets a mail with a link to set the password."""
    assert isinstance(request.user, User)
    managed = access.organizations_with(request.user, Permission.MANAGE_ORGANIZATION)
    form = AccountForm(request.POST or None, managed=managed)
    if request.method == "POST" and form.is_valid():
        try:
            person = people.create_account(by=request.user, **form.cleaned_data)
        except people.AccountRefusedError as refused:
            refusals.note_answer(str(refused))
            form.add_error(refused.field, str(refused))
        else:
            said = _("已为 %(name)s 开设账号，设置密码的链接将发送到 %(email)s。")
            messages.success(request, said % {"name": person.name, "email": person.email})
            return redirect("portal:person_add")
    return render(request, "portal/person_add.html", {"form": form}, status=INVALID if form.is_bound else 200)


@access.holds(Permission.SUPERVISE)
@require_http_methods(["GET", "POST"])
def enterprise_add(request: HttpRequest) -> HttpResponse:
    """Enters a private enterprise below one's body, with the log-in of its first clerk."""
    assert isinstance(request.user, User)
    bodies = access.organizations_with(request.user, Permission.SUPERVISE)
    bodies = bodies.filter(kind=OrganizationKind.SUPERVISING_BODY)
    form = EnterpriseForm(request.POST or None, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        try:
            made = units.enter_enterprise(by=request.user, **form.cleaned_data)
        except people.AccountRefusedError as refused:
            refusals.note_answer(str(refused))
            form.add_error(refused.field, str(refused))
        else:
            said = _("已登记“%(unit)s”，设置密码的链接将发送到 %(email)s。")
            messages.success(request, said % {"unit": made.name, "email": form.cleaned_data["email"]})
            return redirect("portal:enterprise_add")
    return render(request, "portal/enterprise_add.html", {"form": form}, status=INVALID if form.is_bound else 200)
