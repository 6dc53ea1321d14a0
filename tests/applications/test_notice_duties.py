"""What notices lay on a level or an employer, on the pages where it acts: lock, recommendation, return, one committee."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications import dossiers, services
from applications.models import Application, Notice, NoticeState, Objection, Round
from portal import clock, privacy
from portal.demo import World
from portal.models import Membership, Message, Organization, OrganizationKind, Ownership
from portal.roles import Role
from tests.applications import provincial, walk
from tests.applications.filed import filed
from tests.applications.pages import address, words


@pytest.fixture
def in_june() -> Iterator[None]:
    with clock.frozen(provincial.IN_JUNE):
        yield


def staffed(world: World, of: provincial.Province) -> Round:
    """The province's round; its employer's clerk is 王人事, its supervising body's 赵主管."""
    round_ = provincial.open_round(world, provincial.committee(world, of), of)
    unit = provincial.employer(of)
    body = unit.parent
    assert body is not None
    for name, organization, role in (
        ("wang", unit, Role.EMPLOYER_CLERK),
        ("zhao", body, Role.SUPERVISOR_CLERK),
    ):
        Membership.objects.create(user=world.people[name], organization=organization, role=role.value)
    world.units |= {"employer": unit, "supervising_body": body, "office": round_.office}
    return round_


@pytest.fixture
def jiangxi(world, in_june) -> Round:
    """Its office's clerk is 周旁人."""
    return staffed(world, provincial.JIANGXI)


@pytest.fixture
def zhejiang(world) -> Iterator[Round]:
    """Its office's clerk is 严受理."""
    with clock.frozen(provincial.ZHEJIANG.moment):
        yield staffed(world, provincial.ZHEJIANG)


def decision(client: Client, application: Application, which: str = "pass") -> str:
    return words(client.get(address("step_decide", application.public_id), {"decision": which}))


@pytest.mark.duty("JX81-015")
def test_with_the_committee_the_material_is_locked_and_the_office_reads_that_nothing_is_added(world, jiangxi, enter):
    application = filed(world, jiangxi, "lin", at="office")
    lin, public_id = enter("lin"), application.public_id

    for page in (address("section_detail", public_id, "titles"), address("item_add", public_id, "awards", "award")):
        for answer in (lin.get(page), lin.post(page, {"kind": "award"})):
            assert (answer.status_code, "不能修改" in words(answer)) == (403, True)
    rule = "材料报到评委会以后，原则上不能再补（余人社字〔2023〕81号 正文三）"
    assert rule in decision(enter("zhou"), application, "return")
    assert rule.replace("（", " （") in words(lin.get(address("round_detail", jiangxi.public_id)))

    status = filed(world, jiangxi, "bai", status="accepted").public_id
    assert enter("bai").post(address("application_withdraw", status)).status_code in {403, 409}


@pytest.mark.duty("JX81-040")
def test_the_employer_reads_that_the_unfit_are_not_recommended_and_assesses_before_it_recommends(world, jiangxi, enter):
    application = filed(world, jiangxi, "lin")
    wang = enter("wang")

    page = decision(wang, application)

    assert "不符合条件的，不得推荐（余人社字〔2023〕81号 正文四(一)）" in page
    assert "推荐方案报主管部门备案（余人社字〔2023〕81号 正文四(一)）" in page
    assert "现在还不能办理，须先完成：" in page
    assert "业绩考核" in page
    assert "业绩考核和职业道德评价" in words(wang.get(address("step_verify", application.public_id)))


