"""Log-in through a region's identity provider: the whole way over real HTTP, and every way it must not go."""

import os
import subprocess
import sys
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.urls import reverse

from portal import environment as env
from portal.models import AuditEntry, Membership, Organization, OrganizationKind, User
from portal.roles import Role
from tests.architecture.sources import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

UNKNOWN = "它还没有与本系统的任何账号绑定"
FAILED = "送回的登录结果无效或已过期"
AWAY = "暂时没有应答"


def text(answer) -> str:
    return answer.content.decode()


def test_a_bound_account_is_logged_in(provider, bound, walk):
    assert "用“示范市统一身份认证”登录" in text(walk.client.get(reverse("account_login")))
    answer = walk.through(next="/messages/")
    assert (answer.status_code, answer["Location"], walk.user) == (302, "/messages/", "lin")
    asked = provider.asked[-1]
    assert asked["redirect_uri"] == "http://127.0.0.1:8000" + reverse("account_unified_callback")
    assert len(asked["nonce"]) == 64


def test_the_page_before_the_provider_leads_on_by_itself_and_by_hand(provider, walk):
    leaving = walk.set_out()
    address = leaving["Refresh"].removeprefix("0; url=")
    assert address.startswith(f"{provider.issuer}/authorize?")
    assert f'href="{address.replace("&", "&amp;")}"' in text(leaving)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_afterwards(provider, bound, walk, elsewhere):
    assert walk.through(next=elsewhere)["Location"] == reverse("portal:home")


def test_whom_nobody_knows_is_told_what_to_do_and_gets_no_account(provider, lin, walk, settings):
    settings.SIGN_UP = "employer"
    answer = walk.through()
    assert (answer.status_code, walk.user) == (403, None)
    assert UNKNOWN in text(answer)
    assert "请联系本单位人事" in text(answer)
    settings.SIGN_UP = "open"
    assert reverse("account_signup") in text(walk.through())
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_binding_takes_an_ordinary_log_in_and_stands_in_the_audit_log(provider, lin, walk):
    walk.client.force_login(lin)
    assert "去绑定" in text(walk.client.get(reverse("account_unified")))
    answer = walk.through()
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_unified"))
    assert "账号已绑定" in text(walk.client.get(reverse("account_unified")))
    assert list(AuditEntry.objects.values_list("act", flat=True)) == ["people.bind_unified"]
    assert walk.set_out()["Location"] == reverse("account_unified")  # once is enough


def test_of_what_the_provider_tells_nothing_personal_is_kept(provider, bound, capsys):
    account = SocialAccount.objects.get()
    assert (account.extra_data, SocialToken.objects.count()) == ({}, 0)
    assert provider.person["sub"] not in account.uid
    call_command("dumpdata")
    assert provider.person["sub"] not in capsys.readouterr().out


def test_one_identity_is_bound_to_one_account_alone(provider, bound, walk):
    other = User.objects.create_user("zhou", name="周旁人")
    walk.client.force_login(other)
    walk.through()
    assert "已绑定本系统的其他账号" in text(walk.client.get(reverse("account_unified")))
    assert SocialAccount.objects.get().user == bound


def test_a_binding_is_ended_by_its_owner(provider, bound, walk):
    walk.client.force_login(bound)
    assert "解除绑定" in text(walk.client.get(reverse("account_unified")))
    walk.client.post(reverse("account_unified"))
    assert SocialAccount.objects.count() == 0
    assert AuditEntry.objects.latest("pk").act == "people.release_unified"
    walk.client.logout()
    assert UNKNOWN in text(walk.through())


def test_the_last_way_in_is_not_taken_away(provider, bound, walk):
    bound.set_unusable_password()
    bound.save()
    walk.client.force_login(bound)
    assert "还没有设置密码" in text(walk.client.post(reverse("account_unified"), follow=True))
    assert SocialAccount.objects.count() == 1


def test_a_stopped_account_stays_stopped(provider, bound, walk):
    User.objects.update(is_active=False)
    answer = walk.through()
    assert (answer["Location"], walk.user) == (reverse("account_inactive"), None)


