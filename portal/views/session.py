"""Staying signed in."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portal import access, session_end


@access.signed_in
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Starts the session's full time anew; answers with the seconds left, or leads home without JavaScript."""
    session_end.renew(request)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"seconds": session_end.seconds_left(request)})
    return redirect("portal:home")
