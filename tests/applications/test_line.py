"""The line from draft to acceptance, through services."""

from applications.models import StepState
from applications.services import precheck
from applications.status import Status
from tests.applications import walk


def test_draft_of_the_demonstration_lacks_nothing(draft):
    from applications.services import gaps

    assert gaps(draft) == []


def test_claimed_dossier_waits_for_people_alone(draft):
    result = precheck(draft)

    assert (result.verdict, result.route, result.excluded_by) == ("open", "ordinary", [])
    assert {clause for clause, found in result.clauses.items() if found.judgement} >= {"一(一)", "五(二)"}
    assert result.clauses["五(一)2"].verdict == "met"
    assert result.clauses["五(三)"].verdict == "met"


def test_walks_to_acceptance(draft, world):
    application = walk.accepted(draft, world)

    assert application.status == Status.ACCEPTED
    assert [(step.kind, step.state) for step in application.steps.order_by("order")] == [
        ("employer", StepState.PASSED),
        ("supervisor", StepState.PASSED),
        ("office", StepState.PASSED),
    ]
    assert {step.snapshot_sha256 for step in application.steps.all()} == {walk.live(application).sha256}
    assert [record.move for record in application.history.all()] == ["submit", "advance", "advance", "accept"]
    verdicts = [(check.view, check.occasion, check.result["verdict"]) for check in walk.live(application).checks.all()]
    assert verdicts == [
        ("claimed", "submit", "open"),
        ("verified", "employer.pass", "met"),
        ("verified", "supervisor.pass", "met"),
        ("verified", "office.pass", "met"),
    ]
