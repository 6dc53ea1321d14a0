"""What Zhejiang's notice says of proofs stands on the pages of its round: fetched, spared, asked for, summed."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.test import Client

from applications import dossiers, services
from applications.models import Application, ArchiveItem
from portal import clock
from portal.models import Membership
from portal.roles import Role
from tests.applications import provincial
from tests.applications.filed import filed as filed_at
from tests.applications.pages import address, words

ZHEJIANG = provincial.ZHEJIANG
CLAUSE = "浙蓄电协〔2020〕15号 正文七(二)"


@pytest.fixture(autouse=True)
def in_autumn() -> Iterator[None]:
    with clock.frozen(ZHEJIANG.moment):
        yield


@pytest.fixture
def draft(world) -> Application:
    round_ = provincial.open_round(world, provincial.committee(world, ZHEJIANG), ZHEJIANG)
    return services.open_draft(
        applicant=world.people["lin"], round=round_, level="associate_senior", employer=provincial.employer(ZHEJIANG)
    )


@pytest.fixture
def lin(draft, enter) -> Client:
    return enter("lin")


def record(draft: Application, kind: str, facts: Mapping[str, Any] | None = None, **details: Any) -> ArchiveItem:
    return services.add_item(owner=draft.applicant, kind=kind, facts=facts or {}, details=details, application=draft)


def learned(draft: Application, **hours: float) -> None:
    for year, count in hours.items():
        record(draft, "continuing_education", {"year": int(year.removeprefix("y")), "hours": count})


def check(lin: Client, draft: Application) -> str:
    return words(lin.get(address("application_check", draft.public_id)))


@pytest.mark.duty("ZJ15-026", "ZJ15-027")
def test_five_years_are_summed_and_the_latest_wants_ninety_hours(lin, draft):
    section = address("section_detail", draft.public_id, "continuing_education")
    learned(draft, y2015=70, y2016=60.5, y2019=40)
    record(draft, "continuing_education", {"year": 2019, "hours": 30})

    page = words(lin.get(section))

    assert f"本批次核实的各年学时（{CLAUSE}）" in page
    assert "2015 70 如实填写" in page
    assert "2017 未填写" in page
    assert "2019 70 满 90 学时，附学时登记证明；能自动提取的不必上传 不足" in page
    assert "合计 200.5" in page
    assert f"继续教育没有填写2017、2018年的学时（{CLAUSE}）" in check(lin, draft)

    learned(draft, y2017=0, y2018=90)
    record(draft, "continuing_education", {"year": 2019, "hours": 20})

    page = words(lin.get(section))
    assert "合计 310.5" in page
    assert "不足" not in page
    assert "继续教育没有填写" not in check(lin, draft)


@pytest.mark.duty("ZJ15-027")
def test_the_certificate_of_the_latest_year_has_its_place_and_may_be_fetched(lin, draft):
    latest = record(draft, "continuing_education", {"year": 2019, "hours": 90})
    before = record(draft, "continuing_education", {"year": 2018, "hours": 90})
    asked = "选传 2019年度学时登记证明扫描件（满90学时） 〔正文七(二)〕"
    page = words(lin.get(address("evidence_add", draft.public_id, latest.public_id)))
    assert asked in page
    assert "系统能提取的不必上传" in page
    assert asked not in words(lin.get(address("evidence_add", draft.public_id, before.public_id)))


@pytest.mark.duty("ZJ15-030")
@pytest.mark.parametrize(
    ("degree", "asked", "unasked"),
    [
        (("1999-07-01", "mainland"), "缺少 高校毕业生登记表扫描件", "认证书"),
        (("2010-07-01", "mainland"), "由系统自动提取", "高校毕业生登记表"),
        (("2010-07-01", "abroad"), "缺少 国外学历学位认证书扫描件", "高校毕业生登记表"),
        (("2010-07-01", "hong_kong_macao_taiwan"), "缺少 港澳台学历学位认证书扫描件", "高校毕业生登记表"),
    ],
)
def test_a_degree_asks_for_what_the_bureau_does_not_hold(lin, draft, degree, asked, unasked):
    awarded, origin = degree
    item = record(draft, "education", {"level": "bachelor", "awarded": awarded}, origin=origin, school="示范大学")
    page = words(lin.get(address("evidence_add", draft.public_id, item.public_id)))
    shown = page[page.index("本批次对此条的材料要求") : page.index("材料名称")] if "材料名称" in page else page
    assert asked in shown
    assert unasked not in shown


@pytest.mark.duty("ZJ15-018", "ZJ15-028")
def test_person_and_unit_read_what_bad_material_leads_to_and_what_later_years_ask(world, draft, lin, enter):
    page = words(lin.get(address("round_detail", draft.round.public_id)))
    assert (
        "以后年度：2021年1月1日起：须打印提交2019、2020年的学时登记证明，每年满90学时 （浙蓄电协〔2020〕15号 正文七(二)）"
        in page
    )
    breach = "弄虚作假的退回材料，自评审次年起3年内不得申报高一级 （浙蓄电协〔2020〕15号 正文六）"
    assert breach in page
    seen = dossiers.content(draft).sha256
    assert breach in words(lin.get(address("application_submit", draft.public_id), {"seen": seen}))
    unit = draft.employer
    world.units |= {"employer": unit, "supervising_body": unit.parent, "office": draft.round.office}
    Membership.objects.create(user=world.people["wang"], organization=unit, role=Role.EMPLOYER_CLERK.value)
    filed = filed_at(world, draft.round, "bai")
    assert breach in words(enter("wang").get(address("step_decide", filed.public_id)))


@pytest.mark.duty("ZJ15-031")
def test_no_proof_of_insurance_is_asked_for(lin, draft):
    record(draft, "social_insurance", {"months": 60, "same_employer": True})
    page = words(lin.get(address("section_detail", draft.public_id, "insurance_and_tax")))
    assert "人社部门自己出具的证明由系统提取，不再要求提供" in page
    assert "社会保险”缺少材料" not in check(lin, draft)
