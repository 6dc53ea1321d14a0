"""Whoever loses the title loses the paper with it."""

import pytest

from applications import demo as filing
from applications.transitions import perform
from certificates.models import Certificate
from certificates.verification import verify_token
from portal import jobs
from tests.applications import walk as line
from tests.certificates import walk

pytestmark = pytest.mark.django_db


def test_a_cancelled_title_has_no_valid_certificate(world):
    application = filing.fill_in(world, filing.demo_round(world))
    jobs.work_off()
    [certificate] = walk.released([line.accepted(application, world)], world)

    perform(application, "cancel", by=world.people["feng"], note="材料造假，经查属实。")

    assert verify_token(certificate.token).state == "revoked"
    assert Certificate.objects.valid().count() == 0
