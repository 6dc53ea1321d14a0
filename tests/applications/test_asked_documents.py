"""What Jiangxi's notice asks of a record stands on its page, document by document, and is missed before submission."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications import dossiers, services
from applications.errors import Refused
from applications.models import Application, ArchiveItem, Evidence, Verification
from portal import clock
from portal.file_intake import check as check_file
from portal.models import Organization, Ownership
from tests.applications import provincial, walk
from tests.applications.pages import address, words

SHADES = ["white", "red", "green"]


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.frozen(provincial.IN_JUNE):
        yield


@pytest.fixture
def draft(world) -> Application:
    """A draft in Jiangxi at an enterprise."""
    return provincial.open_draft(world)


@pytest.fixture
def lin(draft, enter) -> Client:
    return enter("lin")


def record(draft: Application, kind: str, facts: Mapping[str, Any] | None = None, **details: Any) -> ArchiveItem:
    return services.add_item(owner=draft.applicant, kind=kind, facts=facts or {}, details=details, application=draft)


def page_of(lin: Client, draft: Application, item: ArchiveItem) -> str:
    return words(lin.get(address("evidence_add", draft.public_id, item.public_id)))


def upload(draft: Application, item: ArchiveItem, shade: str = "white", document: str | None = None) -> Evidence:
    return services.attach_evidence(
        application=draft, item=item, upload=walk.picture(shade), name=f"{shade}.jpg", by=draft.applicant,
        document=document,
    )  # fmt: skip


def missed(draft: Application) -> str:
    return " ".join(gap.sentence for gap in services.gaps(draft) if "缺少材料" in gap.sentence)


@pytest.mark.duty("JX81-021", "JX81-029", "JX81-030", "JX81-032", "JX81-036", "JX81-037", "JX81-038")
@pytest.mark.parametrize(
    ("kind", "facts", "asked"),
    [
        ("title", {"level": "intermediate"}, ["缺少 现专业技术资格证书 〔正文三(二)〕"]),
        ("award", {"kind": "award"}, ["缺少 本人的获奖或荣誉证书 〔正文三(六)〕"]),
        (
            "unit_project",
            {"kind": "unit_project", "benefit": "good"},
            [
                "缺少 立项批文 〔正文三(七)〕",
                "缺少 结题（验收、鉴定）报告 〔正文三(七)〕",
                "缺少 本人在其中的工作内容 〔正文三(七)〕",
                "缺少 加盖公章的本人排名页 〔正文三(七)〕",
                "缺少 销售、税收、合同、用户或完税等效益证明 〔正文三(十一)〕",
            ],
        ),
        (
            "plan_or_standard",
            {"kind": "plan_or_standard"},
            ["选传 参与制定的标准或完成的新产品，及被采纳或获批示的证明 〔正文三(九)〕"],
        ),
        (
            "paper",
            {"kind": "paper"},
            [f"缺少 {name} 〔正文三(十)3〕" for name in ("刊物封面", "主办单位页", "目录页", "正文")],
        ),
        (
            "monograph",
            {"kind": "monograph"},
            [
                f"缺少 {name} 〔正文三(十)3〕"
                for name in ("封面", "版权页", "目录（摘录）页", "编委会名单页", "著作字数页")
            ],
        ),
    ],
)
def test_each_document_stands_on_the_page_with_its_clause(lin, draft, kind, facts, asked):
    page = page_of(lin, draft, record(draft, kind, facts))

    assert [line for line in asked if line not in page] == []


@pytest.mark.duty("JX81-016", "JX81-017", "JX81-018", "JX81-019", "JX81-020")
@pytest.mark.parametrize(
    ("degree", "asked"),
    [
        (("bachelor", "2003-07-01", "mainland"), "教育部学历证书电子注册备案表 〔正文三(一)1〕"),
        (("bachelor", "2002-07-01", "mainland"), "中国高等教育学历认证报告 〔正文三(一)2〕"),
        (("master", "2010-07-01", "abroad"), "国外学历学位认证书 〔正文三(一)3〕"),
        (("master", "2010-07-01", "hong_kong_macao_taiwan"), "港澳台学历学位认证书 〔正文三(一)4〕"),
        (("secondary", "1999-07-01", "mainland"), "学籍卡 或 毕业生登记表 〔正文三(一)5〕"),
        (("associate", "2005-07-01", "party_school"), "学籍卡 或 毕业生登记表 〔正文三(一)5〕"),
        (("tech_senior", "2009-07-01", "mainland"), "网上毕业证书查询结果 〔正文三(一)6〕"),
        (("tech_senior", "2007-07-01", "mainland"), "毕业生登记表 或 学籍卡 〔正文三(一)6〕"),
    ],
)
def test_a_degree_asks_for_the_paper_of_its_year_and_school(lin, draft, degree, asked):
    level, awarded, origin = degree
    item = record(draft, "education", {"level": level, "awarded": awarded}, origin=origin, school="示范大学")

    page = page_of(lin, draft, item)

    assert [line.split(" ")[1] for line in page.split("〔正文三(一)")[0].split("缺少")[1:]] == [asked.split(" ")[0]]
    assert f"缺少 {asked}" in page
    assert asked.split(" 〔")[0] in missed(draft)
    assert upload(draft, item).document == asked.split(" ")[0]
    assert missed(draft) == ""


@pytest.mark.duty("JX81-021", "JX81-022", "JX81-023", "JX81-024")
@pytest.mark.parametrize(
    ("ownership", "details", "said"),
    [
        (Ownership.PRIVATE, {}, ("企业人员不需要聘任材料", "连续的事业单位岗位聘用人员备案表")),
        (
            Ownership.PUBLIC,
            {"established": True},
            ("缺少 连续的事业单位岗位聘用人员备案表 〔正文三(三)1〕", "单位聘任文件"),
        ),
        (Ownership.PUBLIC, {"established": False}, ("缺少 单位聘任文件 或 聘书 〔正文三(三)2〕", "备案表")),
        (Ownership.PRIVATE, {"converted": True}, ("缺少 转系列前的专业技术资格证书 〔正文三(二)〕", "备案表")),
        (Ownership.PRIVATE, {"converted": False}, ("缺少 现专业技术资格证书 〔正文三(二)〕", "转系列前")),
    ],
)
def test_a_title_asks_for_appointment_papers_by_the_employer(lin, draft, ownership, details, said):
    asked, unasked = said
    Organization.objects.filter(pk=draft.employer_id).update(ownership=ownership)

    page = page_of(lin, draft, record(draft, "title", {"level": "intermediate"}, **details))

    assert asked in page
    assert unasked not in page


@pytest.mark.duty("JX81-035", "JX81-036")
def test_a_foreign_paper_asks_for_its_translation_and_an_indexed_one_for_the_report(lin, draft):
    item = record(draft, "paper", {"kind": "paper"}, title="Cathodes", indexed="sci", foreign_language=True)

    page = page_of(lin, draft, item)

    assert "缺少 检索单位盖章的收录检索报告 〔正文三(十)2〕" in page
    assert "缺少 中文译文 〔正文三(十)3〕" in page
    assert "检索单位盖章的收录检索报告" in missed(draft)
    assert "无效论文：" not in page


def test_what_is_asked_beside_documents_is_told_too(lin, draft):
    page = page_of(lin, draft, record(draft, "post", {"from": "2015-07-01"}, unit="示范公司"))

    assert "填写先选工作经历类别、再填经历内容" in page
    assert "缺少 与经历对应的文件或证明 〔正文三(五)〕" in page


@pytest.mark.duty("JX81-026")
def test_another_insured_unit_asks_for_the_proof_of_affiliation(lin, draft):
    proof = "申报单位与参保单位的隶属关系证明（双方盖章）"
    item = record(draft, "social_insurance", {"months": 6, "same_employer": False})
    section = address("section_detail", draft.public_id, "insurance_and_tax")
    assert f"缺少 {proof} 〔正文三(四)〕" in words(lin.get(section))
    assert proof in missed(draft)

    services.change_item(item=item, facts={"months": 6, "same_employer": True}, details={}, by=draft.applicant)

    assert proof not in words(lin.get(section)) + missed(draft)


def test_what_hangs_on_an_unfilled_answer_is_open_and_not_missed(lin, draft):
    item = record(draft, "unit_project", {"kind": "unit_project"}, name="中试线")
    benefit = "销售、税收、合同、用户或完税等效益证明"

    page = page_of(lin, draft, item)

    assert f"视情况 {benefit} 〔正文三(十一)〕 是否需要取决于：效益（尚未填写）" in page
    assert benefit not in missed(draft)


def test_a_file_is_named_as_what_is_lacking_and_the_rest_is_missed_with_its_clause(draft):
    item = record(draft, "unit_project", {"kind": "unit_project"}, name="中试线")
    assert upload(draft, item).document == "立项批文"
    assert upload(draft, item, "red").document == "结题（验收、鉴定）报告"
    assert upload(draft, item, "green", "加盖公章的本人排名页").document == "加盖公章的本人排名页"

    assert missed(draft) == (
        "“课题、项目与技术成果”中“中试线”缺少材料：本人在其中的工作内容（余人社字〔2023〕81号 正文三(七)）。"
        "已经上传的，请在该条注明它是哪一种材料。"
    )
    assert upload(draft, item, "blue").document == "本人在其中的工作内容"
    assert missed(draft) == ""
    assert upload(draft, item, "black").document == ""


def test_what_was_verified_under_one_name_is_looked_at_again_under_another(draft, world):
    """A file that was seen as one document does not become another one by a word of its owner."""
    item = record(draft, "paper", {"kind": "paper"}, title="论文")
    piece = upload(draft, item, document="目录页")
    item.refresh_from_db()
    Verification.objects.create(
        item=item, content_sha256=item.content_sha256, confirmed=True, organization=draft.employer,
        verified_by=world.people["wang"], verified_at=clock.now(),
    )  # fmt: skip

    def confirmed() -> bool | None:
        return next(one.confirmed for one in dossiers.chosen(draft) if one.id == str(item.public_id))

    name = {"evidence": piece, "by": draft.applicant, "application": draft}
    assert confirmed() is True
    services.name_document(document="刊物封面", **name)
    assert confirmed() is None
    services.name_document(document="目录页", **name)
    assert confirmed() is True


def test_a_refused_file_is_no_document(lin, draft):
    item = record(draft, "award", {"kind": "award"}, name="奖")
    piece = services.attach_evidence(
        application=draft, item=item, upload=SimpleUploadedFile("坏.pdf", b"%PDF-1.7\ncut off"), name="坏.pdf",
        by=draft.applicant,
    )  # fmt: skip
    assert missed(draft) == ""

    check_file(piece.file_id)

    assert "本人的获奖或荣誉证书" in missed(draft)
    assert "缺少 本人的获奖或荣誉证书" in page_of(lin, draft, item)
    assert upload(draft, item).document == "本人的获奖或荣誉证书"


def test_the_page_says_at_the_upload_which_document_comes(lin, draft):
    item = record(draft, "paper", {"kind": "paper"}, title="论文")
    add = address("evidence_add", draft.public_id, item.public_id)
    form = lin.get(add).context["form"]
    assert form["document"].initial == "刊物封面"

    answer = lin.post(
        add, {"document": "目录页", "uploads": [walk.picture()]}, headers={"accept": "application/json"}
    ).json()

    assert (answer["file"]["document"], answer["next"]) == ("目录页", "刊物封面")
    assert "已上传" in answer["asked"]
    other = lin.post(add, {"document": "护照", "uploads": [walk.picture("red")]})
    assert (other.status_code, item.evidence.kept().count()) == (422, 1)


def test_a_file_is_told_afterwards_which_document_it_is(lin, draft):
    item = record(draft, "paper", {"kind": "paper"}, title="论文")
    piece = upload(draft, item, document="正文")
    change = address("evidence_change", draft.public_id, piece.public_id)
    assert "材料名称：正文" in words(lin.get(address("item_change", draft.public_id, item.public_id)))

    assert lin.post(change, {"document": "护照"}).status_code == 422
    answer = lin.post(change, {"document": "主办单位页"}, follow=True)

    piece.refresh_from_db()
    assert piece.document == "主办单位页"
    assert "材料名称：主办单位页" in words(answer)
    with pytest.raises(Refused, match="现在不需要“护照”"):
        services.name_document(evidence=piece, document="护照", by=piece.owner, application=draft)


def test_the_archive_offers_what_any_notice_asks(draft, lin):
    facts = {"level": "bachelor", "awarded": "2000-07-01"}
    item = services.add_item(owner=draft.applicant, kind="education", facts=facts, details={})

    choices = lin.get(address("archive_evidence_add", item.public_id)).context["form"].fields["document"].choices

    names = [name for name, _label in choices]
    assert {"中国高等教育学历认证报告", "高校毕业生登记表扫描件", ""} <= set(names)
    assert "教育部学历证书电子注册备案表" not in names


def test_what_is_kept_as_it_is_typed_is_answered_with_what_is_asked_now(lin, draft):
    item = record(draft, "unit_project", {"kind": "unit_project"}, name="中试线")
    change = address("item_change", draft.public_id, item.public_id)
    typed = {"kind": "unit_project", "keep": "yes", "unit_project-name": "中试线", "unit_project-benefit": "good"}

    answer = lin.post(change, {**typed, "seen": item.content_sha256}, headers={"accept": "application/json"}).json()

    assert "缺少" in answer["slot"]["asked"]
    assert answer["slot"]["next"] == "立项批文"
    assert "销售、税收、合同、用户或完税等效益证明" in answer["slot"]["names"]
    assert "视情况" not in answer["slot"]["asked"]


@pytest.mark.duty("JX81-034")
def test_what_a_record_needs_to_count_is_told_on_it(lin, draft):
    item = record(draft, "paper", {"kind": "paper"}, title="论文")

    page = page_of(lin, draft, item)

    assert "填写中国知网、万方数据或维普网的检索地址；缺少的视为无效，不作依据 〔正文三(十)2〕" in page
    assert "无效论文：没有填写中国知网、万方数据或维普网的检索地址" in page
    services.change_item(
        item=item, facts=item.facts, by=item.owner,
        details={"title": "论文", "verification_address": "https://kns.cnki.net/kcms2/article/abstract?v=1"},
    )  # fmt: skip
    assert "无效论文：" not in page_of(lin, draft, item)


def test_the_list_of_the_section_names_what_each_record_lacks(lin, draft):
    record(draft, "award", {"kind": "award"}, name="奖")

    page = words(lin.get(address("section_detail", draft.public_id, "awards")))

    assert "缺少材料：本人的获奖或荣誉证书" in page


def test_files_stand_in_the_order_they_are_given(lin, draft):
    item = record(draft, "paper", {"kind": "paper"}, title="论文")
    pieces = [upload(draft, item, shade) for shade in SHADES]

    def order() -> list[str]:
        return [piece.file.name for piece in item.evidence.kept().select_related("file")]

    change = address("evidence_change", draft.public_id, pieces[2].public_id)
    back = lin.post(change, {"move": "up"})
    assert back.headers["Location"].endswith(f"#file-{pieces[2].public_id}")
    assert order() == ["white.jpg", "green.jpg", "red.jpg"]
    lin.post(change, {"move": "up"}, headers={"accept": "application/json"})
    lin.post(change, {"move": "up"})
    assert order() == ["green.jpg", "white.jpg", "red.jpg"]
    lin.post(change, {"move": "down"})
    assert order() == ["white.jpg", "green.jpg", "red.jpg"]


def test_another_person_arranges_nothing(draft, enter):
    piece = upload(draft, record(draft, "award", {"kind": "award"}))

    assert enter("zhou").post(address("archive_evidence_change", piece.public_id), {"move": "up"}).status_code == 404
    with pytest.raises(Refused, match="只有本人"):
        services.move_evidence(evidence=piece, up=True, by=draft.round.opened_by)


def test_a_file_of_the_archive_is_named_in_one_press_and_the_check_page_leads_there(lin, draft):
    """It came before the round, when no notice asked for anything."""
    item = services.add_item(owner=draft.applicant, kind="award", facts={"kind": "award"}, details={"name": "奖"})
    piece = services.attach_evidence(
        application=None, item=item, upload=walk.picture(), name="奖状.jpg", by=item.owner, document=""
    )
    services.take_in(application=draft, item=item, by=item.owner)
    name, change = "本人的获奖或荣誉证书", address("evidence_change", draft.public_id, piece.public_id)
    own = address("item_change", draft.public_id, item.public_id)

    check = lin.get(address("application_check", draft.public_id)).content.decode()
    assert f'<a href="{own}?next=check">“科技奖励”中“奖”缺少材料：{name}' in check
    assert f'<a href="{own}?next=check#file-{piece.public_id}">去注明' in check
    assert f'没有注明是哪一种材料 <a href="{own}?next=check#file-{piece.public_id}">注明' in check

    page = lin.get(own).content.decode()
    pressed = f'form="slot-acts" formaction="{change}" name="document" value="{name}"'
    assert pressed in page
    back = lin.post(change, {"document": name})

    assert back.headers["Location"] == f"{own}#file-{piece.public_id}"
    assert missed(draft) == ""
    assert pressed not in lin.get(own).content.decode()
