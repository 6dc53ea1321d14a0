"""A person's own messages."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import access, clock
from portal.models import Message, User

PAGE_SIZE = 25


@access.signed_in
@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    """One's own messages, newest first; `?unread=1` narrows to the unread."""
    assert isinstance(request.user, User)
    own = Message.objects.filter(recipient=request.user).select_related("organization")
    only_unread = request.GET.get("unread") == "1"
    if only_unread:
        own = own.filter(read_at=None)
    page = Paginator(own, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "portal/message_list.html", {"page": page, "only_unread": only_unread})


@access.signed_in
@require_safe
def message_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One message; opening it marks it read. Another person's is not found."""
    assert isinstance(request.user, User)
    own = Message.objects.filter(recipient=request.user).select_related("organization")
    message = get_object_or_404(own, public_id=public_id)
    if message.read_at is None:
        Message.objects.filter(pk=message.pk, read_at=None).update(read_at=clock.now())
    return render(request, "portal/message_detail.html", {"message_row": message})


@access.signed_in
@require_POST
def message_read_all(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    read = Message.objects.filter(recipient=request.user, read_at=None).update(read_at=clock.now())
    messages.success(request, _("%(count)d 条消息已标为已读。") % {"count": read})
    return redirect("portal:message_list")
