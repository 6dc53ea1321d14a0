"""Truths of filing and approval that hold at any moment; the night asks them, and every test that walks the line."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from applications import dossiers, frozen_files
from applications.models import (
    DECIDED,
    Application,
    ApprovalStep,
    Notice,
    NoticeEntry,
    NoticeState,
    Objection,
    ObjectionState,
    Signature,
    Snapshot,
    StepState,
    TransitionRecord,
)
from applications.moves import TRANSITIONS
from applications.status import Status
from portal.invariants import invariant

AFTER_ACCEPTANCE = [
    Status.ACCEPTED,
    Status.IN_REVIEW,
    Status.PASSED,
    Status.FAILED,
    Status.IN_NOTICE,
    Status.CONFIRMED,
    Status.CERTIFIED,
]


@invariant("applications: one open step while in approval, none otherwise")
def open_steps_fit_the_status() -> Iterator[str]:
    counted = Application.objects.annotate(open=Count("steps", filter=Q(steps__state=StepState.OPEN)))
    for application in counted.filter(status=Status.IN_APPROVAL).exclude(open=1):
        yield f"application {application.public_id} is in approval with {application.open} open steps"
    for application in counted.exclude(status=Status.IN_APPROVAL).exclude(open=0):
        yield f"application {application.public_id} is {application.status} with {application.open} open steps"


@invariant("applications: accepted after every level passed on the same snapshot")
def accepted_ones_passed_every_level() -> Iterator[str]:
    for application in Application.objects.filter(status__in=AFTER_ACCEPTANCE).select_related("snapshot"):
        live = application.snapshot
        if live is None:
            yield f"application {application.public_id} is {application.status} without a snapshot"
            continue
        steps = application.steps.filter(revision=live.revision)
        if steps.exclude(state=StepState.PASSED).exists() or not steps.exists():
            yield f"application {application.public_id} is {application.status} with a step not passed"
        if steps.exclude(snapshot_sha256=live.sha256).exists():
            yield f"application {application.public_id} was decided on another snapshot than its live one"


@invariant("applications: the last record of a history is the status")
def history_ends_in_the_status() -> Iterator[str]:
    last: dict[int, TransitionRecord] = {}
    for record in TransitionRecord.objects.order_by("pk"):
        before = last.get(record.application_id)
        source = before.target if before else Status.DRAFT.value
        if record.source != source or record.source not in TRANSITIONS[record.move].sources:
            yield f"record {record.pk} moves from {record.source}, the history stood at {source}"
        last[record.application_id] = record
    for application in Application.objects.all().only("pk", "public_id", "status"):
        known = last.get(application.pk)
        if application.status != (known.target if known else Status.DRAFT.value):
            yield f"application {application.public_id} is {application.status}, its history says otherwise"


@invariant("applications: a snapshot is what its hash says")
def snapshots_keep_their_hash() -> Iterator[str]:
    for snapshot in Snapshot.objects.iterator():
        if dossiers.sha256(snapshot.content) != snapshot.sha256:
            yield f"snapshot {snapshot.pk} does not match its hash"
    for application in Application.objects.filter(snapshot__isnull=False).exclude(snapshot__live=True):
        yield f"application {application.public_id} points at a snapshot that is not live"


@invariant("applications: what was submitted carries the commitment that was signed on exactly that content")
def submitted_ones_are_signed() -> Iterator[str]:
    for signature in Signature.objects.filter(snapshot__isnull=False).select_related("snapshot", "image").iterator():
        data = signature.snapshot.data if signature.snapshot else {}
        commitment, _files = data.pop("commitment", None), data.pop(frozen_files.KEY, None)
        if commitment is None or dossiers.sha256(dossiers.canonical(data)) != signature.content_sha256:
            yield f"signature {signature.public_id} was submitted with another content than it was given on"
        elif commitment["signature"]["id"] != str(signature.public_id) or commitment["words"] != signature.words:
            yield f"signature {signature.public_id} is not the one that its snapshot carries"
        elif commitment["signature"]["image_sha256"] != (signature.image.sha256 if signature.image else ""):
            yield f"signature {signature.public_id} shows other strokes than its snapshot names"


@invariant("applications: files are kept as the snapshot froze them")
def files_are_what_was_submitted() -> Iterator[str]:
    for snapshot in Snapshot.objects.filter(live=True).iterator():
        for known in frozen_files.changed(snapshot):
            yield f"evidence {known} is not kept as snapshot {snapshot.pk} froze it"


@invariant("applications: decided steps name the snapshot they were taken on")
def decisions_rest_on_a_snapshot() -> Iterator[str]:
    for step in ApprovalStep.objects.filter(state__in=DECIDED).select_related("application"):
        if not step.application.snapshots.filter(revision=step.revision, sha256=step.snapshot_sha256).exists():
            yield f"step {step.pk} names no snapshot of its revision"


@invariant("applications: no notice was closed before its end")
def notices_ran_their_days() -> Iterator[str]:
    for notice in Notice.objects.filter(state=NoticeState.CLOSED):
        if notice.closed_at is not None and notice.closed_at < notice.closes_at:
            yield f"notice {notice.public_id} was closed before {notice.ends_on}"


@invariant("applications: a person is held exactly while an objection stands")
def objections_hold_their_person() -> Iterator[str]:
    standing = Objection.objects.exclude(state=ObjectionState.DISMISSED).values("entry")
    for entry in NoticeEntry.objects.filter(held=True).exclude(pk__in=standing):
        yield f"notice entry {entry.public_id} is held without an objection"
    for entry in NoticeEntry.objects.filter(held=False, pk__in=standing):
        yield f"notice entry {entry.public_id} has an objection and is not held"


@invariant("applications: nothing crosses a region")
def regions_do_not_mix() -> Iterator[str]:
    for application in Application.objects.exclude(employer__root=F("round__office__root")):
        yield f"application {application.public_id} joins two regions"
