"""What the meeting decided stays inside until it is published: no label, badge, filter, refusal or record tells it."""

import pytest
from django.urls import reverse

from applications.models import Application
from portal import privacy
from portal.models import Membership, User
from portal.roles import Role
from review import services
from review.models import Meeting
from tests.attacks.conftest import signed_in
from tests.review import walk

pytestmark = pytest.mark.django_db

# Every word and mark by which a page could tell that somebody passed or failed.
TELLING = (
    'data-status="passed"',
    'data-status="failed"',
    "评审通过",
    "未通过",
    "不通过",
    "tone-danger",
    "stage-stopped",
)


@pytest.fixture
def closed(world, voting) -> Meeting:
    """林申报 passed, 何同批 failed; the meeting is closed and nothing published."""
    passing, failing = walk.entries(voting)
    walk.vote(passing, consent=9, against=2)
    walk.vote(failing, consent=2, against=9)
    for entry in (passing, failing):
        services.close_ballot(by=world.people["sun"], entry=entry)
    services.close_meeting(by=world.people["sun"], meeting=voting)
    voting.refresh_from_db()
    return voting


def own(username: str) -> Application:
    return Application.objects.get(applicant__username=username)


def page(user: User, path: str, data: dict[str, str] | None = None) -> str:
    client = signed_in(user)
    answer = client.post(path, data) if data is not None else client.get(path)
    assert answer.status_code in {200, 403, 409, 422}, (path, answer.status_code)
    return answer.content.decode().partition("<main")[2]


def told(text: str) -> list[str]:
    return [word for word in TELLING if word in text]


def pages_of(application: Application) -> list[str]:
    return [
        reverse("applications:application_detail", args=[application.public_id]),
        reverse("applications:application_list"),
        reverse("applications:round_list"),
        reverse("portal:home"),
    ]


@pytest.mark.parametrize("who", ["lin", "he"])
def test_the_applicant_sees_nothing_before_publication(world, closed, who):
    for path in pages_of(own(who)):
        assert told(page(world.people[who], path)) == [], path


@pytest.mark.parametrize("who", ["lin", "he"])
def test_a_refused_act_tells_the_applicant_nothing(world, closed, who):
    application, user = own(who), world.people[who]
    withdraw = reverse("applications:application_withdraw", args=[application.public_id])
    submit = reverse("applications:application_submit", args=[application.public_id])
    decide = reverse("applications:step_decide", args=[application.public_id])
    privacy.agree(by=user)
    start = reverse("applications:application_start", args=[application.round.public_id])

    seen = [page(user, withdraw, {}), page(user, submit, {"seen_sha256": "0" * 64})]
    seen += [page(user, decide), page(user, start)]

    assert [told(text) for text in seen] == [[], [], [], []]


def test_passed_and_failed_read_exactly_alike(world, closed):
    passed, failed = own("lin"), own("he")

    assert passed.applicant_status_label == failed.applicant_status_label
    assert passed.told_face == failed.told_face


def test_the_employer_learns_it_with_the_public(world, closed):
    wang = world.people["wang"]
    for application in (own("lin"), own("he")):
        detail = reverse("applications:application_detail", args=[application.public_id])
        dossier = reverse("applications:dossier_detail", args=[application.public_id])
        assert told(page(wang, detail)) == []
        assert told(page(wang, dossier)) == []
    employer_list = reverse("applications:employer_list")
    listed = page(wang, employer_list)
    assert told(listed.partition("<table")[2]) == []
    assert "林申报" in page(wang, employer_list + "?status=passed").partition("<table")[2]
    assert "he申报" in page(wang, employer_list + "?status=passed").partition("<table")[2]
    assert "<table" not in page(wang, employer_list + "?status=failed")


def test_an_office_clerk_who_applies_sees_the_label_of_applicants(world, closed):
    he = world.people["he"]
    Membership.objects.create(user=he, organization=world.units["office"], role=Role.OFFICE_CLERK.value)

    assert told(page(he, reverse("applications:application_detail", args=[own("he").public_id]))) == []


def test_the_office_sees_what_it_decided(world, closed):
    assert "未通过" in page(world.people["sun"], reverse("review:meeting_detail", args=[closed.public_id]))


def test_with_publication_both_are_told(world, closed):
    services.publish_results(by=world.people["sun"], meeting=closed)

    assert "评审未通过" in page(world.people["he"], reverse("applications:application_list"))
    assert "正在公示" in page(world.people["lin"], reverse("applications:application_list"))
    assert "stage-stopped" in page(
        world.people["he"], reverse("applications:application_detail", args=[own("he").public_id])
    )
    assert 'data-status="failed"' in page(world.people["wang"], reverse("applications:employer_list"))
