"""Two windows of one applicant, or two clerks, at the same moment: one of them is told, and neither is told a falsehood."""

import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import dossiers, services
from applications.models import Application, ArchiveItem, Evidence, FeePayment, Round
from portal import jobs
from portal.models import AuditEntry
from tests.applications import walk
from tests.applications.test_races import at_once, only_postgres  # noqa: F401  a fixture for every test here
from tests.counts import times

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def again(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def locked(act: Callable[[], object]) -> list[str]:
    """The tables whose rows an act takes, in its order."""
    with CaptureQueriesContext(connection) as queries:
        act()
    taken = (re.search(r'FROM "(\w+)".* FOR (?:NO KEY )?UPDATE', query["sql"]) for query in queries)
    return [found[1] for found in taken if found and found[1].startswith("applications_")]


@pytest.mark.parametrize("_round", times(10))
def test_what_is_told_to_be_left_out_is_not_submitted(draft, _round):
    signature, item = walk.sign(draft), draft.items.kept().filter(kind="patent").first()

    left_out, submitted = at_once(
        lambda: services.leave_out(application=again(draft), item=item, by=draft.applicant),
        lambda: services.submit(
            application=again(draft),
            by=draft.applicant,
            seen_sha256=signature.content_sha256,
            signature=signature,
        ),
    )

    assert {left_out, submitted} == {"done", "Refused"}
    draft.refresh_from_db()
    frozen = {record.id for record in dossiers.submitted(draft.snapshot)} if draft.snapshot else set()
    assert (str(item.public_id) in frozen) is (submitted == "done")
    assert draft.items.filter(pk=item.pk).exists() is (submitted == "done")


@pytest.mark.parametrize("_round", times(10))
def test_joining_pictures_and_uploading_another_wait_for_each_other(draft, _round):
    """Both take the application and the record, in the same order."""
    item = draft.items.kept().filter(kind="patent").first()
    for shade in ("red", "lime"):
        services.attach_evidence(
            application=draft, item=item, upload=walk.picture(shade), name=f"{shade}.jpg", by=draft.applicant
        )
    jobs.work_off()
    pieces = list(item.evidence.kept().filter(file__name__in=["red.jpg", "lime.jpg"]).select_related("file"))
    blue = walk.picture("blue").read()

    said = at_once(
        lambda: services.join_pictures(
            pieces=list(Evidence.objects.filter(pk__in=[one.pk for one in pieces]).select_related("file")),
            name="合并",
            by=draft.applicant,
            application=again(draft),
        ),
        lambda: services.attach_evidence(
            application=again(draft),
            item=ArchiveItem.objects.get(pk=item.pk),
            upload=io.BytesIO(blue),
            name="blue.jpg",
            by=draft.applicant,
        ),
    )

    assert said == ["done", "done"]
    names = set(item.evidence.kept().values_list("file__name", flat=True))
    assert names >= {"合并.pdf", "blue.jpg"}
    assert names.isdisjoint({"red.jpg", "lime.jpg"})


def test_whatever_takes_a_record_for_an_application_takes_the_application_first(draft):
    """Two acts that take the same two rows the other way round wait for each other for ever."""
    item, by = draft.items.kept().filter(kind="patent").first(), draft.applicant
    given = {"application": draft, "item": item, "by": by}
    pieces = [
        services.attach_evidence(upload=walk.picture(shade), name=f"{shade}.jpg", **given) for shade in ("red", "lime")
    ]
    jobs.work_off()
    acts = {
        "upload": lambda: services.attach_evidence(upload=walk.picture("blue"), name="blue.jpg", **given),
        "join": lambda: services.join_pictures(
            pieces=list(Evidence.objects.filter(pk__in=[one.pk for one in pieces]).select_related("file")),
            name="合并",
            by=by,
            application=draft,
        ),
        "keep": lambda: services.tag_clauses(clauses=[], **given),
        "leave out": lambda: services.leave_out(**given),
        "take in": lambda: services.take_in(**given),
    }
    assert {name: locked(act)[0] for name, act in acts.items()} == dict.fromkeys(acts, "applications_application")


@pytest.mark.unlawful("the round's pack is another one's, so that there is a fee")
@pytest.mark.parametrize("_round", times(5))
def test_a_payment_taken_back_by_many_at_once_is_taken_back_once(world, draft, _round):
    walk.submit(draft)
    Round.objects.filter(pk=draft.round_id).update(policy_id="jiangxi-lithium-2023", fee_yuan=280)
    services.mark_paid(application=again(draft), receipt="1", by=world.people["sun"])

    def take_back() -> None:
        services.mark_unpaid(application=again(draft), reason="登记错人。", by=world.people["sun"])

    assert sorted(at_once(*[take_back] * 8)) == ["Refused"] * 7 + ["done"]
    assert not FeePayment.objects.exists()
    assert AuditEntry.objects.filter(act="fee.unpaid", refused=False).count() == 1


@pytest.mark.unlawful("the round's pack is another one's, so that there is a fee")
@pytest.mark.parametrize("_round", times(5))
def test_an_amount_does_not_change_under_a_payment(world, draft, _round):
    walk.submit(draft)
    Round.objects.filter(pk=draft.round_id).update(policy_id="jiangxi-lithium-2023", fee_yuan=280)
    sun = world.people["sun"]

    at_once(
        lambda: services.mark_paid(application=again(draft), receipt="1", by=sun),
        lambda: services.set_terms(
            round=Round.objects.get(pk=draft.round_id),
            grace_minutes=0,
            fee_yuan=300,
            fee_before_acceptance=False,
            by=sun,
        ),
    )

    assert FeePayment.objects.get().amount == Round.objects.get(pk=draft.round_id).fee_yuan
