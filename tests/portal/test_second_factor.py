"""Who decides over other people's files proves who they are twice, where the installation demands it."""

from datetime import timedelta

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
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from portal import audit, clock
from portal.models import AuditEntry, Membership, Message, Organization, OrganizationKind, User
from portal.roles import SECOND_FACTOR_ROLES, Role
from portal.second_factor import METHODS_KEY

SET_UP = "mfa_activate_totp"
PROVE = "mfa_reauthenticate"


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


def prove(client, at):
    """What the log-in notes when a code was right."""
    session = client.session
    session[METHODS_KEY] = [*session.get(METHODS_KEY, []), {"method": "mfa", "at": at.timestamp()}]
    session.save()


def test_those_who_have_it_and_proved_it_go_on(client, db):
    person = person_in(Role.OFFICE_CLERK)
    TOTP.activate(person, generate_totp_secret())
    client.force_login(person)
    prove(client, clock.machine_now())
    assert client.get(reverse("portal:profile")).status_code == 200


@pytest.mark.parametrize("name", ["portal:profile", "mfa_deactivate_totp", "mfa_index", "mfa_view_recovery_codes"])
def test_a_session_of_the_password_alone_proves_the_factor_first(client, db, name):
    person = person_in(Role.OFFICE_CLERK)
    client.force_login(person)
    TOTP.activate(person, generate_totp_secret())  # in another session
    response = client.get(reverse(name))
    assert (response.status_code, response.url) == (302, reverse(PROVE, query={"next": reverse(name)}))
    assert client.get(response.url).status_code == 200


def test_a_session_whose_factor_was_removed_goes_on_no_longer(client, db):
    person = person_in(Role.OFFICE_CLERK)
    TOTP.activate(person, generate_totp_secret())
    client.force_login(person)
    prove(client, clock.machine_now())
    Authenticator.objects.all().delete()
    assert client.get(reverse("portal:profile")).url == reverse(SET_UP)


def test_a_proof_of_a_former_factor_is_none_of_the_new_one(client, db):
    person = person_in(Role.OFFICE_CLERK)
    client.force_login(person)
    prove(client, clock.machine_now() - timedelta(days=1))
    TOTP.activate(person, generate_totp_secret())
    assert client.get(reverse("portal:profile")).url.startswith(reverse(PROVE))


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


@pytest.mark.django_db(transaction=True)  # allauth tells of a new authenticator once it is committed
def test_an_officer_sets_it_up_and_logs_in_with_it(client):
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


@pytest.mark.django_db(transaction=True)
def test_who_set_it_up_here_goes_on_here_and_nowhere_else(client):
    cache.clear()
    person = person_in(Role.OFFICE_CLERK)
    person.set_password("demo-2025-portal")
    person.save()
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post(reverse("account_login"), {"login": person.username, "password": "demo-2025-portal"})
    client.post(reverse("account_reauthenticate"), {"password": "demo-2025-portal", "next": reverse(SET_UP)})
    secret = client.get(reverse(SET_UP)).context["form"].secret
    client.post(reverse(SET_UP), {"code": code_of(secret)})
    assert client.get(reverse("portal:profile")).status_code == 200
    assert elsewhere.get(reverse("portal:profile")).url.startswith(reverse(PROVE))


def test_a_lost_factor_is_taken_away_by_command(client, db, capsys):
    person, other = person_in(Role.OFFICE_CLERK), User.objects.create_user("other")
    bystander = Client()
    bystander.force_login(other)
    TOTP.activate(person, generate_totp_secret())
    client.force_login(person)
    prove(client, clock.machine_now())
    call_command("reset_second_factor", "someone", reason="本人持身份证到窗口核验")
    assert capsys.readouterr().out == "someone: second factor taken away, 1 session(s) ended\n"
    assert Authenticator.objects.count() == 0
    assert client.get(reverse("portal:profile")).url.startswith(reverse("account_login"))
    assert bystander.get(reverse("portal:profile")).status_code == 200
    entry = AuditEntry.objects.get(act="people.reset_second_factor")
    assert (entry.target, entry.reason) == (str(person.public_id), "本人持身份证到窗口核验")
    assert Message.objects.filter(recipient=person, subject="您的两步验证已被解除").count() == 1
    assert audit.verify() == []


@pytest.mark.parametrize(
    ("user", "reason", "sentence"), [("nobody", "x", "no user"), ("someone", " ", "reason"), ("someone", "x", "has no")]
)
def test_a_reset_names_a_person_a_reason_and_a_factor(db, user, reason, sentence):
    person_in(Role.OFFICE_CLERK)
    with pytest.raises(CommandError, match=sentence):
        call_command("reset_second_factor", user, reason=reason)
    assert AuditEntry.objects.count() == 0
