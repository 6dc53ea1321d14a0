"""Who makes log-ins: the setting, else the region's pack; and the employer's way to make them."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.urls import reverse

from applications.sign_up import as_the_pack_says
from portal import audit, jobs, people, sign_up
from portal.access import Forbidden
from portal.models import AuditEntry, Job, Membership, Message, Organization, OrganizationKind, User
from portal.roles import Role

NEW = {"username": "newcomer", "name": "新申报", "email": "New@portal.example"}
WORDS = {"password1": "a-long-enough-phrase", "password2": "a-long-enough-phrase"}


@pytest.fixture
def region(db) -> Organization:
    return Organization.objects.create(name="示范市", kind=OrganizationKind.REGION, region="tianjin")


@pytest.fixture
def said(monkeypatch) -> dict[str, str]:
    """What the packs of the regions say, in place of the packs that there are."""
    words: dict[str, str] = {}
    monkeypatch.setattr(sign_up, "_policies", [words.get])
    return words


@pytest.fixture
def unit(region) -> Organization:
    return Organization.objects.create(name="示范公司", kind=OrganizationKind.EMPLOYER, parent=region)


@pytest.fixture
def wang(unit) -> User:
    cache.clear()
    clerk = User.objects.create_user("wang", "wang@portal.example", "demo-2025-portal", name="王人事")
    Membership.objects.create(user=clerk, organization=unit, role=Role.EMPLOYER_CLERK)
    return clerk


@pytest.fixture
def letters(monkeypatch, settings) -> list[EmailMessage]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    from django.core import mail

    return mail.outbox


def test_the_pack_of_the_region_is_asked(region):
    assert as_the_pack_says("tianjin") == "open"
    assert as_the_pack_says("nowhere") is None
    assert (sign_up.mode("tianjin"), sign_up.is_open()) == ("open", True)


@pytest.mark.parametrize(
    ("setting", "pack", "is_open"),
    [
        ("pack", "open", True),
        ("pack", "employer", False),
        ("pack", None, True),
        ("open", "employer", True),
        ("employer", "open", False),
    ],
)
def test_setting_and_pack_decide_who_makes_log_ins(client, region, said, settings, setting, pack, is_open):  # noqa: PLR0917
    settings.SIGN_UP = setting
    if pack:
        said["tianjin"] = pack
    assert sign_up.is_open() is is_open
    page = client.get(reverse("account_signup")).content.decode()
    assert ("由用人单位统一开设" in page) is not is_open
    assert (reverse("account_signup") in client.get(reverse("account_login")).content.decode()) is is_open


def test_one_open_region_keeps_the_page_open(region, said):
    Organization.objects.create(name="另一市", kind=OrganizationKind.REGION, region="jiangxi")
    said.update(tianjin="employer", jiangxi="open")
    assert sign_up.is_open()
    said["jiangxi"] = "employer"
    assert not sign_up.is_open()


def test_an_employer_makes_a_log_in_and_its_owner_sets_the_password(client, wang, unit, letters):
    client.force_login(wang)
    assert reverse("portal:person_add") in client.get(reverse("portal:home")).content.decode()
    answer = client.post(reverse("portal:person_add"), {**NEW, "organization": unit.public_id}, follow=True)
    assert "已为 新申报 开设账号" in answer.content.decode()
    person = User.objects.get(username="newcomer")
    assert (person.name, person.email, person.has_usable_password()) == ("新申报", "new@portal.example", False)
    assert list(person.memberships.all()) == []
    entry = AuditEntry.objects.get(act="people.create_account")
    assert (entry.actor, entry.acting_for, entry.target) == ("王人事", "示范公司", str(person.public_id))
    assert audit.verify() == []

    client.logout()
    jobs.work_off()
    (letter,) = letters
    assert letter.to == ["new@portal.example"]
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", letter.body)
    assert link is not None
    form = client.get(link[1], follow=True)
    client.post(form.request["PATH_INFO"], WORDS)
    person.refresh_from_db()
    assert person.check_password(WORDS["password1"])
    people.invite(person.pk)  # the job again, after the password is set
    assert [sent.subject for sent in letters].count(letter.subject) == 1


def test_the_link_stands_in_no_table(client, wang, unit, letters):
    people.create_account(by=wang, organization=unit, **NEW)
    jobs.work_off()
    assert list(Job.objects.values_list("kind", "state")) == [("portal.invite", "done")]
    assert "/key/" not in repr(list(Job.objects.values()) + list(AuditEntry.objects.values()))


def test_an_invitation_that_was_lost_is_ordered_again_by_asking_again(client, wang, unit, letters):
    person = people.create_account(by=wang, organization=unit, **NEW)
    assert people.create_account(by=wang, organization=unit, **NEW) == person
    assert Job.objects.count() == 1  # the first is still under way
    job = Job.objects.get()
    Job.objects.update(state="running", claim="dead", tries=5, heartbeat=job.created_at - timedelta(minutes=1))
    jobs.sweep()
    (told,) = Message.objects.filter(recipient=wang)
    assert ("newcomer" in told.subject, told.link) == (True, reverse("portal:person_add"))
    client.force_login(wang)
    answer = client.post(reverse("portal:person_add"), {**NEW, "organization": unit.public_id}, follow=True)
    assert "设置密码的链接将发送到" in answer.content.decode()
    jobs.work_off()
    assert [letter.to for letter in letters if "开设账号" in letter.subject] == [["new@portal.example"]]
    assert AuditEntry.objects.filter(act="people.invite_again", actor="王人事").count() == 2


def test_nobody_else_and_nothing_else_orders_an_invitation_again(wang, unit):
    person = people.create_account(by=wang, organization=unit, **NEW)
    zhao = User.objects.create_user("zhao", name="赵人事")
    Membership.objects.create(user=zhao, organization=unit, role=Role.EMPLOYER_CLERK)
    for by, change in ((zhao, {}), (wang, {"email": "other@portal.example"}), (wang, {"name": "别人"})):
        with pytest.raises(people.AccountRefusedError):
            people.create_account(by=by, organization=unit, **{**NEW, **change})
    person.set_password("a-long-enough-phrase")
    person.save()
    with pytest.raises(people.AccountRefusedError):
        people.create_account(by=wang, organization=unit, **NEW)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "WANG"}, "username"),
        ({"username": "two words"}, "username"),
        ({"name": " "}, "name"),
        ({"email": "wang@PORTAL.example"}, "email"),
        ({"email": "nowhere"}, "email"),
    ],
)
def test_what_cannot_be_taken_is_named(wang, unit, change, field):
    with pytest.raises(people.AccountRefusedError) as refused:
        people.create_account(by=wang, organization=unit, **{**NEW, **change})
    assert refused.value.field == field
    assert (User.objects.count(), Job.objects.count()) == (1, 0)


def test_a_refused_form_says_what_to_mend(client, wang, unit):
    client.force_login(wang)
    answer = client.post(reverse("portal:person_add"), {**NEW, "username": "wang", "organization": unit.public_id})
    assert answer.status_code == 422
    assert "该用户名已有人使用" in answer.content.decode()


def test_only_the_units_own_clerks_make_its_log_ins(client, wang, region, lin):
    other = Organization.objects.create(name="另一公司", kind=OrganizationKind.EMPLOYER, parent=region)
    with pytest.raises(Forbidden):
        people.create_account(by=wang, organization=other, **NEW)
    client.force_login(wang)
    assert client.post(reverse("portal:person_add"), {**NEW, "organization": other.public_id}).status_code == 422
    client.force_login(lin)
    assert client.get(reverse("portal:person_add")).status_code == 403
    assert not User.objects.filter(username="newcomer").exists()
