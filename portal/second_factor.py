"""The second factor by role: who decides over other people's files proves who they are twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import audit, clock, notifications
from portal.models import Membership, User
from portal.roles import SECOND_FACTOR_ROLES

# allauth notes here how the person of this session has proved who they are.
METHODS_KEY = "account_authentication_methods"
OPEN_VIEWS = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "portal:health",
        "portal:session_stay",
        "portal:session_state",
        "portal:privacy",
    }
)
SETTING_UP = frozenset({"mfa_index", "mfa_activate_totp"})
PROVING = frozenset({"mfa_authenticate", "mfa_reauthenticate"})

notifications.register(
    "people.second_factor_reset",
    "您的两步验证已被解除",
    "系统管理员于 {at} 解除了您账号的两步验证，您已从所有设备退出。请重新登录并绑定新的手机验证器。"
    "如非您本人申请，请立即修改密码并联系页脚所列服务电话。",
    ["at"],
)


class ResetRefusedError(ValueError):
    """The second factor is not taken away; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Whether a person's roles demand a second factor, and since when they have one (None: not set up)."""

    demanded: bool
    set_up_at: datetime | None = None


def demand_on(user: User) -> Demand:
    """One query."""
    totp = Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.TOTP)
    roles = [role.value for role in SECOND_FACTOR_ROLES]
    held = Membership.objects.filter(user=user, active=True, role__in=roles)
    found = held.annotate(set_up_at=Subquery(totp.values("created_at")[:1])).values_list("set_up_at", flat=True)[:1]
    return next((Demand(demanded=True, set_up_at=moment) for moment in found), Demand(demanded=False))


def proved_at(request: HttpRequest) -> float:
    """When this session last proved the second factor, in seconds; 0 for never."""
    methods = request.session.get(METHODS_KEY, [])
    return max((float(method.get("at", 0)) for method in methods if method.get("method") == "mfa"), default=0.0)


@receiver(authenticator_added)
def setting_up_is_a_proof(request: HttpRequest, authenticator: Authenticator, **_: object) -> None:
    """Whoever sets the authenticator up has just typed its code; other sessions of theirs have not."""
    if authenticator.type == Authenticator.Type.TOTP:
        proof = {"method": "mfa", "at": clock.machine_now().timestamp(), "id": authenticator.pk, "type": "totp"}
        request.session[METHODS_KEY] = [*request.session.get(METHODS_KEY, []), proof]


@transaction.atomic
def reset(person: User, *, reason: str) -> int:
    """Takes a lost second factor away, with the recovery codes, and ends the person's sessions. How many those were.

    For a system administrator who has verified the person; whose role demands a factor sets up a new one next.

    Raises:
        ResetRefusedError: no reason, or there is nothing to take away.
    """
    if not reason.strip():
        raise ResetRefusedError("give the reason: who verified the person, and how")
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise ResetRefusedError("this person has no second factor")
    ended = _end_sessions(person)
    audit.record(
        "people.reset_second_factor", by=None, scope="people", kind="user", target=str(person.public_id),
        change={"sessions_ended": ended}, reason=reason.strip(),
    )  # fmt: skip
    works_for = person.memberships.filter(active=True).select_related("organization").order_by("pk").first()
    notifications.notify(
        person,
        "people.second_factor_reset",
        {"at": f"{clock.machine_now():%Y-%m-%d %H:%M}"},
        organization=works_for.organization if works_for else None,
    )
    return ended


def _end_sessions(person: User) -> int:
    """A session's row names nobody, so every living one is opened."""
    living = Session.objects.filter(expire_date__gt=clock.machine_now())
    theirs = [row.pk for row in living.iterator() if row.get_decoded().get(SESSION_KEY) == str(person.pk)]
    return Session.objects.filter(pk__in=theirs).delete()[0]


class SecondFactorRequired:
    """Sends those whose role demands a second factor to its set-up before anything else (SECOND_FACTOR_REQUIRED)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """A redirect to the page of set-up or proof, or None where the request may go on."""
        name = (request.resolver_match.view_name if request.resolver_match else None) or ""
        if not settings.SECOND_FACTOR_REQUIRED or not isinstance(request.user, User) or name in OPEN_VIEWS:
            return None
        demand = demand_on(request.user)
        if not demand.demanded:
            return None
        if demand.set_up_at is None:
            return None if name in SETTING_UP else _set_up(request)
        # Until the proof not even the pages of the factor itself: with the password alone it could be taken away there.
        is_proved = name in PROVING or proved_at(request) >= int(demand.set_up_at.timestamp())
        return None if is_proved else _prove(request)


def _set_up(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("您的岗位须启用两步验证后方可办理业务。请用手机验证器扫描下方二维码完成绑定。"))
    return redirect("mfa_activate_totp")


def _prove(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("您的岗位须通过两步验证后方可办理业务。请输入手机验证器上的验证码。"))
    onward = request.get_full_path() if request.method == "GET" else reverse("portal:home")
    return redirect(reverse("mfa_reauthenticate", query={"next": onward}))
