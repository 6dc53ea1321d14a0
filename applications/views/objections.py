"""Objections: lodged by anyone on a public notice (or registered by the unit's clerk), settled by who manages it."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from applications import services
from applications.errors import ActError
from applications.forms.objection import ObjectionForm, SettleForm
from applications.models import Notice, NoticeEntry, Objection, ObjectionState
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.notices import manager_permission, way_to
from portal import access, audit, crypto
from portal.access import person
from portal.models import User
from portal.rate_limit import Limit
from portal.roles import Permission

# Of an address in an hour.
OBJECTIONS = Limit("objection", times=10, seconds=3600)


@access.public
def objection_add(request: HttpRequest, public_id: UUID, entry: UUID) -> HttpResponse:
    """So many an address and hour; a notice inside a unit takes them through its clerk only."""
    notices = Notice.objects.visible_to(request.user)
    found = get_object_or_404(
        NoticeEntry.objects.filter(notice__in=notices).select_related("notice__round", "notice__organization"),
        public_id=entry,
        notice__public_id=public_id,
    )
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form_page(request, found, form)
    if not OBJECTIONS.allows(request):
        return OBJECTIONS.refusal(request)
    if not form.is_valid():
        return _form_page(request, found, form, status=INVALID)
    user = request.user if isinstance(request.user, User) else None
    try:
        services.lodge_objection(entry=found, by=user, **form.cleaned_data)
    except ActError as refused:
        for reason in reasons_of(refused):
            form.add_error(None, reason)
        return _form_page(request, found, form, status=CONFLICT)
    messages.success(request, _("异议已登记，将由发布单位核查；核查期间只暂缓被反映的人。"))
    if user is not None and access.decide(user, manager_permission(found.notice), found.notice.organization):
        return redirect("applications:notice_manage", public_id)
    return redirect("applications:notice_detail", public_id)


def _form_page(request: HttpRequest, entry: NoticeEntry, form: ObjectionForm, status: int = 200) -> HttpResponse:
    page = {"entry": entry, "notice": entry.notice, "form": form}
    return render(request, "applications/objection_add.html", page, status=status)


@access.signed_in
def objection_settle(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The objection with the way to reach whoever lodged it (each reading is on record), and its outcome."""
    user = person(request)
    found = get_object_or_404(
        _handled_or_watched(user).select_related("entry__notice__round", "entry__notice__organization", "settled_by"),
        public_id=public_id,
    )
    notice = found.entry.notice
    access.require(user, manager_permission(notice), notice.organization)
    form = SettleForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                services.settle_objection(objection=found, by=user, **form.cleaned_data)
            except ActError as refused:
                status = CONFLICT
                for reason in reasons_of(refused):
                    form.add_error(None, reason)
            else:
                messages.success(request, _("核查结果已记录。"))
                return redirect("applications:notice_manage", notice.public_id)
    page = {
        "objection": found,
        "entry": found.entry,
        "notice": notice,
        "crumbs": way_to(notice)[1],
        "contact": _contact(user, found),
        "is_open": found.state == ObjectionState.OPEN,
        "form": form,
    }
    return render(request, "applications/objection_settle.html", page, status=status)


def _handled_or_watched(user: User) -> QuerySet[Objection]:
    """A notice may be everybody's to read; who objected is known to those who post it and those who watch."""
    posting = access.organizations_with(user, Permission.MANAGE_NOTICE)
    watched = access.organizations_with(user, Permission.OBSERVE).values("root")
    return Objection.objects.filter(
        Q(entry__notice__organization__in=posting) | Q(entry__notice__round__office__root__in=watched)
    )


@transaction.atomic
def _contact(user: User, objection: Objection) -> str:
    notice = objection.entry.notice
    audit.record(
        "objection.read_contact",
        by=user,
        scope=f"round:{notice.round.public_id}",
        kind="objection",
        target=str(objection.public_id),
        organization=notice.organization,
    )
    return str(crypto.decrypt(objection.contact)) if objection.contact else ""
