"""Submitted applications made quickly, for lists and permissions, where the way there is another test's."""

from applications.dossiers import canonical, sha256
from applications.models import Application, ApprovalStep, ArchiveItem, Evidence, Round, Snapshot, StepState
from applications.status import Status
from portal import clock, demo, jobs
from portal.demo import World
from portal.models import StoredFile
from tests.applications import trail

ROUTE = (("employer", "employer"), ("supervisor", "supervising_body"), ("office", "office"))


def filed(world: World, round_: Round, username: str, *, at: str = "employer", **fields: object) -> Application:
    """A person's application at the open step of a level (`at`), or beyond them all with a later `status`.

    The levels before are passed by 王人事.
    """
    applicant = world.people.setdefault(username, demo.person(username, f"{username}申报"))
    now = clock.now()
    application = Application.objects.create(
        applicant=applicant,
        round=round_,
        employer=world.units["employer"],
        level="associate_senior",
        direction="cells",
        number=f"SB{applicant.pk}",
        submitted_by=applicant,
        submitted_at=now,
        created_at=now,
        changed_at=now,
        **{"status": "in_approval", **fields},
    )
    application.snapshot = _snapshot(application)
    application.save(update_fields=["snapshot"])
    in_approval = application.status == Status.IN_APPROVAL
    reached = [kind for kind, _unit in ROUTE].index(at) if in_approval else len(ROUTE)
    trail.written(application, levels_passed=reached)
    for order, (kind, unit) in enumerate(ROUTE):
        step = ApprovalStep(application=application, revision=1, order=order + 1, kind=kind)
        step.organization = world.units[unit]
        if order <= reached:
            step.state, step.opened_at = StepState.OPEN, now
        if order < reached:
            step.state, step.decided_at, step.decided_by = StepState.PASSED, now, world.people["wang"]
            step.snapshot_sha256, step.statement = application.snapshot.sha256, "已核验。"
        step.save()
    return application


def evidence_of(item: ArchiveItem) -> Evidence:
    """A piece of evidence on a record, its file waiting for the check that is tested elsewhere."""
    number = item.evidence.count() + 1
    file = StoredFile.objects.create(
        name=f"材料{number}.pdf", content_type="application/pdf", size=1, sha256="0" * 64, received_sha256="0" * 64,
        purpose="evidence", received_by=item.owner,
    )  # fmt: skip
    jobs.enqueue("portal.check_file", payload={"file": file.pk}, key=f"portal.check_file:{file.pk}")
    return Evidence.objects.create(
        owner=item.owner, item=item, section="posts", slot="proof", file=file, order=number, added_at=clock.now()
    )


def _snapshot(application: Application) -> Snapshot:
    text = canonical(
        {
            "applicant": {"name": application.applicant.name, "identity": "120104********1016"},
            "employer": {"name": application.employer.name},
            "round": {"name": application.round.name},
            "title": "高级工程师",
            "direction": "cells",
            "records": [],
            "dossier": {"status": "employed"},
        }
    )
    return Snapshot.objects.create(
        application=application,
        revision=1,
        content=text,
        sha256=sha256(text),
        policy_id=application.round.policy_id,
        policy_sha256=application.round.policy_sha256,
        identity_masked="120104********1016",
        taken_at=clock.now(),
    )
