"""Release: who gets a certificate, when, and once only."""

import pytest

from applications import transitions
from applications.errors import Refused
from certificates.errors import NotReleasable
from certificates.models import Certificate, Document, NumberSequence
from certificates.services import issue, release
from portal import clock
from portal.access import Forbidden
from portal.models import AuditEntry, Job, Message
from tests.certificates import walk


def test_release_writes_number_token_papers_and_jobs_at_once(confirmed, world):
    done = release(round=confirmed, approval_number=walk.APPROVAL, by=world.people["sun"])

    [certificate] = done.certificates
    assert certificate.number.startswith(f"12-2025-06-2-{confirmed.committee_id:04d}-00001-")
    assert len(certificate.token) >= 22
    assert (certificate.approval_number, certificate.holder_name) == (walk.APPROVAL, "林申报")
    assert certificate.acquired_on == certificate.application.history.get(move="pass_review").at.date()
    assert certificate.issued_on == clock.today() > certificate.acquired_on
    papers = Document.objects.filter(application=certificate.application).order_by("pk")
    assert [(paper.kind, paper.state) for paper in papers] == [("certificate", "queued"), ("review_form", "queued")]
    assert Job.objects.filter(kind="certificates.render").count() == 2
    assert Message.objects.filter(recipient=certificate.holder, template="certificate.issued").count() == 1
    assert AuditEntry.objects.filter(scope="certificates", act="certificate.issue").count() == 1


def test_release_needs_the_number_of_the_approving_paper(confirmed, world):
    with pytest.raises(NotReleasable, match="文号"):
        release(round=confirmed, approval_number=" ", by=world.people["sun"])
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize("who", ["lin", "wang", "zhao", "qian", "zhou", "zheng", "feng", "chen"])
def test_only_the_rounds_office_releases(confirmed, world, who):
    with pytest.raises(Forbidden):
        release(round=confirmed, approval_number=walk.APPROVAL, by=world.people[who])


def test_a_second_release_has_nothing_to_do(confirmed, world):
    release(round=confirmed, approval_number=walk.APPROVAL, by=world.people["sun"])
    with pytest.raises(NotReleasable, match="无证可发"):
        release(round=confirmed, approval_number=walk.APPROVAL, by=world.people["sun"])
    assert Certificate.objects.count() == 1


def test_issuing_twice_gives_the_same_certificate(confirmed, world):
    [first] = release(round=confirmed, approval_number=walk.APPROVAL, by=world.people["sun"]).certificates
    assert issue(first.application, by=world.people["sun"]) == first
    assert (Certificate.objects.count(), NumberSequence.objects.get().last) == (1, 1)


def test_a_committee_whose_filing_lapsed_issues_nothing(confirmed, world):
    committee = confirmed.committee
    committee.filed_until = None
    committee.save()
    done = release(round=confirmed, approval_number=walk.APPROVAL, by=world.people["sun"])
    assert done.certificates == []
    assert ["没有有效备案" in reason for _application, reason in done.refused] == [True]
    assert NumberSequence.objects.count() == 0


@pytest.mark.unlawful(
    "a person is held without anybody objecting", "applications: a person is held exactly while an objection stands"
)
def test_the_move_itself_is_guarded(confirmed, world):
    application = confirmed.applications.get()
    application.notice_entries.filter(notice__kind="result").update(held=True)
    with pytest.raises(Refused, match="暂缓发证"):
        transitions.perform(application, "certify", by=world.people["sun"])
