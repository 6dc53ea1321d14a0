"""Choosing what to apply for: what is told before the choice, and what the form takes."""

import pytest
from django.test import Client

from applications import beginning, dossiers, services
from applications.errors import Refused
from applications.forms.draft import DraftForm
from applications.models import Application, Round
from applications.wording import route_name
from portal import privacy
from portal.models import Organization, OrganizationKind
from rules import catalog
from tests.applications.pages import address, words

CHOICE = {"level": "associate_senior", "direction": "cells", "employer": "津能示范电池有限公司"}


@pytest.fixture
def zhou(world, enter) -> Client:
    privacy.agree(by=world.people["zhou"])
    return enter("zhou")


@pytest.fixture
def window(world) -> Organization:
    return Organization.objects.create(
        name="南开区职称申报专门窗口", kind=OrganizationKind.SERVICE_WINDOW, parent=world.units["supervising_body"]
    )


def begin(client: Client, round_: Round, **changes: str):
    return client.post(address("application_start", round_.public_id), {**CHOICE, **changes})


def test_every_level_tells_how_it_is_obtained(zhou, round_):
    page = zhou.get(address("application_start", round_.public_id))

    assert [(one.title, one.mode[:6], one.basis, one.taken) for one in page.context["levels"]] == [
        ("技术员", "由用人单位考", "津人社局发〔2022〕27号 正文三", False),
        ("助理工程师", "由用人单位考", "津人社局发〔2022〕27号 正文三", False),
        ("工程师", "由评审委员会", "津人社局发〔2022〕27号 正文三", False),
        ("高级工程师", "由评审委员会", "津人社局发〔2022〕27号 正文三", True),
        ("正高级工程师", "由评审委员会", "津人社局发〔2022〕27号 正文三", False),
    ]
    assert "您的业绩档案还没有可核对的内容" in words(page)


def test_who_somebody_is_alone_is_held_against_no_level(world, zhou, round_):
    services.add_item(owner=world.people["zhou"], kind="basics", facts={"status": "employed"}, details={})

    page = zhou.get(address("application_start", round_.public_id))

    assert {one.word for one in page.context["levels"]} == {""}
    assert "您的业绩档案还没有可核对的内容" in words(page)


def test_the_archive_is_held_against_every_level_before_anything_is_begun(world, round_, draft):
    services.withdraw(application=draft, by=world.people["lin"])
    archive = beginning.archive_of(world.people["lin"], round_)

    assert [(one.title, one.word) for one in beginning.levels(round_, archive)] == [
        ("技术员", "已取得更高层级"),
        ("助理工程师", "已取得"),
        ("工程师", "已取得"),
        ("高级工程师", "待定"),
        ("正高级工程师", "不符合"),
    ]


def test_the_routes_tell_what_they_ask(zhou, round_):
    page = zhou.get(address("application_start", round_.public_id))
    told = {route.name: (route.citation, route.asks) for route in page.context["routes"]}

    assert list(told) == [label.rpartition("（")[0] for _c, label in page.context["form"].fields["claims"].choices]
    citation, asks = told["转评：其他专业同层级职称转评，本专业岗位满1年"]
    assert citation == "津人社局发〔2022〕27号 正文七(五)"
    assert any("1年" in line for line in asks)
    assert "特别申报途径各要求什么" in words(page)


POLICIES = ["tianjin-lithium-2022", "jiangxi-lithium-2023", "zhejiang-battery-2020"]
FIRST = {
    "tianjin-lithium-2022": ("materials", "正极材料"),
    "jiangxi-lithium-2023": ("ore", "产品开发"),
    "zhejiang-battery-2020": ("development", "技术开发"),
}


@pytest.mark.parametrize("policy", POLICIES)
def test_directions_and_topics_are_the_packs(round_, policy):
    Round.objects.filter(pk=round_.pk).update(policy_id=policy)
    round_.refresh_from_db()
    form = DraftForm(round_=round_)
    known = catalog.get(policy).procedure.directions

    assert [code for code, _label in form.fields["direction"].choices] == [one.code for one in known]
    offered = dict(form.fields["topic"].choices[1:])
    assert {label: [topic for _value, topic in topics] for label, topics in offered.items()} == {
        one.label: one.topics for one in known if len(one.topics) > 1
    }
    direction, topic = FIRST[policy]
    assert (f"{direction}/{topic}", topic) in offered[known[0].label]