class TestByAddress:
    """OIDC_LINK_BY_EMAIL."""

    @pytest.fixture(autouse=True)
    def told(self, provider, lin):
        provider.person |= {"email": "LIN@portal.example", "email_verified": True}
        EmailAddress.objects.create(user=lin, email="lin@portal.example", verified=True, primary=True)

    def test_without_the_setting_an_address_tells_nothing(self, walk):
        assert UNKNOWN in text(walk.through())

    def test_an_address_proved_on_both_sides_finds_the_account_and_binds_it(self, walk, settings, lin):
        settings.OIDC = {**settings.OIDC, "link_by_email": True}
        walk.through()
        assert (walk.user, SocialAccount.objects.get().user) == ("lin", lin)
        assert AuditEntry.objects.latest("pk").act == "people.bind_unified"
        lin.refresh_from_db()
        assert lin.has_usable_password()

    @pytest.mark.parametrize("said", [False, None, "true", 1])
    def test_what_the_provider_has_not_verified_finds_nobody(self, walk, settings, provider, said):
        settings.OIDC = {**settings.OIDC, "link_by_email": True}
        provider.person["email_verified"] = said
        assert UNKNOWN in text(walk.through())

    def test_what_its_owner_has_not_proved_here_finds_nobody(self, walk, settings):
        settings.OIDC = {**settings.OIDC, "link_by_email": True}
        EmailAddress.objects.update(verified=False)
        assert UNKNOWN in text(walk.through())

    def test_a_second_identity_with_the_same_address_finds_nobody(self, walk, settings, provider):
        settings.OIDC = {**settings.OIDC, "link_by_email": True}
        walk.through()
        walk.client.logout()
        provider.person["sub"] = "somebody else"
        assert UNKNOWN in text(walk.through())


BENT = {
    "nonce of another log-in": {"nonce": "0" * 64},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "another-client"},
    "made for another client": {"aud": ["title-review", "another"], "azp": "another"},
    "another issuer": {"iss": "https://evil.example"},
    "expired": {"exp": int(time.time()) - 3600},
    "no end": {"exp": None},
    "no subject": {"sub": None},
}


@pytest.mark.parametrize("bent", BENT)
def test_a_token_that_does_not_hold_logs_nobody_in(provider, bound, walk, bent):
    provider.bent = BENT[bent]
    answer = walk.through()
    assert (answer.status_code, FAILED in text(answer), walk.user) == (400, True, None)
    assert answer["X-Request-Id"] in text(answer)


def test_a_token_signed_by_somebody_else_logs_nobody_in(provider, bound, walk):
    provider.sign_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert (FAILED in text(walk.through()), walk.user) == (True, None)


@pytest.mark.parametrize(("algorithm", "key"), [("none", None), ("HS256", "a-secret-of-more-than-thirty-two-bytes!!")])
def test_a_token_without_a_signature_of_the_provider_logs_nobody_in(provider, bound, walk, algorithm, key):
    provider.algorithm, provider.sign_with = algorithm, key
    assert (FAILED in text(walk.through()), walk.user) == (True, None)


def test_an_answer_to_another_browser_logs_nobody_in(provider, bound, walk):
    address = walk.to_the_provider(walk.set_out())
    other = type(walk)()
    assert (FAILED in text(other.back(address)), other.user) == (True, None)


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=access_denied&state=x"])
def test_an_answer_nobody_asked_for_logs_nobody_in(provider, bound, walk, query):
    answer = walk.client.get(reverse("account_unified_callback") + query)
    assert (answer.status_code, FAILED in text(answer), walk.user) == (400, True, None)


def test_an_answer_is_taken_once(provider, bound, walk):
    address = walk.to_the_provider(walk.set_out())
    assert walk.back(address).status_code == 302
    walk.client.logout()
    assert (FAILED in text(walk.back(address)), walk.user) == (True, None)


def test_the_answer_to_one_log_in_does_not_end_another(provider, bound, walk):
    first = parse_qs(urlsplit(walk.to_the_provider(walk.set_out())).query)
    second = parse_qs(urlsplit(walk.to_the_provider(walk.set_out())).query)
    mixed = f"{reverse('account_unified_callback')}?code={first['code'][0]}&state={second['state'][0]}"
    assert (FAILED in text(walk.client.get(mixed)), walk.user) == (True, None)


def test_whoever_turns_back_is_told_so(provider, bound, walk):
    provider.refuses = "access_denied"
    answer = walk.through()
    assert (answer.status_code, "取消了登录" in text(answer), walk.user) == (200, True, None)


