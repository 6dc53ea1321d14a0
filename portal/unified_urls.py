"""Log-in through the identity provider. Without OIDC_SERVER_URL each answers 404, and what it needs is not loaded."""

from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def only_where_on(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """A view of portal.views.unified, by name."""

    def view(request: HttpRequest) -> HttpResponse:
        if settings.OIDC is None:
            raise Http404
        answer: HttpResponse = getattr(import_module("portal.views.unified"), name)(request)
        return answer

    return view


urlpatterns = [
    path("", only_where_on("account"), name="account_unified"),
    path("login/", only_where_on("start"), name="account_unified_login"),
    path("callback/", only_where_on("callback"), name="account_unified_callback"),
]
