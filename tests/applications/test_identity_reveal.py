"""The whole identity number: for the round's office and the title office, with a reason, on record, kept nowhere."""

import pytest
from django.contrib.sessions.models import Session

from applications import services
from applications.errors import Refused
from portal import access
from portal.models import AuditEntry, IdentityDocument
from tests.applications import walk
from tests.applications.pages import address, words

pytestmark = pytest.mark.django_db
NUMBER = "120104198805121016"


@pytest.fixture
def filed(draft, world):
    return walk.supervised(draft, world)


def test_it_is_shown_once_with_a_reason_and_the_look_is_an_entry(filed, enter):
    client = enter("sun")
    assert "查看完整号码" in words(client.get(address("dossier_detail", filed.public_id)))
    page = address("identity_reveal", filed.public_id)
    assert NUMBER not in words(client.get(page))
    unreasoned = client.post(page, {"reason": " "})
    assert (unreasoned.status_code, NUMBER in words(unreasoned)) == (422, False)
    assert not AuditEntry.objects.filter(act="identity.reveal").exists()

    shown = client.post(page, {"reason": "与纸质证件核对"})
    assert NUMBER in words(shown)
    assert "no-store" in shown["Cache-Control"]
    [entry] = AuditEntry.objects.filter(act="identity.reveal")
    assert entry.reason == "与纸质证件核对"
    assert NUMBER not in entry.text
    assert NUMBER not in "".join(str(session.get_decoded()) for session in Session.objects.all())
    assert NUMBER not in words(client.get(page))


def test_nobody_else_looks(filed, world, enter):
    for name, status in (("zhao", 403), ("wang", 403), ("chen", 403), ("lin", 403), ("zheng", 404), ("feng", 200)):
        assert enter(name).get(address("identity_reveal", filed.public_id)).status_code == status
    with pytest.raises(access.Forbidden, match="只有受理本批次的评审办事机构"):
        services.reveal_identity(application=filed, by=world.people["wang"], reason="好奇")


def test_there_may_be_none(filed, world):
    IdentityDocument.objects.filter(user=filed.applicant).delete()
    with pytest.raises(Refused, match="没有登记证件号码"):
        services.reveal_identity(application=filed, by=world.people["sun"], reason="核对")
