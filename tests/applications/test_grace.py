"""The minutes after the last day in which a draft may still be submitted: told beforehand, and for submitting alone."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from applications import services
from applications.errors import Refused
from applications.models import Round
from applications.status import Status
from portal import clock, privacy
from tests.applications import walk
from tests.applications.pages import address, words

TOLD = "截止后 30 分钟内仍可提交"


@pytest.fixture
def graced(round_) -> Round:
    Round.objects.filter(pk=round_.pk).update(grace_minutes=30)
    round_.refresh_from_db()
    return round_


def at(*moment: int) -> datetime:
    return datetime(2025, *moment, tzinfo=clock.ZONE)


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        (at(3, 2, 23, 59, 59), False),
        (at(3, 3), True),
        (at(3, 31, 23, 59, 59), True),
        (at(4, 1, 0, 29, 59), True),
        (at(4, 1, 0, 30), False),
    ],
)
def test_a_submission_counts_until_the_last_minute_of_the_grace(graced, moment, counts):
    assert graced.takes_submission_at(moment) is counts


def test_without_a_grace_the_day_itself_is_the_end(round_):
    assert round_.submission_ends_at == clock.end_of(round_.applicant_closes_on)
    assert round_.grace_told == ""


def test_a_draft_is_submitted_in_the_grace_and_none_is_begun(graced, draft, world):
    clock.move_to(at(4, 1, 0, 29, 59))
    privacy.agree(by=world.people["zhou"])

    with pytest.raises(Refused, match="个人申报已于 2025年3月31日 24:00 截止"):
        services.open_draft(
            applicant=world.people["zhou"],
            round=graced,
            level="associate_senior",
            employer=world.units["employer"],
            direction="cells",
        )
    assert walk.submit(draft).status == Status.IN_APPROVAL


def test_after_the_grace_the_refusal_names_it(graced, draft):
    signature = walk.sign(draft)
    clock.move_to(at(4, 1, 0, 30))

    with pytest.raises(Refused, match=rf"2025年3月31日 24:00（{TOLD}），现在不能提交"):
        services.submit(
            application=draft, by=draft.applicant, seen_sha256=signature.content_sha256, signature=signature
        )
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_no_grace_is_longer_than_two_hours(round_):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round_.pk).update(grace_minutes=121)


def test_it_is_told_where_the_deadline_is_read(graced, draft, enter, world):
    privacy.agree(by=world.people["zhou"])

    for name, page in (
        ("lin", address("application_detail", draft.public_id)),
        ("lin", address("round_list")),
        ("zhou", address("application_start", graced.public_id)),
    ):
        assert TOLD in words(enter(name).get(page)), page
