"""The second factor by role: who decides over other people's files proves who they are twice."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

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


def lacks_second_factor(user: User) -> bool:
    """Whether one of the person's roles demands a second factor that is not set up. One query."""
    totp = Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.TOTP)
    return (
        Membership.objects.filter(user=user, active=True, role__in=[role.value for role in SECOND_FACTOR_ROLES])
        .filter(~Exists(totp))
        .exists()
    )


class SecondFactorRequired:
    """Sends those whose role demands a second factor to its set-up before anything else (SECOND_FACTOR_REQUIRED)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """A redirect to the set-up page, or None where the request may go on."""
        if not settings.SECOND_FACTOR_REQUIRED or not isinstance(request.user, User):
            return None
        name = (request.resolver_match.view_name if request.resolver_match else None) or ""
        if name in OPEN_VIEWS or name.startswith("mfa_") or self._proved_twice(request):
            return None
        if not lacks_second_factor(request.user):
            return None
        messages.warning(request, _("您的岗位须启用两步验证后方可办理业务。请用手机验证器扫描下方二维码完成绑定。"))
        return redirect("mfa_activate_totp")

    @staticmethod
    def _proved_twice(request: HttpRequest) -> bool:
        return any(method.get("method") == "mfa" for method in request.session.get(METHODS_KEY, []))