@pytest.mark.duty("JX81-046", "JX81-049")
def test_what_does_not_conform_goes_back_with_its_problems_and_the_person_is_told_at_once(world, jiangxi, enter):
    application = filed(world, jiangxi, "lin", at="supervisor")
    zhao = enter("zhao")
    rule = "不符合的，写明问题、及时退回；退回的，及时告知本人重新填报（余人社字〔2023〕81号 正文四(二)）"
    assert rule in decision(zhao, application, "return")
    typed = {
        "seen_sha256": application.snapshot.sha256,
        "due_on": (clock.today() + timedelta(days=5)).isoformat(),
        "note": "请补正。",
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0",
        "lines-0-section": "education",
        "lines-0-text": "备案表不清晰，请重新扫描。",
    }

    nothing = zhao.post(
        f"{address('step_decide', application.public_id)}?decision=return", {**typed, "lines-0-text": ""}
    )
    done = zhao.post(f"{address('step_decide', application.public_id)}?decision=return", typed)

    assert (nothing.status_code, done.status_code) == (422, 302)
    assert "备案表不清晰，请重新扫描。" in words(enter("lin").get(address("application_detail", application.public_id)))
    told = [row.subject for row in Message.objects.filter(recipient=application.applicant, created_at=clock.now())]
    assert [subject for subject in told if "退回" in subject] != []


@pytest.mark.duty("TJ23-020")
def test_people_of_one_employer_series_and_level_go_to_one_committee(world, round_, draft, enter):
    other = Organization.objects.create(
        name="另一评审委员会", kind=OrganizationKind.COMMITTEE, parent=round_.office, filed_until=date(2030, 12, 31)
    )
    elsewhere = services.open_round(
        committee=other, policy_id=round_.policy_id, year=round_.year, levels=round_.levels, by=world.people["sun"],
        dates=services.RoundDates(
            opens_on=round_.opens_on, applicant_closes_on=round_.applicant_closes_on,
            employer_closes_on=round_.employer_closes_on, supervisor_closes_on=round_.supervisor_closes_on,
            office_closes_on=round_.office_closes_on, as_of=round_.as_of,
        ),
    )  # fmt: skip
    filed(world, elsewhere, "bai")
    lin = enter("lin")

    page = words(lin.get(address("application_check", draft.public_id)))

    assert "本单位同系列同层级人员已报送“另一评审委员会”，须报同一评委会（2023年度通知三(一)）" in page
    seen = walk.sign(draft).content_sha256
    answer = lin.post(address("application_submit", draft.public_id), {"seen_sha256": seen})
    assert (answer.status_code, "须报同一评委会" in words(answer)) == (409, True)


@pytest.fixture
def zhou(world, enter) -> Client:
    privacy.agree(by=world.people["zhou"])
    return enter("zhou")


@pytest.mark.duty("TJ27-002")
def test_one_of_four_lithium_fields_is_chosen_and_no_other(round_, zhou):
    start = address("application_start", round_.public_id)
    fields = [code for code, _label in zhou.get(start).context["form"].fields["direction"].choices]
    assert fields == ["materials", "cells", "recycling", "services"]

    for direction in ("", "hydrogen"):
        choice = {"level": "associate_senior", "employer": "津能示范电池有限公司", "direction": direction}
        answer = zhou.post(start, choice)
        assert (answer.status_code, "direction" in answer.context["form"].errors) == (422, True)
    assert not Application.objects.exists()


@pytest.mark.duty("TJ27-001", "TJ39-021")
@pytest.mark.parametrize("ownership", [one.value for one in Ownership if one is not Ownership.GOVERNMENT])
def test_every_kind_of_employer_placed_here_is_applied_from(world, round_, zhou, ownership):
    """Stationed units of central bodies and other places are units of the region, below the body they report to."""
    Organization.objects.create(
        name="驻津示范单位", kind=OrganizationKind.EMPLOYER, parent=world.units["supervising_body"], ownership=ownership
    )
    choice = {"level": "associate_senior", "employer": "驻津示范单位", "direction": "cells"}

    assert zhou.post(address("application_start", round_.public_id), choice).status_code == 302

    assert Application.objects.get().employer.ownership == ownership


