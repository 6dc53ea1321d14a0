"""The one place that answers "may this person?".

Not visible is 404 and answered by querysets (`visible_to`); visible but not allowed is 403 with the reason and
answered here. Every view declares its audience with one of `public`, `signed_in`, `holds`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.composed import Given, composed
from portal.models import Membership, Organization, User
from portal.roles import ROLE_LABELS, Permission, roles_with

# No page of ours has a use for another method; views narrow it further.
known_methods = require_http_methods(["GET", "HEAD", "POST"])
View = Callable[..., HttpResponseBase]
Someone = User | AnonymousUser


class Forbidden(PermissionDenied):
    """Visible but not allowed; the sentence is shown on the 403 page."""


@dataclass(frozen=True, slots=True)
class Decision:
    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def decide(user: Someone, permission: Permission, organization: Organization) -> Decision:
    """Whether the person holds the permission in this organisation, with the reason where not."""
    if not user.is_authenticated:
        return Decision(allowed=False, reason=_("请先登录。"))
    if organizations_with(user, permission).filter(pk=organization.pk).exists():
        return Decision(allowed=True)
    needed = "、".join(str(ROLE_LABELS[role]) for role in roles_with(permission))
    return Decision(
        allowed=False,
        reason=_("此操作须由“%(organization)s”的%(roles)s办理。如确需办理，请联系该单位管理员授权。")
        % {"organization": organization.name, "roles": needed},
    )


def require(user: Someone, permission: Permission, organization: Organization) -> None:
    """Raises Forbidden with the reason unless the person holds the permission in this organisation."""
    decision = decide(user, permission, organization)
    if not decision:
        raise Forbidden(decision.reason)


def organizations_with(user: Someone, permission: Permission) -> QuerySet[Organization]:
    """The active organisations in which the person holds the permission through a membership of their own."""
    if not user.is_authenticated:
        return Organization.objects.none()
    held = Membership.objects.filter(
        user=user, active=True, role__in=[role.value for role in roles_with(permission)], organization__is_active=True
    )
    return Organization.objects.filter(pk__in=held.values("organization"))


def people_with(permission: Permission, organization: Organization) -> QuerySet[User]:
    """The active people who hold the permission in this organisation, in a fixed order."""
    held = Membership.objects.filter(
        organization=organization, active=True, role__in=[role.value for role in roles_with(permission)]
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def subtree(organizations: QuerySet[Organization]) -> Q:
    """A condition on Organization: any of these or below them. Evaluates the given organisations once."""
    below = Q(pk__in=[])
    for path in organizations.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return below


def holds_anywhere(user: Someone, permission: Permission) -> bool:
    """Whether the person holds the permission in any organisation."""
    return bool(held_in(user, permission))


def held_in(user: Someone, permission: Permission) -> set[int]:
    """The keys of `organizations_with`, as they stood when this request first asked; what may be seen rests on them.

    Menus and lists ask often, and one query serves a request. An act asks `decide`, which looks again.
    """
    if not user.is_authenticated:
        return set()
    roles = {role.value for role in roles_with(permission)}
    return {organization for role, organization, _root in _memberships_of(user) if role in roles}


def roots_held(user: Someone, permission: Permission) -> set[int]:
    """The keys of the regions under which `held_in` lies."""
    if not user.is_authenticated:
        return set()
    roles = {role.value for role in roles_with(permission)}
    return {root for role, _organization, root in _memberships_of(user) if role in roles and root}


def belongs_somewhere(user: Someone) -> bool:
    """Whether the person works for any organisation."""
    return user.is_authenticated and bool(_memberships_of(user))


def _memberships_of(user: User) -> set[tuple[str, int, int | None]]:
    held = user._memberships_held  # noqa: SLF001  lives as long as request.user
    if held is None:
        held = set(_active_memberships(user.pk))
        user._memberships_held = held  # noqa: SLF001
    return held


@composed
def _active_memberships(user: Given) -> QuerySet[Membership, tuple[str, int, int | None]]:
    active = Membership.objects.filter(user=user, active=True, organization__is_active=True)
    return active.values_list("role", "organization", "organization__root")


def person(request: HttpRequest) -> User:
    """The signed-in person; the audience decorators `signed_in` and `holds` let nobody else this far."""
    if not isinstance(request.user, User):
        raise TypeError("a view without an audience decorator")
    return request.user


def public(view: View) -> View:
    """Anyone may ask; the view itself narrows what is shown."""
    opened = known_methods(view)
    opened.audience = "public"  # type: ignore[attr-defined]
    return opened


def signed_in(view: View) -> View:
    """Any person with a log-in; others are sent to the log-in page."""
    guarded = known_methods(login_required(view))
    guarded.audience = "signed_in"  # type: ignore[attr-defined]
    return guarded


def holds(permission: Permission) -> Callable[[View], View]:
    """Persons who hold the permission somewhere; the object's own check follows inside the view."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not holds_anywhere(request.user, permission):
                needed = "、".join(str(ROLE_LABELS[role]) for role in roles_with(permission))
                raise Forbidden(_("此页面供%(roles)s使用。如需使用，请联系本单位管理员授权。") % {"roles": needed})
            return view(request, *args, **kwargs)

        protected = known_methods(login_required(guarded))
        protected.audience = permission.value  # type: ignore[attr-defined]
        return protected

    return declare