def test_a_topic_is_chosen_shown_and_frozen(world, zhou, round_):
    begin(zhou, round_, topic="cells/电芯制造")

    application = Application.objects.get(applicant=world.people["zhou"])
    assert application.topic == "电芯制造"
    assert "电芯及电池系统：电芯制造" in words(zhou.get(address("application_detail", application.public_id)))
    assert dossiers.content(application).data["topic"] == "电芯制造"


def test_a_topic_of_another_direction_is_told_at_its_field(zhou, round_):
    answer = begin(zhou, round_, topic="materials/隔膜")

    assert answer.status_code == 422
    assert "不在所选的专业方向之下" in answer.context["form"].errors["topic"][0]


def test_the_service_takes_no_topic_of_another_direction(world, round_):
    with pytest.raises(Refused, match="“隔膜”不在所选专业方向之下"):
        services.open_draft(
            applicant=world.people["zhou"],
            round=round_,
            level="associate_senior",
            employer=world.units["employer"],
            direction="cells",
            topic="隔膜",
        )


def test_what_was_chosen_is_offered_again_and_changes(world, zhou, round_):
    begin(zhou, round_, topic="cells/电芯制造", claims="conversion")
    application = Application.objects.get(applicant=world.people["zhou"])
    where = address("application_change", application.public_id)

    initial = zhou.get(where).context["form"].initial
    assert (initial["topic"], initial["employer"], initial["claims"]) == (
        "cells/电芯制造",
        CHOICE["employer"],
        ["conversion"],
    )
    assert zhou.post(where, {**CHOICE, "direction": "materials", "topic": ""}).status_code == 302
    application.refresh_from_db()
    assert (application.direction, application.topic, application.claims) == ("materials", "", [])


def test_a_unit_of_another_region_is_named_with_its_region(world, zhou, round_):
    Organization.objects.create(
        name="赣江示范锂电有限公司", kind=OrganizationKind.EMPLOYER, parent=world.units["other_region"]
    )

    answer = begin(zhou, round_, employer="赣江示范锂电有限公司")

    assert answer.status_code == 422
    assert "该单位登记在其他地区（江西（演示）），本批次只接受“天津（演示）”的单位" in words(answer)
    assert not Application.objects.filter(applicant=world.people["zhou"]).exists()


def test_the_service_names_the_other_region_too(world, round_):
    far = Organization.objects.create(
        name="赣江示范锂电有限公司", kind=OrganizationKind.EMPLOYER, parent=world.units["other_region"]
    )
    with pytest.raises(Refused, match="登记在其他地区（江西"):
        services.open_draft(
            applicant=world.people["zhou"], round=round_, level="associate_senior", employer=far, direction="cells"
        )


def test_without_windows_there_is_only_the_unit(zhou, round_):
    form = zhou.get(address("application_start", round_.public_id)).context["form"]

    assert {"place", "window"} & form.fields.keys() == set()
    assert form.fields["employer"].required


def test_a_window_is_chosen_where_there_is_one(world, zhou, round_, window):
    answer = begin(zhou, round_, place="window", window=str(window.public_id), employer="")

    assert answer.status_code == 302
    assert Application.objects.get(applicant=world.people["zhou"]).employer == window
    change = zhou.get(answer.url + "change/").context["form"].initial
    assert (change["place"], change["window"], change["employer"]) == ("window", window, "")


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"place": "window", "employer": ""}, "window", "请选择受理申报的窗口"),
        ({"place": "unit", "employer": " "}, "employer", "没有用人单位的，请改选"),
    ],
)
@pytest.mark.usefixtures("window")
def test_a_place_that_is_not_named_is_asked_for_at_its_field(zhou, round_, changes, field, told):
    answer = begin(zhou, round_, **changes)

    assert answer.status_code == 422
    assert told in answer.context["form"].errors[field][0]


@pytest.mark.parametrize("status", ["freelance", "new_employment_form"])
def test_who_has_no_employer_is_led_to_the_window(world, zhou, round_, window, status):
    services.add_item(owner=world.people["zhou"], kind="basics", facts={"status": status}, details={})

    assert zhou.get(address("application_start", round_.public_id)).context["form"].initial["place"] == "window"


@pytest.mark.parametrize(
    ("claim", "label", "told"),
    [
        ("conversion", "其他专业同层级职称", "转评：其他专业同层级职称"),
        ("case_by_case", "一事一议（重大突破）", "一事一议（重大突破）"),
    ],
)
def test_a_route_is_not_named_twice(claim, label, told):
    assert route_name(claim, label) == told
