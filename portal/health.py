"""The portal's own invariants."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F

from portal import audit, clock, content_store, crypto, identity, identity_numbers
from portal.invariants import invariant
from portal.models import (
    FileState,
    IdentityDocument,
    ItemState,
    Job,
    JobItem,
    JobState,
    Organization,
    StoredFile,
)
from portal.models.message import Delivery

STUCK_AFTER = timedelta(hours=1)


@invariant("the audit log verifies")
def audit_verifies() -> Iterator[str]:
    for problem in audit.verify():
        yield str(problem)


@invariant("no job is stuck")
def no_job_is_stuck() -> Iterator[str]:
    before = clock.machine_now() - STUCK_AFTER
    for job in Job.objects.filter(state=JobState.QUEUED, run_after__lt=before):
        yield f"job {job.pk} ({job.kind}) has waited for more than an hour"
    for job in Job.objects.filter(state=JobState.RUNNING, heartbeat__lt=before):
        yield f"job {job.pk} ({job.kind}) runs by name but has not beaten for more than an hour"


@invariant("a finished job has no unfinished item")
def finished_jobs_are_finished() -> Iterator[str]:
    for item in JobItem.objects.filter(job__state=JobState.DONE).exclude(state=ItemState.DONE):
        yield f"item {item.pk} of job {item.job_id} is {item.state}, its job is done"
    for job in Job.objects.filter(done__gt=F("total")):
        yield f"job {job.pk} counts more items done than there are"


@invariant("a clean file has its bytes")
def clean_files_have_bytes() -> Iterator[str]:
    for stored in StoredFile.objects.filter(state=FileState.CLEAN).iterator():
        if not content_store.exists(stored.sha256):
            yield f"file {stored.public_id} is clean but its bytes are missing"


@invariant("a waiting file or delivery has a live job")
def what_waits_has_a_job() -> Iterator[str]:
    for stored in StoredFile.objects.filter(state__in=[FileState.RECEIVED, FileState.SCANNING]):
        if not Job.objects.live().filter(key=f"portal.check_file:{stored.pk}").exists():
            yield f"file {stored.public_id} waits for a check that nobody will make"
    for delivery in Delivery.objects.on_the_way().exclude(job__in=Job.objects.live()):
        yield f"delivery {delivery.public_id} waits for a job that nobody will do"


@invariant("an identity number is encrypted, and its mask and digest are its own")
def identity_documents_agree() -> Iterator[str]:
    for document in IdentityDocument.objects.iterator():
        try:
            number = crypto.decrypt(document.number)
        except crypto.DecryptionError:
            yield f"identity document {document.pk} opens with no key"
            continue
        own = (identity.digest_of(document.kind, number), identity_numbers.mask(number))
        if (document.digest, document.masked) != own:
            yield f"identity document {document.pk}: mask or digest is not its own"


@invariant("an organisation lies below its parent, in one region")
def the_tree_is_a_tree() -> Iterator[str]:
    for unit in Organization.objects.select_related("parent"):
        above = unit.parent
        root = above.root_id if above else unit.pk
        if unit.path != f"{above.path if above else '/'}{unit.pk}/" or unit.root_id != root:
            yield f"organisation {unit.public_id} is not where its parent says"
        if above and unit.region != above.region:
            yield f"organisation {unit.public_id} names another region than its parent"
