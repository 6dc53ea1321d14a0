"""Log-in through a region's identity provider (OpenID Connect), where OIDC_SERVER_URL names one.

allauth carries state, PKCE, the exchange of the code and the log-in itself. Ours is what it leaves open: the token's
signature and its nonce are checked, of what the provider tells nothing is kept but a digest of issuer and subject
(which may be an identity number), and nobody comes by an account this way.
"""

from typing import Any

import jwt
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import crypto, sign_up, unified_pages
from portal.models import User

PROVIDER = "unified"
# The provider's own key verifies; an algorithm with a shared secret would let anybody sign who knows the public key.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
LEEWAY_SECONDS = 30
REMEMBERED_SECONDS = 300


class RefusedByUsError(OAuth2Error):
    """What the provider said does not hold; the text is for the log and tells nothing of the person."""


def setting(name: str) -> Any:
    """One of the settings of the provider; nothing here is reached where there is none."""
    assert settings.OIDC is not None
    return settings.OIDC[name]


def nonce_of(state: str) -> str:
    """The nonce of a log-in under way: whoever holds the browser's session can tell it again from the state."""
    return crypto.digest(f"unified nonce\n{state}")


class NonceClient(OAuth2Client):
    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        with_nonce = {**extra_params, "nonce": nonce_of(self.state)}
        return str(super().get_redirect_url(authorization_url, scope, with_nonce))


class IdentityProvider(OpenIDConnectOAuth2Adapter):
    """The talk with the provider. Raises RefusedByUsError, or requests' errors where it does not answer."""

    client_class = NonceClient

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider publishes about itself, remembered for a few minutes."""
        server = setting("server_url")
        config = cache.get_or_set(f"oidc:{server}", lambda: self._discover(server), REMEMBERED_SECONDS)
        return config or {}

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        del request, app
        return settings.SITE_URL + reverse("account_unified_callback")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        del token
        claims = self._claims(app, kwargs["response"].get("id_token") or "")
        if claims.get("nonce") != nonce_of(request.GET["state"]):
            raise RefusedByUsError("the nonce of the token is not that of this log-in")
        return self.get_provider().sociallogin_from_response(request, claims)

    def _claims(self, app: SocialApp, token: str) -> dict[str, Any]:
        with get_social_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            published = answer.json()
        try:
            wanted = jwt.get_unverified_header(token).get("kid")
            keys = [key for key in jwt.PyJWKSet.from_dict(published).keys if wanted in {None, key.key_id}]
            if len(keys) != 1:
                raise RefusedByUsError("the token is signed with no key that the provider publishes")
            claims: dict[str, Any] = jwt.decode(
                token, keys[0].key, algorithms=ALGORITHMS, audience=app.client_id, issuer=self.openid_config["issuer"],
                leeway=LEEWAY_SECONDS, options={"require": ["iss", "aud", "exp", "iat", "sub"]},
            )  # fmt: skip
        except (jwt.PyJWTError, TypeError, ValueError, AttributeError) as error:
            raise RefusedByUsError(f"the token does not verify: {type(error).__name__}") from error
        if isinstance(claims["aud"], list) and claims.get("azp", app.client_id) != app.client_id:
            raise RefusedByUsError("the token was made for another client")
        return claims

    def _discover(self, server: str) -> dict[str, Any]:
        with get_social_adapter().get_requests_session() as session:
            answer = session.get(f"{server}/.well-known/openid-configuration")
            answer.raise_for_status()
            config = answer.json()
        if not isinstance(config, dict) or not all(isinstance(config.get(name), str) for name in NEEDED):
            raise RefusedByUsError(f"the provider's configuration lacks one of {', '.join(NEEDED)}")
        if config["issuer"].rstrip("/") != server:
            raise RefusedByUsError("the provider's configuration names another issuer than OIDC_SERVER_URL")
        if server.startswith("https:") and not all(config[name].startswith("https:") for name in NEEDED):
            raise RefusedByUsError("the provider's configuration names an address without https")
        return config


class UnifiedProvider(OpenIDConnectProvider):
    """What is taken from the provider's word: a digest, and an address only where it says that it is verified."""

    oauth2_adapter_class = IdentityProvider

    def extract_uid(self, data: dict[str, Any]) -> str:
        return crypto.digest(f"{setting('server_url')}\n{data['sub']}")

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        del data
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        del data
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        address = data.get("email")
        if not isinstance(address, str) or data.get("email_verified") is not True:
            return []
        return [EmailAddress(email=address, verified=True, primary=True)]


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Who gets in: people whose account is bound already, or (OIDC_LINK_BY_EMAIL) told by a verified address."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _("您的账号还没有设置密码，解除绑定后将无法登录。请先通过“忘记密码”设置密码，再解除绑定。"),
    }

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """The one provider of the settings; none stands in the database."""
        del request, client_id
        given = settings.OIDC
        if given is None or provider not in {None, PROVIDER}:
            return []
        talk = {"server_url": given["server_url"], "oauth_pkce_enabled": True}
        return [
            SocialApp(
                provider=OpenIDConnectProvider.id, provider_id=PROVIDER, name=given["name"],
                client_id=given["client_id"], secret=given["client_secret"], settings=talk,
            )
        ]  # fmt: skip

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> UnifiedProvider:
        return UnifiedProvider(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: accounts are made by staff, or on the sign-up page where name and number are asked for."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tells whoever has no bound account what to do."""
        if sociallogin.state.get("process") != AuthProcess.CONNECT and not sociallogin.is_existing:
            raise ImmediateHttpResponse(unified_pages.unknown(request, signup_open=sign_up.is_open()))

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The one person who has proved, here too, that the address is theirs; nobody with a bound account already."""
        if not setting("link_by_email"):
            return None
        for address in sociallogin.email_addresses:
            proved = EmailAddress.objects.filter(email__iexact=address.email, verified=True)
            people = User.objects.filter(pk__in=proved.values("user"), is_active=True)
            if len(people) == 1 and not SocialAccount.objects.filter(user=people[0]).exists():
                return people[0], address.email
        return None

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Answers with our page in place of allauth's."""
        del provider, extra_context
        page = unified_pages.failed(request, exception=exception, cancelled=error == AuthError.CANCELLED)
        raise ImmediateHttpResponse(page)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        del request, socialaccount
        return reverse("account_unified")
