"""A county enters the private enterprises that are placed there, each with the log-in of its first clerk."""

import pytest
from django.test import Client
from django.urls import reverse

from portal import access, demo, jobs, people, units, workdays
from portal.access import Forbidden
from portal.demo import World
from portal.models import AuditEntry, Membership, Organization, OrganizationKind, User
from portal.roles import Permission, Role

PAGE = "portal:enterprise_add"
USCC = "91110000600037341L"
NEW = {
    "unit": "渝水示范锂业有限公司",
    "uscc": USCC,
    "username": "yushui-hr",
    "name": "新经办",
    "email": "hr@portal.example",
}


@pytest.fixture
def world(db) -> World:
    workdays.seed()
    made = World()
    demo.load(made)
    return made


@pytest.fixture
def body(world) -> Organization:
    return world.units["supervising_body"]


def enter(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.people[who])
    return client


@pytest.mark.duty("JX81-010")
def test_the_county_enters_an_enterprise_whose_clerk_sets_the_password(world, body, mailoutbox):
    zhao = enter(world, "zhao")
    assert reverse(PAGE) in zhao.get(reverse("portal:home")).content.decode()

    answer = zhao.post(reverse(PAGE), {**NEW, "body": body.public_id}, follow=True)

    assert "已登记“渝水示范锂业有限公司”" in answer.content.decode()
    made = Organization.objects.get(uscc=USCC)
    assert (made.kind, made.ownership, made.parent, made.region) == (
        OrganizationKind.EMPLOYER, "private_enterprise", body, body.region,
    )  # fmt: skip
    clerk = User.objects.get(username="yushui-hr")
    assert not clerk.has_usable_password()
    assert access.decide(clerk, Permission.RECOMMEND, made)
    assert not access.decide(clerk, Permission.RECOMMEND, world.units["employer"])
    acts = AuditEntry.objects.filter(scope="people").order_by("pk").values_list("act", flat=True)
    assert list(acts)[-3:] == ["organization.enter", "people.create_account", "people.give_role"]
    jobs.work_off()
    assert [letter.to for letter in mailoutbox if "开设账号" in letter.subject] == [["hr@portal.example"]]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"uscc": "91110000600037341M"}, "uscc", "统一社会信用代码有误"),
        ({"unit": " "}, "unit", ""),
        ({"unit": "津能示范电池有限公司"}, "unit", "本地区已有同名单位"),
        ({"username": "wang"}, "username", "该用户名已有人使用"),
        ({"email": "x"}, "email", ""),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_field_and_nothing_is_made(world, body, change, field, sentence):
    answer = enter(world, "zhao").post(reverse(PAGE), {**NEW, "body": body.public_id, **change})

    errors = answer.context["form"].errors
    assert (answer.status_code, list(errors)) == (422, [field])
    assert sentence in "".join(errors[field])
    assert not Organization.objects.filter(name=NEW["unit"]).exists()
    assert not User.objects.filter(username=NEW["username"]).exists()


def test_a_code_is_entered_once(world, body):
    zhao = enter(world, "zhao")
    zhao.post(reverse(PAGE), {**NEW, "body": body.public_id})
    again = zhao.post(
        reverse(PAGE), {**NEW, "unit": "又名", "username": "x", "email": "x@portal.example", "body": body.public_id}
    )
    assert "已登记为“渝水示范锂业有限公司”" in "".join(again.context["form"].errors["uscc"])


def test_another_body_is_nobody_elses_to_enter_into(world, body):
    other = Organization.objects.create(
        name="另一主管部门", kind=OrganizationKind.SUPERVISING_BODY, parent=world.units["region"]
    )
    answer = enter(world, "zhao").post(reverse(PAGE), {**NEW, "body": other.public_id})
    assert answer.status_code == 422
    with pytest.raises(Forbidden):
        units.enter_enterprise(by=world.people["zhao"], body=other, **NEW)
    with pytest.raises(Forbidden):
        units.enter_enterprise(by=world.people["wang"], body=body, **NEW)


def test_an_enterprise_reports_to_a_body_and_to_nothing_else(world):
    region = world.units["region"]
    Membership.objects.create(user=world.people["zhao"], organization=region, role=Role.SUPERVISOR_CLERK.value)
    with pytest.raises(people.AccountRefusedError, match="主管部门或县"):
        units.enter_enterprise(by=world.people["zhao"], body=region, **NEW)
