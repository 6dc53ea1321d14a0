"""Mail under way, for the staff on whose business it goes: the list, and one of them."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal import access, delivery_acts
from portal.delivery_forms import DeliveryFilterForm
from portal.delivery_reading import TONES, Reader
from portal.models import DeliveryState, User
from portal.roles import Permission
from portal.views.delivery_acts import ACTS

PAGE_SIZE = 25


@access.holds(Permission.MANAGE_MESSAGES)
@require_safe
def delivery_list(request: HttpRequest) -> HttpResponse:
    """Newest first; `?state=failed` is what waits for staff."""
    assert isinstance(request.user, User)
    reader = Reader(request.user)
    form = DeliveryFilterForm(request.GET)
    rows = form.chosen(reader.visible(), readable=reader.own).order_by("-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = [reader.shown(delivery) for delivery in page.object_list]
    return render(request, "portal/delivery_list.html", {"page": page, "rows": shown, "form": form})


@access.holds(Permission.MANAGE_MESSAGES)
@require_safe
def delivery_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What became of one delivery and of every other sending of its message; the acts that can be done now."""
    assert isinstance(request.user, User)
    reader = Reader(request.user)
    delivery = get_object_or_404(reader.visible(), public_id=public_id)
    sendings = delivery.message.deliveries.select_related("resent_by").order_by("pk")
    context = {
        "shown": reader.shown(delivery),
        "acts": [ACTS[key] for key in delivery_acts.acts_on(delivery)],
        "sendings": [(one, TONES[DeliveryState(one.state)]) for one in sendings],
    }
    return render(request, "portal/delivery_detail.html", context)
