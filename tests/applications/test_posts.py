"""A public institution recommends within its posts: stated, counted with who was recommended before, kept and told."""

import pytest

from applications import posts
from applications.errors import Refused
from applications.models import Application, Round
from applications.status import Status
from applications.transitions import open_step
from portal.models import Organization
from tests.applications import walk
from tests.applications.filed import filed
from tests.applications.pages import address, words

ENGINEERING = "tianjin-engineering-2019"


def stated(filled: int = 3) -> dict[str, object]:
    return {"commitment": walk.COMMITMENT, "posts": {"managed": True, "set": 4, "filled": filled}}


@pytest.fixture
def institution(world) -> Organization:
    employer = world.units["employer"]
    Organization.objects.filter(pk=employer.pk).update(ownership="public_institution")
    employer.refresh_from_db()
    return employer


@pytest.fixture
def ready(institution, draft, world):
    draft.employer.refresh_from_db()
    return walk.ready_to_recommend(draft, world)


def recommend(application, world, checks) -> dict[str, object]:
    return walk.decide(application, world.people["wang"], checks=checks).checks["posts"]


def refused(application, world, checks) -> str:
    with pytest.raises(Refused) as said:
        recommend(application, world, checks)
    application.refresh_from_db()
    assert (application.status, open_step(application).kind) == (Status.IN_APPROVAL, "employer")
    return str(said.value)


@pytest.mark.duty("TJ27-004")
def test_without_a_free_post_nobody_is_recommended(ready, world):
    assert refused(ready, world, stated(filled=4)) == (
        f"{ready.employer.name}高级工程师岗位核定4个、已聘4个，本年度已推荐0人，没有空缺，不能推荐{ready.applicant.name}。"
        "岗位数有误的，请更正后再推荐；确无空缺的，请写明理由不予推荐。依据：津人社局发〔2022〕27号 正文一。"
    )
    assert recommend(ready, world, stated()) == {"managed": True, "set": 4, "filled": 3, "promised": 0, "free": 1}


@pytest.mark.duty("TJ27-004")
@pytest.mark.parametrize(
    ("other", "changed", "free"),
    [
        ({"at": "supervisor"}, {}, 0),
        ({"status": Status.ACCEPTED}, {}, 0),
        ({"status": Status.FAILED}, {}, 0),
        ({"at": "employer"}, {}, 1),
        ({"status": Status.WITHDRAWN}, {}, 1),
        ({"at": "supervisor"}, {"status": Status.RETURNED}, 1),
        ({"at": "supervisor"}, {"level": "intermediate"}, 1),
    ],
    ids=["passed on", "accepted", "failed, not told", "at the employer", "withdrawn", "returned", "another level"],
)
@pytest.mark.unlawful("applications put into a state by rows")
def test_whoever_was_recommended_has_a_post_promised(world, draft, other, changed, free):
    """A failure nobody has been told of holds its post: one that fell free would tell it."""
    another = filed(world, draft.round, "he", **other)
    Application.objects.filter(pk=another.pk).update(**{"level": another.level, **changed})
    assert posts.counted(draft, stated()["posts"])["free"] == free


@pytest.mark.parametrize("said", [None, {}, {"managed": "yes"}, {"managed": True}, {"managed": True, "set": -1}])
def test_the_posts_have_to_be_stated(institution, draft, said):
    draft.employer.refresh_from_db()
    [fault] = posts.faults(draft, said)
    assert "请填写" in fault


def test_an_institution_not_under_post_management_says_so_and_is_not_bound(ready, world):
    checks = {"commitment": walk.COMMITMENT, "posts": {"managed": False}}
    assert recommend(ready, world, checks) == {"managed": False}
    assert posts.told(ready) == "用人单位填报：未全面实行岗位管理。"


def test_an_enterprise_is_not_asked(draft):
    assert (posts.faults(draft, None), posts.told(draft)) == ([], "")


@pytest.mark.duty("TJ27-004")
def test_the_page_asks_the_institution_and_tells_the_levels_after_it(ready, enter):
    where = f"{address('step_decide', ready.public_id)}?decision=pass"
    client = enter("wang")
    assert "高级工程师岗位核定数" in words(client.get(where))
    typed = {"seen_sha256": ready.snapshot.sha256, "commitment_sha256": walk.COMMITMENT, "commitment": "on"}

    unsaid = client.post(where, typed)
    short = client.post(where, {**typed, "posts_managed": "yes", "posts_set": "4"})
    full = client.post(where, {**typed, "posts_managed": "yes", "posts_set": "4", "posts_filled": "4"})
    assert [list(answer.context["form"].errors) for answer in (unsaid, short)] == [["posts_managed"], ["posts_filled"]]
    assert (full.status_code, "没有空缺，不能推荐" in words(full)) == (409, True)

    passed = client.post(where, {**typed, "posts_managed": "yes", "posts_set": "4", "posts_filled": "3"})
    assert passed.status_code == 302
    assert "用人单位填报：本层级岗位核定4个，已聘3个，本年度已推荐0人，空缺1个。" in words(enter("zhao").get(where))


@pytest.mark.duty("TJ23-002")
def test_where_the_notice_says_as_a_rule_it_is_flagged_and_passes(ready, world, enter):
    Round.objects.filter(pk=ready.round_id).update(policy_id=ENGINEERING)
    ready.refresh_from_db()
    assert recommend(ready, world, stated(filled=4))["free"] == 0
    where = f"{address('step_decide', ready.public_id)}?decision=pass"
    assert "空缺0个。没有空缺，请核对能否申报（津人社局发〔2019〕39号 正文二(四)2）。" in words(
        enter("zhao").get(where)
    )
