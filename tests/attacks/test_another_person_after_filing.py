"""One application a year is counted by person: whoever has filed does not become somebody else."""

import pytest
from django.urls import reverse

from applications import services
from applications.errors import Refused
from applications.models import Evidence
from portal import identity, privacy
from portal.models import AuditEntry, User
from tests.applications import walk
from tests.attacks.conftest import signed_in

pytestmark = pytest.mark.django_db

PASSPORT = {"kind": "passport_work_permit", "number": "E12345678/11000020190001"}
OWN = {"kind": "resident_id", "number": "120104198805121016"}


def test_neither_document_nor_name_changes_while_something_is_filed(draft, world):
    lin = world.people["lin"]
    walk.submit(draft)

    with pytest.raises(identity.IdentityHeldError, match="持证件到评审办事机构"):
        identity.set_document(lin, **PASSPORT, by=lin)
    browser = signed_in(lin)
    page = browser.post(reverse("portal:identity"), PASSPORT)
    assert (page.status_code, "不能自行更改" in page.content.decode()) == (422, True)
    page = browser.post(reverse("portal:profile"), {"name": "林他人"})
    assert "不能自行更改" in page.content.decode()
    lin.refresh_from_db()
    assert (lin.name, identity.masked(lin)) == ("林申报", "120104********1016")


def test_the_same_document_again_is_no_change(draft, world):
    lin = world.people["lin"]
    walk.submit(draft)
    assert identity.set_document(lin, **OWN, by=lin).masked == "120104********1016"


def test_after_a_withdrawal_the_person_is_free_again(draft, world):
    lin = world.people["lin"]
    walk.submit(draft)
    services.withdraw(application=draft, by=lin)
    assert identity.set_document(lin, **PASSPORT, by=lin).kind == "passport_work_permit"


def test_who_was_cancelled_does_not_file_again_from_a_second_log_in(draft, world):
    """A cancelled application goes on counting as the year's: the document that it names stays where it is."""
    lin = world.people["lin"]
    walk.submit(draft)
    services.cancel(application=draft, by=world.people["feng"], clause="2023年度通知三(九)", reason="学时系伪造。")

    with pytest.raises(identity.IdentityHeldError, match="持证件到评审办事机构"):
        identity.set_document(lin, **PASSPORT, by=lin)
    second = User.objects.create(username="lin2", name=lin.name)
    with pytest.raises(identity.IdentityTakenError):
        identity.set_document(second, **OWN, by=second)


@pytest.mark.parametrize("purpose", privacy.KEYS)
def test_nothing_is_submitted_on_an_agreement_taken_back(draft, world, purpose):
    privacy.withdraw(by=world.people["lin"], purposes=[purpose])
    with pytest.raises(Refused, match="撤回同意"):
        walk.submit(draft)
    draft.refresh_from_db()
    assert draft.submitted_at is None


def test_files_that_the_watch_opens_are_on_record(draft, world):
    walk.submit(draft)
    piece = Evidence.objects.filter(owner=draft.applicant).first()
    address = reverse("applications:evidence_file", args=[piece.public_id])
    for reader, entries in (("lin", 0), ("wang", 0), ("chen", 1)):
        signed_in(world.people[reader]).get(address)
        assert AuditEntry.objects.filter(act="evidence.observe").count() == entries
