"""The track shows at every point of the line what is done, who has it in hand, and where it stopped."""

from datetime import timedelta

import pytest

from applications import services, stages
from applications.errors import Refused
from applications.models import Application
from applications.what_next import what_comes_next
from portal import clock
from tests.applications import walk
from tests.applications.filed import filed

NAMES = ["填报提交", "用人单位审核推荐", "主管部门审核", "评审办事机构受理", "专家评审", "评审结果公示", "制发证书"]


def states(application) -> list[str]:
    track = stages.track(application)
    assert [stage.name for stage in track] == NAMES
    return [stage.state for stage in track]


def shape(done: int) -> list[str]:
    return ["done"] * done + ["current"] + ["waiting"] * (len(NAMES) - done - 1)


def test_a_draft_is_being_filled_in_by_its_applicant(draft):
    assert states(draft) == shape(0)
    first = stages.track(draft)[0]
    assert (first.holder, first.note) == ("林申报", "3月31日 24:00 截止")


def test_each_level_has_it_in_turn(draft, world):
    walk.submit(draft)
    assert states(draft) == shape(1)
    assert stages.track(draft)[1].holder == "津能示范电池有限公司"


def test_an_accepted_application_waits_for_review(draft, world):
    assert states(walk.accepted(draft, world)) == shape(4)
    assert [stage.date is not None for stage in stages.track(draft)] == [True] * 4 + [False] * 3


def test_a_return_gives_it_back_to_the_applicant_with_the_day(draft, world, round_):
    walk.submit(draft)
    asked = [{"section": "education", "text": "补充学位证书"}]
    due = round_.applicant_closes_on
    walk.decide(draft, world.people["wang"], "return", note="材料不全", corrections=asked, due_on=due)
    draft.refresh_from_db()

    first, second, *_rest = stages.track(draft)

    assert (first.state, first.note) == ("current", "退回补正，3月31日截止")
    assert (second.state, second.note) == ("waiting", "已退回补正")


@pytest.mark.parametrize("end", ["withdraw", "refuse"])
def test_an_ended_application_shows_where_it_stopped(draft, world, end):
    walk.submit(draft)
    if end == "withdraw":
        services.withdraw(application=draft, by=draft.applicant)
    else:
        walk.decide(draft, world.people["wang"], "refuse", note="不具备条件")
    draft.refresh_from_db()

    assert states(draft) == ["done", "stopped", *["waiting"] * 5]


def test_the_track_costs_the_same_however_far_it_is(draft, world, django_assert_num_queries):
    def track() -> list[stages.Stage]:
        return stages.track(Application.objects.with_names().with_way().get(pk=draft.pk))

    with django_assert_num_queries(3):
        track()
    walk.accepted(draft, world)
    with django_assert_num_queries(3):
        track()


def plan(application) -> list[tuple[str, object, str]]:
    return [(stage.name, stage.due, stage.clause) for stage in stages.track(application)]


def test_every_stage_to_come_is_shown_with_its_last_day_and_its_clause(draft, round_):
    assert plan(draft) == [
        ("填报提交", round_.applicant_closes_on, ""),
        ("用人单位审核推荐", round_.employer_closes_on, "津人社局发〔2022〕27号 正文六(二)"),
        ("主管部门审核", round_.supervisor_closes_on, "2023年度通知四(二)"),
        ("评审办事机构受理", round_.office_closes_on, "津人社局发〔2022〕27号 正文六(二)"),
        ("专家评审", None, ""),
        ("评审结果公示", None, plan(draft)[5][2]),
        ("制发证书", None, plan(draft)[6][2]),
    ]


def test_the_units_notice_is_shown_with_its_running_days(draft, world):
    walk.submit(draft)
    walk.verify_all(draft, world)
    notice = walk.post(draft, world)
    assert stages.track(draft)[1].note == "公示至 3月10日 24:00"

    clock.move_to(clock.end_of(notice.posted_on) + timedelta(days=1, hours=9))

    assert stages.track(draft)[1].note == "公示至 3月10日 24:00（第 2 个工作日，共 5 个）"


