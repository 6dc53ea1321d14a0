"""Whoever loses the title loses the paper with it."""

import pytest
from django.test import Client
from django.urls import reverse

from applications import demo as filing
from certificates.models import Certificate
from certificates.verification import verify_token
from portal import jobs
from tests.applications import walk as line
from tests.certificates import walk

pytestmark = pytest.mark.django_db


@pytest.mark.duty("TJ27-044")
def test_a_cancelled_title_has_no_valid_certificate(world):
    application = filing.fill_in(world, filing.demo_round(world))
    jobs.work_off()
    [certificate] = walk.released([line.accepted(application, world)], world)

    title_office = Client()
    title_office.force_login(world.people["feng"])
    where = reverse("applications:application_cancel", args=[application.public_id])
    assert "证书同时撤销" in title_office.get(where).content.decode()

    typed = {"clause": "27号 正文八(三)", "reason": "材料造假，经查属实。", "confirmed": "on"}
    assert title_office.post(where, typed).status_code == 302

    assert verify_token(certificate.token).state == "revoked"
    assert Certificate.objects.valid().count() == 0
