"""Drafts that were never submitted go some time after their round's office closed; their person is told before.

The archive stays: a draft is what was chosen from it, and what was applied for.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from applications.models import Application, Signature
from applications.status import Status
from portal import audit, clock
from portal.chinese_dates import cn_date
from portal.models import Message, StoredFile
from portal.notifications import notify

KIND = "applications.forget_drafts"
TOLD = "applications.draft_goes"
# So long before it goes its person is told, and never goes sooner after that, whenever the telling was.
TOLD_DAYS_BEFORE = 14


def forget_drafts() -> int:
    """Tells of the drafts that go soon, and deletes those whose time is over; how many went. Idempotent."""
    gone = 0
    for application in _drafts(clock.today() + timedelta(days=TOLD_DAYS_BEFORE)):
        told = _tell(application)
        free = max(
            last_day(application), told.created_at.astimezone(clock.ZONE).date() + timedelta(days=TOLD_DAYS_BEFORE)
        )
        if clock.today() > free:
            gone += _forget(application)
    return gone


def last_day(application: Application) -> date:
    """The last day that a draft is kept."""
    return application.round.office_closes_on + timedelta(days=settings.DRAFT_DAYS)


def _drafts(until: date) -> Iterator[Application]:
    """Drafts whose last day is this one or an earlier one."""
    found = Application.objects.filter(
        status=Status.DRAFT,
        submitted_at__isnull=True,
        round__office_closes_on__lte=until - timedelta(days=settings.DRAFT_DAYS),
    )
    yield from found.select_related("applicant", "round__office").order_by("pk")


def _tell(application: Application) -> Message:
    last = max(last_day(application), clock.today() + timedelta(days=TOLD_DAYS_BEFORE))
    return notify(
        application.applicant,
        TOLD,
        {"round": application.round.name, "last": cn_date(last)},
        organization=application.round.office,
        link=reverse("applications:application_detail", args=[application.public_id]),
        dedupe=f"draft_goes:{application.public_id}",
    )


@transaction.atomic
def _forget(application: Application) -> bool:
    """Deletes the draft, unless it was submitted meanwhile."""
    draft = Application.objects.select_for_update().filter(
        pk=application.pk, status=Status.DRAFT, submitted_at__isnull=True
    )
    if not draft:
        return False
    audit.record(
        "application.forget",
        by=None,
        scope=application.scope,
        kind="application",
        target=str(application.public_id),
        change={"round": application.round.name, "kept_until": last_day(application).isoformat()},
    )
    strokes = list(
        Signature.objects.filter(application=application, image__isnull=False).values_list("image", flat=True)
    )
    draft.delete()
    StoredFile.objects.filter(pk__in=strokes).delete()  # the bytes go with the next purge
    return True
