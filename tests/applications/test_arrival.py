"""A submission counts when its request came in before 24:00:00, however long the server is busy with it."""

from datetime import date, datetime, timedelta

import pytest

from applications import services
from applications.forms.submission import SubmitForm
from applications.models import Ban
from applications.services.bans import Named
from applications.status import Status
from portal import clock
from portal.models import DemoClock
from tests.applications import walk
from tests.applications.pages import address, words
from tests.applications.test_bans import bar

LAST_SECOND = datetime(2025, 3, 31, 23, 59, 59, tzinfo=clock.ZONE)
MIDNIGHT = datetime(2025, 4, 1, tzinfo=clock.ZONE)


@pytest.fixture
def slow(monkeypatch) -> None:
    """Between a request and what it asks for half a minute goes by."""
    asked = SubmitForm.is_valid

    def is_valid(form: SubmitForm) -> bool:
        clock.move_to(clock.now() + timedelta(seconds=30))
        return asked(form)

    monkeypatch.setattr(SubmitForm, "is_valid", is_valid)


def press(client, application):
    return client.post(
        address("application_submit", application.public_id),
        {"seen_sha256": application.signatures.last().content_sha256},
    )


@pytest.mark.usefixtures("slow")
def test_what_came_in_the_last_second_counts_though_midnight_passes_meanwhile(draft, enter):
    walk.sign(draft)
    clock.move_to(LAST_SECOND)

    assert press(enter("lin"), draft).status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.submitted_at) == (Status.IN_APPROVAL, LAST_SECOND)
    assert draft.snapshot.taken_at == clock.now() == LAST_SECOND + timedelta(seconds=30)
    for who, page in (("lin", "application_detail"), ("wang", "dossier_detail")):
        assert "提交时间 2025年3月31日 23:59" in words(enter(who).get(address(page, draft.public_id)))


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize(("days", "status"), [((1, 30), 302), ((0, 0), 409)])
def test_what_bars_is_asked_of_the_day_on_which_it_came_in(world, draft, enter, days, status):
    """A ban from April on does not reach back to March; one that ends with March still bars on its last day."""
    ban = bar(world, person=Named(name=draft.applicant.name, user=draft.applicant))
    starts_on, ends_on = (date(2025, 3, 31) + timedelta(days=number) for number in days)
    Ban.objects.filter(pk=ban.pk).update(starts_on=starts_on, ends_on=ends_on)
    walk.sign(draft)
    clock.move_to(LAST_SECOND)

    assert press(enter("lin"), draft).status_code == status


@pytest.mark.usefixtures("slow")
def test_what_comes_in_at_midnight_is_late(draft, enter):
    walk.sign(draft)
    clock.move_to(MIDNIGHT)

    answer = press(enter("lin"), draft)
    assert (answer.status_code, "2025年3月31日 24:00，现在不能提交" in words(answer)) == (409, True)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize(("moment", "status"), [(LAST_SECOND, 302), (MIDNIGHT, 409)])
def test_so_it_is_with_what_was_sent_back(world, draft, enter, moment, status):
    walk.submit(draft)
    asked = [{"section": "summary", "text": "请补充"}]
    day = date(2025, 3, 31)
    walk.decide(draft, world.people["wang"], "return", note="不全", corrections=asked, due_on=day)
    draft.refresh_from_db()
    services.answer_correction(application=draft, number=1, text="已补充。", by=draft.applicant)
    walk.sign(draft)
    clock.move_to(moment)

    assert press(enter("lin"), draft).status_code == status


def test_outside_a_request_it_is_now():
    assert clock.arrived() == clock.now()
    with clock.arriving():
        before = clock.now()
        clock.move_to(before + timedelta(hours=1))
        assert (clock.arrived(), clock.now()) == (before, before + timedelta(hours=1))
    assert clock.arrived() == clock.now()


@pytest.mark.django_db
def test_in_the_demonstration_it_is_business_time_of_that_moment(settings, monkeypatch):
    settings.DEMO = True
    with monkeypatch.context() as running:
        running.setattr(clock, "_frozen", [])
        DemoClock.load()
        with clock.arriving():
            stamped = clock.arrived()
            running.setattr(clock, "machine_now", lambda now=clock.machine_now: now() + timedelta(hours=2))
            assert clock.arrived() == stamped
            assert clock.now() - stamped >= timedelta(hours=2)
