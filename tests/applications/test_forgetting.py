"""Drafts never submitted go after their days, told before; archive and whatever was submitted stay."""

from datetime import date, datetime, timedelta

import pytest

from applications import dossiers, services
from applications.models import Application, ArchiveItem, Evidence, Signature
from applications.services.forgetting import TOLD, TOLD_DAYS_BEFORE, forget_drafts, last_day
from applications.tasks import forget_drafts_nightly
from demo import make_signature
from portal import clock, invariants, jobs
from portal.models import AuditEntry, Job, Message, StoredFile
from tests.applications import walk


def night(day: date) -> int:
    with clock.frozen(datetime(day.year, day.month, day.day, 3, 10, tzinfo=clock.ZONE)):
        return forget_drafts()


def told(draft: Application) -> list[Message]:
    return list(Message.objects.filter(recipient_id=draft.applicant_id, template=TOLD))


def test_a_draft_is_kept_so_many_days_after_the_office_closed(draft, settings):
    settings.DRAFT_DAYS = 40
    assert last_day(draft) == draft.round.office_closes_on + timedelta(days=40)


def test_its_person_is_told_before_and_once_and_then_it_goes(draft):
    last, before = last_day(draft), timedelta(days=TOLD_DAYS_BEFORE)
    held = (
        ArchiveItem.objects.kept().filter(owner=draft.applicant).count(),
        Evidence.objects.kept().filter(owner=draft.applicant).count(),
    )

    assert night(last - before - timedelta(days=1)) == 0
    assert told(draft) == []
    assert [night(last - before), night(last)] == [0, 0]
    [message] = told(draft)
    assert f"保存到 {last.year}年{last.month}月{last.day}日" in message.body
    assert Application.objects.filter(pk=draft.pk).exists()

    assert [night(last + timedelta(days=1)), night(last + timedelta(days=2))] == [1, 0]

    assert not Application.objects.filter(pk=draft.pk).exists()
    assert held == (
        ArchiveItem.objects.kept().filter(owner=draft.applicant).count(),
        Evidence.objects.kept().filter(owner=draft.applicant).count(),
    )
    [entry] = AuditEntry.objects.filter(act="application.forget")
    assert (entry.actor, entry.target) == ("", str(draft.public_id))
    assert [str(breach) for breach in invariants.check()] == []


def test_a_draft_nobody_was_told_of_in_time_is_told_of_first_and_kept_as_long(draft):
    late = last_day(draft) + timedelta(days=100)
    free = late + timedelta(days=TOLD_DAYS_BEFORE)

    assert [night(late), night(free)] == [0, 0]
    assert f"{free.year}年{free.month}月{free.day}日" in told(draft)[0].body
    assert night(free + timedelta(days=1)) == 1


@pytest.mark.parametrize("end", ["submitted", "withdrawn"])
def test_what_was_submitted_or_given_up_is_no_draft(draft, end):
    if end == "submitted":
        walk.submit(draft)
    else:
        services.withdraw(application=draft, by=draft.applicant)
    for days in (0, 1, 400):
        assert night(last_day(draft) + timedelta(days=days)) == 0
    assert told(draft) == []
    assert Application.objects.filter(pk=draft.pk).exists()


def test_the_beat_orders_one_job_a_day_and_its_handler_does_it(draft):
    after = last_day(draft) - timedelta(days=TOLD_DAYS_BEFORE)
    with clock.frozen(datetime(after.year, after.month, after.day, 3, 10, tzinfo=clock.ZONE)):
        forget_drafts_nightly()
        forget_drafts_nightly()
        assert Job.objects.filter(kind="applications.forget_drafts").count() == 1
        jobs.work_off()
    assert len(told(draft)) == 1


def test_what_was_signed_on_a_draft_goes_with_it(draft):
    services.sign(
        application=draft,
        by=draft.applicant,
        content_sha256=dossiers.content(draft).sha256,
        words_sha256=services.applicant_words_sha256(draft),
        written=services.Written(picture=make_signature.png()),
    )
    assert StoredFile.objects.filter(purpose="signature").count() == 1
    last = last_day(draft)
    night(last - timedelta(days=TOLD_DAYS_BEFORE))

    assert night(last + timedelta(days=1)) == 1
    assert (Signature.objects.count(), StoredFile.objects.filter(purpose="signature").count()) == (0, 0)