@pytest.mark.duty("TJ39-031")
def test_the_engineering_notice_takes_a_promise_of_integrity_in_the_place_of_papers(draft, enter):
    Round.objects.filter(pk=draft.round_id).update(policy_id="tianjin-engineering-2019")
    draft.round.refresh_from_db()
    learned = services.add_item(
        owner=draft.applicant, kind="continuing_education", facts={"year": 2024, "hours": 90}, details={},
        application=draft,
    )  # fmt: skip
    lin, seen = enter("lin"), dossiers.content(draft).sha256

    promised = words(lin.get(address("application_submit", draft.public_id), {"seen": seen}))

    assert "个人诚信承诺 津人社局发〔2019〕39号 正文二(五)1" in promised
    assert "本人遵守学术规范；学术不端的，接受一票否决。" in promised
    check = words(lin.get(address("application_check", draft.public_id)))
    assert "提交前还须处理" not in check
    assert "缺少" not in words(lin.get(address("evidence_add", draft.public_id, learned.public_id)))


@pytest.mark.duty("TJ23-051")
def test_employment_is_proved_by_contract_insurance_or_half_a_year_of_wages(draft, enter):
    post = draft.items.kept().filter(kind="post").first()
    lin, add = enter("lin"), address("evidence_add", draft.public_id, post.public_id)
    assert "劳动合同备案记录、社保登记记录、6 个月以上的工资发放记录" in words(lin.get(add))

    wages = SimpleUploadedFile("工资发放记录.jpg", walk.picture("green").read(), "image/jpeg")
    assert lin.post(add, {"uploads": [wages]}).status_code == 302

    assert "工资发放记录.jpg" in [piece.file.name for piece in post.evidence.kept()]
    seen = words(lin.get(address("application_check", draft.public_id)))
    assert "工资发放记录.jpg" in seen


@pytest.mark.duty("TJ27-001")
def test_an_employer_placed_elsewhere_is_not(world, round_, zhou):
    elsewhere = provincial.employer()
    choice = {"level": "associate_senior", "employer": elsewhere.name, "direction": "cells"}

    answer = zhou.post(address("application_start", round_.public_id), choice)

    assert answer.status_code in {409, 422}
    assert not Application.objects.exists()


LEVELS = [
    ("zhejiang", "employer", "wang", "2020年10月20日"),
    ("zhejiang", "supervisor", "zhao", "2020年10月31日"),
    ("jiangxi", "office", "zhou", "2023年7月10日"),
]


@pytest.mark.duty("JX81-050", "ZJ15-020")
@pytest.mark.parametrize(("province", "level", "clerk", "last"), LEVELS)
def test_each_level_passes_until_its_last_day_and_not_after(world, request, enter, province, level, clerk, last):  # noqa: PLR0917
    round_ = request.getfixturevalue(province)
    application = filed(world, round_, "lin", at=level)
    closed = f"本环节审核已于 {last} 24:00 截止"
    day = {
        "employer": round_.employer_closes_on,
        "supervisor": round_.supervisor_closes_on,
        "office": round_.office_closes_on,
    }[level]
    clock.move_to(clock.end_of(day) - timedelta(seconds=1))
    assert closed not in decision(enter(clerk), application)

    clock.move_to(clock.end_of(day))

    assert closed in decision(enter(clerk), application)


@pytest.mark.duty("JX81-054")
def test_units_are_reminded_to_make_the_round_known_while_it_takes_applications(world, jiangxi, enter):
    wang, page = enter("wang"), address("employer_list")
    told = f"{jiangxi.name} 正在申报，个人申报 2023年6月25日 24:00 截止，逾期不受理。请及时告知本单位专业技术人员"
    assert told in words(wang.get(page))
    assert told not in words(enter("wu").get(page))
    clock.move_to(clock.end_of(jiangxi.applicant_closes_on))
    assert told not in words(wang.get(page))


@pytest.mark.duty("ZJ15-016")
def test_in_zhejiang_the_way_leads_from_the_unit_to_its_body_and_the_office(world, zhejiang, enter):
    application = filed(world, zhejiang, "lin", at="supervisor")
    page = words(enter("lin").get(address("application_detail", application.public_id)))
    places = [page.index(unit.name) for unit in (application.employer, application.employer.parent, zhejiang.office)]
    assert places == sorted(places)
    assert enter("zhao").get(address("step_decide", application.public_id)).status_code == 200
    assert enter("yan").get(address("application_detail", application.public_id)).status_code == 404


