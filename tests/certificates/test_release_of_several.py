"""Release where the line is not straight: a notice still running, an objection, two persons at once."""

import pytest

from applications import services as filing
from applications.models import Objection
from certificates.errors import NotReleasable
from certificates.models import Certificate, NumberSequence
from certificates.services import issue, release
from portal import clock, invariants
from review import services as review
from tests.certificates import walk


def test_no_certificate_while_the_notice_runs(accepted, world):
    walk.in_notice([accepted], world)
    with pytest.raises(NotReleasable, match="尚未公示期满"):
        issue(accepted, by=world.people["sun"])
    assert (Certificate.objects.count(), NumberSequence.objects.count()) == (0, 0)


def test_an_objection_holds_that_person_alone(accepted, second, world):
    meeting, notice = walk.in_notice([accepted, second], world)
    entry = notice.entries.get(application=second)
    filing.lodge_objection(entry=entry, text="业绩署名有疑问。", contact="13800000000", by=None)
    clock.move_to(notice.closes_at)
    filing.close_notice(notice=notice, by=world.people["sun"])
    review.confirm_results(by=world.people["sun"], meeting=meeting)

    done = release(round=meeting.round, approval_number=walk.APPROVAL, by=world.people["sun"])

    assert [certificate.application for certificate in done.certificates] == [accepted]
    second.refresh_from_db()
    assert (second.status, Objection.objects.get().state) == ("in_notice", "open")
    assert [str(breach) for breach in invariants.check()] == []


def test_numbers_of_one_release_follow_each_other(accepted, second, world):
    made = walk.released([accepted, second], world)
    assert sorted(certificate.number[-7:-2] for certificate in made) == ["00001", "00002"]
    assert len({certificate.token for certificate in made}) == 2
    assert [str(breach) for breach in invariants.check()] == []
