"""What every page knows: the name, the header's menu, unread messages, the end of the session, the demo bar."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from portal import access, navigation, request_id, session_end, sign_up
from portal.composed import Given, composed
from portal.models import Message, User
from portal.roles import Permission

SESSION_WARNING = 300


def portal(request: HttpRequest) -> dict[str, Any]:
    """Values for base.html. Costs no query until the template asks for the menu or the unread count."""
    user = getattr(request, "user", None) or AnonymousUser()
    menu: Any = SimpleLazyObject(lambda: navigation.items_for(user))
    values: dict[str, Any] = {
        "portal_name": settings.PORTAL_NAME,
        "footer": settings.FOOTER,
        "request_id": request_id.current(),
        "signup_open": sign_up.is_open,
        "menu": menu,
        "menu_place": SimpleLazyObject(lambda: navigation.place_of(request.path, menu)),
        "session_seconds": 0,
        "unread": 0,
    }
    if isinstance(user, User):
        values["session_seconds"] = session_end.seconds_left(request)
        values["session_warn_seconds"] = min(SESSION_WARNING, settings.SESSION_COOKIE_AGE // 2)
        values["unread"] = SimpleLazyObject(lambda: sum(_unread(user.pk)))
    if settings.DEMO:
        from portal import demo_bar  # noqa: PLC0415  without DEMO the bar is never loaded

        values["demo_bar"] = demo_bar.bar(request)
    return values


@composed
def _unread(user: Given) -> QuerySet[Message, int]:
    """How many messages a person has not read; no row where there is none."""
    unread = Message.objects.filter(recipient=user, read_at=None).order_by().values("recipient")
    return unread.annotate(count=Count("pk")).values_list("count", flat=True)


@navigation.register
def public_entrances(user: User | AnonymousUser) -> Iterator[navigation.NavItem]:
    """What anyone may open; named by route, because the rooms that serve it lie above this one."""
    if user.is_authenticated:
        return
    entrances = ((_("公示"), "applications:notice_list", 80), (_("证书查验"), "certificates:verify", 90))
    for label, route, order in entrances:
        try:
            yield navigation.NavItem(label, reverse(route), order, public=True)
        except NoReverseMatch:
            continue


@navigation.register
def employers_entrance(user: User | AnonymousUser) -> Iterator[navigation.NavItem]:
    """Making log-ins for one's people, unless this installation leaves that to everybody."""
    if settings.SIGN_UP != sign_up.OPEN and access.holds_anywhere(user, Permission.MANAGE_ORGANIZATION):
        yield navigation.NavItem(_("开设账号"), reverse("portal:person_add"), 70)


@navigation.register
def bodys_entrance(user: User | AnonymousUser) -> Iterator[navigation.NavItem]:
    """Entering the private enterprises that report to one's body."""
    if access.holds_anywhere(user, Permission.SUPERVISE):
        yield navigation.NavItem(_("登记民营企业"), reverse("portal:enterprise_add"), 71)
