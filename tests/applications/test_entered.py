"""What Jiangxi's notice wants typed in: a degree's code, valid to the year's end, and a patent's address in CNKI."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications import dossiers, services
from applications.models import Application, Snapshot
from portal import clock
from portal.models import Membership
from portal.roles import Role
from tests.applications import provincial, walk
from tests.applications.filed import filed
from tests.applications.pages import address, words

DEGREE = {"level": "bachelor", "awarded": "2010-07-01"}


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.frozen(provincial.IN_JUNE):
        yield


@pytest.fixture
def draft(world) -> Application:
    return provincial.open_draft(world)


@pytest.fixture
def lin(draft, enter) -> Client:
    return enter("lin")


def told(lin: Client, draft: Application) -> str:
    return words(lin.get(address("application_check", draft.public_id)))


@pytest.mark.duty("JX81-016")
@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        (
            {},
            "“示范大学”没有填写学信网在线验证码及其有效期（正文三(一)1）。请在学信网免费申请，有效期选到2023年12月31日以后。",
        ),
        ({"verification_code": "AB12CD34EF56"}, "没有填写学信网在线验证码及其有效期"),
        (
            {"verification_code": "AB12CD34EF56", "verification_expires_on": "2023-12-30"},
            "“示范大学”的验证码有效期至2023年12月30日，须有效到2023年12月31日（正文三(一)1）",
        ),
        ({"verification_code": "AB12CD34EF56", "verification_expires_on": "2023-12-31"}, ""),
    ],
)
def test_a_degree_brings_its_code_which_is_valid_to_the_years_end(lin, draft, details, sentence):
    services.add_item(
        owner=draft.applicant, kind="education", facts=DEGREE, application=draft,
        details={"school": "示范大学", "origin": "mainland", "major": "材料", **details},
    )  # fmt: skip
    page = told(lin, draft)
    assert sentence in page
    assert ("验证码" in page[: page.index("申报事项")]) is bool(sentence)


@pytest.mark.parametrize(
    ("awarded", "origin"), [("2002-07-01", "mainland"), ("2010-07-01", "abroad"), ("2010-07-01", None)]
)
def test_a_degree_that_has_no_code_or_may_have_none_is_asked_for_none(draft, awarded, origin):
    details = {"school": "示范大学", **({"origin": origin} if origin else {})}
    services.add_item(
        owner=draft.applicant,
        kind="education",
        facts={**DEGREE, "awarded": awarded},
        details=details,
        application=draft,
    )
    assert [gap.sentence for gap in services.gaps(draft) if "验证码" in gap.sentence] == []


@pytest.mark.duty("JX81-031")
@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ("", True),
        ("https://www.wanfangdata.com.cn/details/detail.do?_type=patent&id=1", True),
        ("https://kns.cnki.net/kcms2/article/abstract?v=1", False),
    ],
)
def test_a_patent_brings_its_certificate_its_rank_and_its_address_in_cnki(lin, draft, where, wanted):
    facts = {"kind": "patent", "patent_type": "invention", "granted": True, "date": "2020-05-01"}
    details = {"name": "一种隔膜", "number": "ZL1", **({"verification_address": where} if where else {})}
    items = [
        services.add_item(owner=draft.applicant, kind="patent", facts=facts, details=details, application=draft)
        for _number in range(2)
    ]
    page = told(lin, draft)
    sentence = "专利“一种隔膜”没有填写中国知网的检索网址（正文三(八)）"
    assert (sentence in page) is wanted
    assert "专利须由本人排序（正文三(八)）" in page
    slot = words(lin.get(address("evidence_add", draft.public_id, items[0].public_id)))
    assert "缺少 本人的专利证书 〔正文三(八)〕" in slot
    assert "填写中国知网专利检索地址；按质量从高到低排列" in slot


@pytest.mark.unlawful(
    "another's snapshot stands for the way to the bureau",
    "applications: decided steps name the snapshot they were taken on",
)
@pytest.mark.duty("JX81-027")
def test_whose_file_is_kept_here_applies_with_the_provinces_consent_which_the_levels_read(world, lin, draft, enter):
    section = address("section_detail", draft.public_id, "insurance_and_tax")
    typed = {
        "kind": "social_insurance",
        "social_insurance-months": "0",
        "social_insurance-same_employer": "no",
        "social_insurance-hosted_at": "新余市就业创业服务中心",
    }
    lin.post(section, typed)
    sentence = "先请当地人社部门核实、报省职称办同意（正文三(四)）"
    assert sentence in told(lin, draft)

    upload = SimpleUploadedFile("同意函.jpg", walk.picture().read(), "image/jpeg")
    item = draft.items.get(kind="social_insurance")
    lin.post(
        section,
        {
            **typed,
            "seen": item.content_sha256,
            "social_insurance-consent_number": "赣职办函〔2023〕8号",
            "social_insurance-uploads": [upload],
        },
    )

    assert sentence not in told(lin, draft)
    unit, record = draft.employer, dossiers.chosen(draft)
    world.units |= {"employer": unit, "supervising_body": unit.parent, "office": draft.round.office}
    Membership.objects.create(user=world.people["zhao"], organization=unit.parent, role=Role.SUPERVISOR_CLERK.value)
    application = filed(world, draft.round, "bai", at="supervisor")
    text = dossiers.canonical({**application.snapshot.data, **dossiers.content(draft, record).data})
    Snapshot.objects.filter(pk=application.snapshot_id).update(content=text, sha256=dossiers.sha256(text))
    page = words(enter("zhao").get(address("dossier_detail", application.public_id)))
    assert "人事档案托管机构 新余市就业创业服务中心" in page
    assert "省职称办同意申报的文号 赣职办函〔2023〕8号" in page
    assert "档案托管在本省、社保未达到要求的，由地方人社部门核实，省职称办同意后申报" in words(
        lin.get(address("round_detail", draft.round.public_id))
    )
