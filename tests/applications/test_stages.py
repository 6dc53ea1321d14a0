"""The track shows at every point of the line what is done, who has it in hand, and where it stopped."""

import pytest

from applications import services, stages
from applications.models import Application
from tests.applications import walk

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