@pytest.mark.duty("ZJ15-025")
def test_an_institutions_post_form_is_asked_for_where_the_post_is_entered(world, zhejiang, enter):
    institution = provincial.unit(provincial.ZHEJIANG, provincial.ZHEJIANG.institution, Ownership.PUBLIC)
    lin, asked = enter("lin"), "缺少 事业单位人员职称申报岗位信息表 〔正文七(一)〕"
    draft = services.open_draft(
        applicant=world.people["lin"], round=zhejiang, level="associate_senior", employer=institution
    )
    post = services.add_item(
        owner=draft.applicant, kind="post", application=draft,
        facts={"from": "2012-07-01", "scope": "specialty"}, details={"unit": institution.name, "position": "工程师"},
    )  # fmt: skip
    add = address("evidence_add", draft.public_id, post.public_id)
    assert asked in words(lin.get(add))
    Organization.objects.filter(pk=institution.pk).update(ownership=Ownership.PRIVATE)
    assert asked not in words(lin.get(add))


@pytest.mark.duty("TJ39-009", "ZJ15-015")
def test_the_employer_checks_record_by_record_and_says_how_it_assessed_conduct(world, draft, enter):
    walk.submit(draft)
    wang, verify = enter("wang"), address("step_verify", draft.public_id)
    record = dossiers.frozen(walk.live(draft))[0]
    wang.post(address("item_verify", draft.public_id, record.id), {f"{record.id}-confirmed": "yes"})
    assert f"已核验 1 / {len(dossiers.frozen(walk.live(draft)))} 项" in words(wang.get(verify))

    nothing = wang.post(address("application_assess", draft.public_id), {"performance": "passed", "ethics": ""})
    said = "经民主测评和个人述职，遵守职业道德。"
    wang.post(address("application_assess", draft.public_id), {"performance": "passed", "ethics": said})

    assert nothing.status_code == 422
    read = words(wang.get(address("dossier_detail", draft.public_id)))
    assert f"业绩考核 合格 职业道德评价 {said}" in read


@pytest.mark.duty("ZJ15-017")
def test_the_five_working_days_are_worked_out_and_what_came_of_them_is_recorded(world, zhejiang, enter):
    application, wang = filed(world, zhejiang, "lin"), enter("wang")

    wang.post(address("employer_notice_add"), {"applications": [application.pk]})

    notice = Notice.objects.get()
    assert (notice.posted_on, notice.days, notice.ends_on) == (date(2020, 9, 1), 5, date(2020, 9, 8))
    entry = notice.entries.get()
    told = {"text": "学历年份有误。", "contact": "群众来电 010-12345678"}
    wang.post(address("objection_add", notice.public_id, entry.public_id), told)
    objection = Objection.objects.get()
    manage = address("notice_manage", notice.public_id)
    assert "的异议" in words(wang.get(manage))
    clock.move_to(notice.closes_at - timedelta(seconds=1))
    assert wang.post(address("notice_close", notice.public_id)).status_code == 409

    settled = {"upheld": "no", "outcome": "经核查，年份无误。"}
    wang.post(address("objection_settle", objection.public_id), settled)
    photograph = SimpleUploadedFile("公示照片.jpg", walk.picture().read(), "image/jpeg")
    wang.post(address("photograph_add", notice.public_id), {"file": photograph})
    clock.move_to(notice.closes_at)
    wang.post(address("notice_close", notice.public_id))

    notice.refresh_from_db()
    assert notice.state == NoticeState.CLOSED
    assert "已结束" in words(wang.get(address("notice_manage_list")))
    objection.refresh_from_db()
    assert f"的异议 {objection.get_state_display()}" in words(wang.get(manage))