def test_what_comes_next_is_told_at_every_stage(draft, world):
    def told() -> str:
        application = Application.objects.with_names().with_way().get(pk=draft.pk)
        return what_comes_next(application, stages.track(application))

    body, office = world.units["supervising_body"].name, world.units["office"].name
    waits = "您现在不须办理；需要补正的，会退回并通知您。"
    assert told() == "请填好各部分，核对后提交。提交后由用人单位核验、公示和推荐，再逐级审核。"
    walk.ready_to_recommend(draft, world)
    assert told() == (
        f"“津能示范电池有限公司”逐项核验材料，在单位内部公示 5 个工作日，期满没有异议再推荐到“{body}”。{waits}"
    )
    walk.decide(draft, world.people["wang"])
    assert told() == f"“{body}”核对申报条件和材料，通过后报送“{office}”受理。{waits}"
    walk.decide(draft, world.people["zhao"], checks=walk.CHECKS)
    assert told() == f"“{office}”审核材料，受理后进入评委会评审；受理之前可以撤回。{waits}"
    walk.decide(draft, world.people["sun"])
    assert told() == "材料已经锁定，等待评委会评审。您现在不须办理，结果公示时会通知您。"


def test_nobody_is_told_to_do_what_the_days_no_longer_allow(draft, world):
    def told() -> str:
        return what_comes_next(draft, stages.track(draft))

    ends = draft.round.submission_ends_at
    with clock.frozen(ends - timedelta(seconds=1)):
        assert told().startswith("请填好各部分")
    with clock.frozen(ends):
        assert told() == (
            "个人申报已经截止，这份草稿没有提交，不算申报。可以撤回草稿；填写的内容保留在您的业绩档案中，以后的批次可以选用。"
        )
    walk.submit(draft)
    due = clock.today() + timedelta(days=7)
    asked = [{"section": "summary", "text": "请补充。"}]
    walk.decide(draft, world.people["wang"], "return", note="不全。", corrections=asked, due_on=due)
    draft.refresh_from_db()
    with clock.frozen(clock.end_of(due) - timedelta(seconds=1)):
        assert told().startswith("请逐项补正")
    with clock.frozen(clock.end_of(due)):
        assert told() == (
            "补正期限已经截止，不能再重新提交。可以撤回本次申报，不计作本年度的一次申报；"
            "填写的内容保留在您的业绩档案中，以后的批次可以选用。"
        )


@pytest.mark.unlawful("decided without the meeting, which the room above knows", "review.passed_by_ballot")
@pytest.mark.parametrize("status", ["passed", "failed"])
def test_a_result_that_is_not_published_reads_like_any_other(world, round_, status):
    application = filed(world, round_, "lin", status=status)
    assert what_comes_next(application, stages.track(application)) == (
        "由评委会评审，结果以公示为准。您现在不须办理，结果公示时会通知您。"
    )


@pytest.mark.parametrize(
    ("late", "told"), [(False, "可以在“申报批次”中重新开始申报"), (True, "该批次的个人申报已经截止")]
)
def test_a_withdrawn_application_is_begun_again_within_the_window(draft, world, round_, late, told):
    walk.submit(draft)
    services.withdraw(application=draft, by=draft.applicant)
    draft.refresh_from_db()
    begin = {
        "applicant": draft.applicant, "round": round_, "level": draft.level, "employer": draft.employer,
        "direction": draft.direction,
    }  # fmt: skip
    if late:
        clock.move_to(clock.end_of(round_.applicant_closes_on))
        with pytest.raises(Refused, match="截止"):
            services.open_draft(**begin)
    else:
        again = services.open_draft(**begin)
        assert again.pk != draft.pk
        assert again.items.count() == draft.items.count()
    assert told in what_comes_next(draft, stages.track(draft))
