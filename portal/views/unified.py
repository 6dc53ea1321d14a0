"""Log-in through the identity provider: to it, back from it, and the account's binding. unified_urls leads here."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.socialaccount.internal.flows.connect import disconnect, validate_disconnect
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from portal import unified_pages
from portal.unified_login import PROVIDER, IdentityProvider


@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """On to the provider: to log in, or (whoever is logged in) to bind the account.

    A page that leads on by itself, not a redirect: the policy against forms that send elsewhere follows redirects, and
    where the provider sends people from its own address on, nobody here can list.
    """
    if throttled := ratelimit.consume_or_429(request, action="login"):
        return throttled
    process = AuthProcess.LOGIN
    if request.user.is_authenticated:
        process = AuthProcess.CONNECT
        if SocialAccount.objects.filter(user=request.user).exists():
            return redirect("account_unified")
    wanted = request.POST.get("next", "")
    after = wanted if get_adapter(request).is_safe_url(wanted) else None
    try:
        provider = IdentityProvider(request, PROVIDER).get_provider()
        onward = provider.redirect(request, process, next_url=after)
    except (OAuth2Error, RequestException) as error:
        return unified_pages.failed(request, exception=error)
    if not isinstance(onward, HttpResponseRedirect):
        return onward
    answer = render(request, "account/unified_leaving.html", {"address": onward.url})
    answer["Refresh"] = f"0; url={onward.url}"
    return answer


@never_cache
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Back from the provider."""
    try:
        return OAuth2CallbackView.adapter_view(IdentityProvider(request, PROVIDER))(request)
    except (OAuth2Error, RequestException) as error:
        return unified_pages.failed(request, exception=error)


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Whether the own account is bound; POST ends it."""
    bound = SocialAccount.objects.filter(user=request.user, provider=PROVIDER).first()
    if request.method == "POST":
        if bound is not None:
            try:
                validate_disconnect(request, bound)
                disconnect(request, bound)
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))
        return redirect("account_unified")
    return render(request, "account/unified.html", {"bound": bound})