def test_a_provider_that_is_away_is_told_with_another_way_in(provider, bound, walk, settings, caplog):
    address = walk.to_the_provider(walk.set_out())
    settings.OIDC = {**settings.OIDC, "server_url": "http://127.0.0.1:9"}
    for answer in (walk.set_out(), walk.back(address)):
        assert (answer.status_code, AWAY in text(answer)) == (502, True)
        assert "用户名和密码登录" in text(answer)
    assert walk.user is None
    assert "code=" not in caplog.text


@pytest.mark.parametrize("config", [{"issuer": "https://evil.example"}, {"token_endpoint": None}, {"jwks_uri": 7}])
def test_a_provider_that_is_set_up_wrong_is_not_talked_to(provider, walk, config):
    provider.config = config
    answer = walk.set_out()
    assert (answer.status_code, FAILED in text(answer), provider.asked) == (400, True, [])


def test_the_second_step_still_follows(provider, bound, walk):
    TOTP.activate(bound, generate_totp_secret())
    answer = walk.through()
    assert (answer["Location"], walk.user) == (reverse("mfa_authenticate"), None)
    assert Authenticator.objects.filter(user=bound).exists()


def test_a_role_that_needs_a_second_factor_is_held_to_it(provider, bound, walk, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    region = Organization.objects.create(name="示范市", kind=OrganizationKind.REGION, region="tianjin")
    Membership.objects.create(user=bound, organization=region, role=Role.OFFICE_CLERK)
    walk.through()
    assert walk.user == "lin"
    assert walk.client.get(reverse("portal:profile"))["Location"] == reverse("mfa_activate_totp")


def test_without_the_setting_there_is_no_button_and_no_page(lin, client, settings):
    assert settings.OIDC is None
    assert "统一" not in text(client.get(reverse("account_login")))
    client.force_login(lin)
    assert "统一登录" not in text(client.get(reverse("portal:profile")))
    for name in ("account_unified", "account_unified_login", "account_unified_callback"):
        assert {client.get(reverse(name)).status_code, client.post(reverse(name)).status_code} == {404}


def test_allauth_has_no_page_of_its_own_for_it(client, provider):
    for path in (
        "/account/3rdparty/",
        "/account/3rdparty/signup/",
        "/account/social/signup/",
        "/account/oidc/unified/login/",
    ):
        assert client.get(path).status_code == 404


GIVEN = {"OIDC_SERVER_URL": "https://sso.example/realm/", "OIDC_CLIENT_ID": "c", "OIDC_CLIENT_SECRET": "s"}


def read(monkeypatch, insecure=False, **changes: str):
    for name, value in {**GIVEN, **changes}.items():
        monkeypatch.setenv(name, value)
    return env.identity_provider(insecure=insecure)


def test_the_setting_is_read(monkeypatch):
    assert env.identity_provider(insecure=True) is None
    assert read(monkeypatch) == {
        "server_url": "https://sso.example/realm", "client_id": "c", "client_secret": "s", "name": "统一身份认证",
        "link_by_email": False,
    }  # fmt: skip
    assert read(monkeypatch, OIDC_NAME="省政务服务", OIDC_LINK_BY_EMAIL="1")["link_by_email"] is True
    assert read(monkeypatch, insecure=True, OIDC_SERVER_URL="http://127.0.0.1:8080")["server_url"].startswith("http:")


@pytest.mark.parametrize("missing", GIVEN)
def test_half_a_setting_is_refused_by_name(monkeypatch, missing):
    with pytest.raises(ImproperlyConfigured, match=f"not {missing}"):
        read(monkeypatch, **{missing: ""})


@pytest.mark.parametrize(
    "wrong", ["http://sso.example", "sso.example", "https://", "https://u:p@sso.example", "https://a/?b=1"]
)
@pytest.mark.parametrize("insecure", [True, False])
def test_an_address_without_https_is_refused(monkeypatch, wrong, insecure):
    with pytest.raises(ImproperlyConfigured, match="OIDC_SERVER_URL"):
        read(monkeypatch, insecure=insecure, OIDC_SERVER_URL=wrong)


def test_an_installation_without_it_does_not_load_it(tmp_path):
    script = (
        "import sys, portal.wsgi, portal.celery, django.urls; django.urls.get_resolver().url_patterns;"
        "print({'jwt', 'requests', 'portal.unified_login'} & sys.modules.keys())"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "set()\n"), done.stderr
