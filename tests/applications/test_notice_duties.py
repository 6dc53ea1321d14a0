"""What notices lay on a level or an employer, on the pages where it acts: lock, recommendation, return, one committee."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications import services
from applications.models import Application, Round
from portal import clock, privacy
from portal.models import Membership, Message, Organization, OrganizationKind, Ownership
from portal.roles import Role
from tests.applications import provincial, walk
from tests.applications.filed import filed
from tests.applications.pages import address, words


@pytest.fixture
def in_june() -> Iterator[None]:
    with clock.frozen(provincial.IN_JUNE):
        yield


@pytest.fixture
def jiangxi(world, in_june) -> Round:
    """Jiangxi's round; its employer's clerk is 王人事, its supervising body's 赵主管, its office's 周旁人."""
    round_ = provincial.open_round(world, provincial.committee(world))
    unit = provincial.employer()
    for name, organization, role in (
        ("wang", unit, Role.EMPLOYER_CLERK),
        ("zhao", unit.parent, Role.SUPERVISOR_CLERK),
    ):
        Membership.objects.create(user=world.people[name], organization=organization, role=role.value)
    world.units |= {"employer": unit, "supervising_body": unit.parent, "office": round_.office}
    return round_


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
