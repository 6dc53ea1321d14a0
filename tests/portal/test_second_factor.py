"""Who decides over other people's files proves who they are twice, where the installation demands it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse

from portal.models import Membership, Organization, OrganizationKind, User
from portal.roles import SECOND_FACTOR_ROLES, Role

SET_UP = "mfa_activate_totp"


@pytest.fixture(autouse=True)
def demanded(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def person_in(role: Role | None) -> User:
    person = User.objects.create_user("someone", name="某经办")
    if role:
        region = Organization.objects.create(name="示范市", kind=OrganizationKind.REGION, region="tianjin")
        Membership.objects.create(user=person, organization=region, role=role)
    return person


@pytest.mark.parametrize("role", sorted(SECOND_FACTOR_ROLES))
def test_these_roles_are_sent_to_the_set_up_first(client, db, role):
    client.force_login(person_in(role))
    response = client.get(reverse("portal:profile"))
    assert (response.status_code, response.url) == (302, reverse(SET_UP))


@pytest.mark.parametrize("role", [None, Role.EMPLOYER_CLERK, Role.SUPERVISOR_CLERK])
def test_the_others_go_on(client, db, role):
    client.force_login(person_in(role))
    assert client.get(reverse("portal:profile")).status_code == 200


def test_those_who_have_it_go_on(client, db):
    person = person_in(Role.OFFICE_CLERK)
    TOTP.activate(person, generate_totp_secret())
    client.force_login(person)
    assert client.get(reverse("portal:profile")).status_code == 200


def test_it_is_not_demanded_elsewhere(client, db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(person_in(Role.OFFICE_CLERK))
    assert client.get(reverse("portal:profile")).status_code == 200


def test_an_ended_membership_demands_nothing(client, db):
    person = person_in(Role.OFFICE_CLERK)
    Membership.objects.update(active=False)
    client.force_login(person)
    assert client.get(reverse("portal:profile")).status_code == 200
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize("name", ["account_logout", "portal:privacy", "portal:health"])
def test_the_way_out_stays_open(client, db, name):
    client.force_login(person_in(Role.TITLE_OFFICER))
    assert client.get(reverse(name)).status_code == 200


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_officer_sets_it_up_and_logs_in_with_it(client, db):
    cache.clear()
    person = person_in(Role.OFFICE_CLERK)
    person.set_password("demo-2025-portal")
    person.save()
    log_in = {"login": person.username, "password": "demo-2025-portal"}
    page = client.post(reverse("account_login"), log_in, follow=True)
    assert page.request["PATH_INFO"] == reverse("account_reauthenticate")
    page = client.post(
        reverse("account_reauthenticate"), {"password": "demo-2025-portal", "next": reverse(SET_UP)}, follow=True
    )
    assert "启用手机验证器" in page.content.decode()
    secret = page.context["form"].secret
    page = client.post(reverse(SET_UP), {"code": code_of(secret)}, follow=True)
    assert "恢复码" in page.content.decode()
    assert client.get(reverse("portal:profile")).status_code == 200

    client.post(reverse("account_logout"))
    cache.clear()
    page = client.post(reverse("account_login"), log_in, follow=True)
    assert page.request["PATH_INFO"] == reverse("mfa_authenticate")
    assert client.get(reverse("portal:profile")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("portal:profile")).status_code == 200
