"""Mail that is on its way at the upgrade keeps going, and what had been given up is told as failed."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal import clock, jobs
from portal.models import Delivery, DeliveryState, Job, JobState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.embedded]

BEFORE, AFTER = [("portal", "0003_job_patience")], [("portal", "0005_deliveries_name_their_job")]


def migrated(target):
    """The models as they were at the target, once the database is there."""
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.fixture
def old():
    yield migrated(BEFORE)
    # Of every app: what rests on these tables went back with them.
    MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_what_is_under_way_names_its_job_and_what_was_given_up_is_failed(old, mail_server):
    messages, deliveries = (old.get_model("portal", name).objects for name in ("Message", "Delivery"))
    lin = old.get_model("portal", "User").objects.create(username="lin", email="lin@portal.example")
    written = {}
    for state, job_state in [("queued", "queued"), ("sending", "failed"), ("sent", "done"), ("held", "done")]:
        message = messages.create(recipient=lin, template="t", subject=state, body="正文")
        delivery = deliveries.create(message=message, channel="email", state=state)
        job = old.get_model("portal", "Job").objects.create(
            kind="portal.deliver", payload={"delivery": delivery.pk}, state=job_state
        )
        written[state] = (delivery.pk, job.pk, message.created_at)
    migrated(AFTER)
    found = {
        delivery.message.subject: (delivery.pk, delivery.state, delivery.job_id, delivery.created_at)
        for delivery in Delivery.objects.select_related("message")
    }
    assert found == {
        "queued": (written["queued"][0], DeliveryState.QUEUED, written["queued"][1], written["queued"][2]),
        "sending": (written["sending"][0], DeliveryState.FAILED, written["sending"][1], written["sending"][2]),
        "sent": (written["sent"][0], DeliveryState.SENT, None, written["sent"][2]),
        "held": (written["held"][0], DeliveryState.HELD, None, written["held"][2]),
    }
    Job.objects.filter(state=JobState.QUEUED).update(run_after=clock.machine_now())
    jobs.work_off()
    assert [letter["Subject"] for letter in mail_server.received] == ["queued"]
