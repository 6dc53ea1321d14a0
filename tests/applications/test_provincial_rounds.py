"""A round under Jiangxi's annual notice: its days, files and procedure come from the pack, through the pages."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from applications import dossiers, services
from applications.errors import Refused
from applications.models import Application, ApprovalStep, Round
from applications.services import steps
from portal import clock, privacy
from portal.models import Organization
from tests.applications import provincial
from tests.applications.pages import address, words
from tests.applications.strokes import sent

POLICY = provincial.POLICY


@pytest.fixture
def committee(world) -> Organization:
    return provincial.committee(world)


@pytest.fixture
def in_june(committee) -> Iterator[None]:
    with clock.frozen(provincial.IN_JUNE):
        yield


@pytest.fixture
def office(world, in_june) -> Client:
    client = Client()
    client.force_login(world.people["zhou"])
    return client


def days(form: object) -> dict[str, str]:
    names = (
        "opens_on",
        "applicant_closes_on",
        "employer_closes_on",
        "supervisor_closes_on",
        "office_closes_on",
        "as_of",
    )
    return {name: str(form.fields[name].initial or "") for name in names}  # type: ignore[attr-defined]


@pytest.fixture
def round_(world, committee, in_june) -> Round:
    return provincial.open_round(world, committee)


@pytest.fixture
def lin(world, in_june) -> Client:
    privacy.agree(by=world.people["lin"])
    client = Client()
    client.force_login(world.people["lin"])
    return client


@pytest.fixture
def employer(world) -> Organization:
    return provincial.employer()


@pytest.fixture
def draft(world, round_, employer) -> Application:
    return services.open_draft(applicant=world.people["lin"], round=round_, level="associate_senior", employer=employer)


def picture(kind: str) -> BytesIO:
    data = BytesIO()
    Image.new("RGB", (40, 30), "white").save(data, kind)
    data.seek(0)
    return data


def test_the_form_offers_the_levels_and_the_days_of_the_notice(committee, office):
    page = office.get(f"{address('round_add')}?committee={committee.public_id}&policy={POLICY}")

    assert [code for code, _name in page.context["form"].fields["levels"].choices] == [
        "intermediate",
        "associate_senior",
    ]
    assert days(page.context["form"]) == {
        "opens_on": "2023-06-01",
        "applicant_closes_on": "2023-06-25",
        "employer_closes_on": "",
        "supervisor_closes_on": "",
        "office_closes_on": "2023-07-10",
        "as_of": "2022-12-31",
    }


def test_the_page_shows_the_procedure_with_its_clauses_and_what_is_to_be_confirmed(committee, office):
    said = words(office.get(f"{address('round_add')}?committee={committee.public_id}&policy={POLICY}"))

    for sentence in (
        "主管部门推荐前公示：不少于5个工作日 〔正文四(二)〕",
        "陈述5分钟 〔正文五(二)1〕",
        "金额待录入 〔待确认，见正文六〕",
        "通过比例：通知未规定",
    ):
        assert sentence in said


def test_the_days_of_a_year_gone_by_are_not_offered(world):
    client = Client()
    client.force_login(world.people["sun"])
    page = client.get(
        f"{address('round_add')}?committee={world.units['committee'].public_id}&policy=tianjin-lithium-2022"
    )

    assert {name: day for name, day in days(page.context["form"]).items() if day} == {"opens_on": str(clock.today())}


def test_a_committee_finds_the_packs_of_its_own_region_alone(office):
    chosen = office.get(address("round_add"))

    assert [[entry.id for entry, _ in packs] for _committee, packs in chosen.context["packs"]] == [[POLICY]]


@pytest.mark.duty("JX81-013")
def test_a_file_is_a_jpeg_or_a_pdf_of_two_mebibytes_at_most(lin, draft):
    facts = {"kind": "patent", "patent_type": "invention", "granted": True, "date": "2020-05-01"}
    item = services.add_item(owner=draft.applicant, kind="patent", facts=facts, details={"name": "一种隔膜"})
    add = address("evidence_add", draft.public_id, item.public_id)
    jpeg, png = (picture(kind).read() for kind in ("JPEG", "PNG"))
    most = services.limits_for(draft.round).max_bytes

    lin.post(
        add,
        {
            "uploads": [
                SimpleUploadedFile("一.jpg", jpeg),
                SimpleUploadedFile("二.jpeg", jpeg + b"\0"),
                SimpleUploadedFile("三.png", png),
                SimpleUploadedFile("四.jpg", png),
                SimpleUploadedFile("五.jpg", jpeg + b"\0" * most),
            ]
        },
    )

    assert most == 2 * 1024 * 1024
    assert sorted(piece.file.name for piece in item.evidence.kept()) == ["一.jpg", "二.jpg"]
    assert "每个文件不超过 2 MB" in words(lin.get(add))


@pytest.mark.duty("JX81-017", "JX81-024", "JX81-034")
@pytest.mark.parametrize(
    ("facts", "told", "untold"),
    [
        ({"level": "bachelor", "awarded": "2002-07-01"}, "中国高等教育学历认证报告", "电子注册备案表"),
        ({"level": "intermediate"}, "企业人员不需要聘任材料", "岗位聘用人员备案表"),
        (
            {"kind": "paper"},
            "中国知网、万方数据或维普网的检索地址；缺少的视为无效，不作依据",
            "电子注册备案表",
        ),
    ],
)
def test_the_page_of_a_records_files_tells_what_the_notice_asks(lin, draft, facts, told, untold):
    kind = facts.get("kind") or ("education" if "awarded" in facts else "title")
    item = services.add_item(owner=draft.applicant, kind=kind, facts=facts, details={})

    page = words(lin.get(address("evidence_add", draft.public_id, item.public_id)))

    assert told in page
    assert untold not in page


def test_the_check_of_ones_own_is_open_at_best(draft):
    result = services.precheck(draft)

    assert result.policy == POLICY
    assert result.verdict in ("open", "unmet")
    assert {"正文二(二)", "正文三(四)", "国家基本标准 高级工程师2", "正文一"} <= set(result.clauses)


@pytest.mark.duty("JX81-002")
def test_the_page_offers_the_two_levels_of_the_notice_and_takes_no_other(round_, employer, lin):
    start = address("application_start", round_.public_id)
    levels = [level for level, _ in lin.get(start).context["form"].fields["level"].choices]
    assert levels == ["intermediate", "associate_senior"]

    for level in ("assistant", "full_senior"):
        answer = lin.post(start, {"level": level, "employer": employer.name, "direction": "cells"})
        assert (answer.status_code, "level" in answer.context["form"].errors) == (422, True)


@pytest.mark.duty("JX81-011")
@pytest.mark.parametrize(("day", "status"), [(25, 302), (26, 409)])
def test_an_application_is_begun_until_the_applicants_last_day(round_, employer, lin, day, status):
    clock.move_to(datetime(2023, 6, day, 23, 59, tzinfo=clock.ZONE))
    start = address("application_start", round_.public_id)
    choice = {"level": "associate_senior", "employer": employer.name, "direction": "cells"}

    answer = lin.post(start, choice)

    assert answer.status_code == status, words(answer)
    assert Application.objects.filter(round=round_).exists() is (status == 302)


def test_a_step_of_the_engineering_policy_cites_the_annual_notice_alone(draft):
    draft.round.policy_id = "tianjin-engineering-2019"
    step = ApprovalStep(application=draft, kind="employer")
    assert steps._basis(step) == "2023年度通知四(二)"


def test_a_second_application_in_jiangxi_is_refused_without_tianjins_notice(world, round_, draft, employer):
    round_.pk, round_.public_id, round_.name, round_._state.adding = None, None, "第二批", True
    round_.public_id = type(round_)._meta.get_field("public_id").get_default()
    round_.save()
    with pytest.raises(Refused) as refused:
        services.open_draft(applicant=world.people["lin"], round=round_, level="associate_senior", employer=employer)
    assert str(refused.value) == "同一系列、专业每年只能申报一次，您本年度已经申报。"


@pytest.mark.duty("JX81-012")
def test_the_personal_commitment_is_read_and_signed_online(draft, lin):
    seen = dossiers.content(draft).sha256
    page = lin.get(address("application_submit", draft.public_id), {"seen": seen})
    assert "个人承诺书 余人社字〔2023〕81号 正文三" in words(page)
    hashes = {"seen_sha256": seen, "words_sha256": services.applicant_words_sha256(draft)}

    signed = lin.post(address("application_sign", draft.public_id), {**hashes, "picture": sent()}, follow=True)

    assert "承诺已签署" in words(signed)
    (signature,) = draft.signatures.all()
    assert (signature.how, "《" in signature.words, "个人承诺书" in signature.words) == ("here", False, True)


@pytest.mark.duty("JX81-014")
def test_what_is_at_the_applicants_own_risk_is_told_before_submission(world, draft, lin):
    services.add_item(
        owner=world.people["lin"],
        kind="paper",
        facts={"kind": "paper", "date": "2022-05-01"},
        details={"title": "锂盐提纯研究", "indexed": "cnki"},
        application=draft,
    )
    told = words(lin.get(address("application_check", draft.public_id)))
    warned = told[told.index("提交前的提醒", told.index("按条款核对")) :]

    for word in ("看不清的、遗漏的、传错的、没有放在指定位置的", "后果由申报人承担（余人社字〔2023〕81号 正文三）"):
        assert word in warned
    assert "“锂盐提纯研究 · 2022”缺：" in warned
    assert "不予认可" in warned
