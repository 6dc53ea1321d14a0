"""Staying signed in, and going on with an open page after signing in anew."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal import access, session_end
from portal.models import User


@access.signed_in
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Starts the session's full time anew; answers with the seconds left, or leads home without JavaScript."""
    session_end.renew(request)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"seconds": session_end.seconds_left(request)})
    return redirect("portal:home")


@access.signed_in
@require_GET
@never_cache
def state(request: HttpRequest) -> HttpResponse:
    """Whose session this is, its seconds left, and the token that forms of a page opened before it need now.

    Signing in makes a new token, so what was typed before the end could not be sent. Only pages of the portal itself
    can read the answer.
    """
    assert isinstance(request.user, User)
    return JsonResponse(
        {
            "person": str(request.user.public_id),
            "seconds": session_end.seconds_left(request),
            "token": get_token(request),
        }
    )
