"""Rendering by job, and what becomes of the papers and of the certificate afterwards."""

from datetime import timedelta

import pytest

from certificates import documents, verification
from certificates.errors import AlreadyDone, NotReady, NotReleasable
from certificates.models import Certificate, RevocationReason, VerificationLog
from certificates.papers import review_form
from certificates.proof_reading import codes_of, text_of
from certificates.services import (
    record_archiving,
    record_download,
    reissue,
    render_document,
    rendering,
    retry_document,
    revoke,
)
from portal import clock, files, invariants, jobs
from portal.access import Forbidden
from portal.models import AuditEntry, Job, StoredFile
from portal.models.job import MAX_TRIES
from tests.certificates import walk


def bytes_of(document) -> bytes:
    with files.open_clean(document.file) as stored:
        return stored.read()


def test_release_leaves_a_valid_certificate_with_both_papers_rendered(certificate):
    assert (certificate.application.status, certificate.state) == ("certified", "valid")
    assert (certificate.document.state, certificate.review_form.state) == ("ready", "ready")
    assert certificate.document.sha256 == certificate.document.file.sha256
    assert [str(breach) for breach in invariants.check()] == []


def test_both_papers_tell_the_same_and_carry_the_code(certificate):
    paper, form = bytes_of(certificate.document), bytes_of(certificate.review_form)
    assert codes_of(paper) == codes_of(form) == [documents.verify_address(certificate)]
    wanted = ["林申报", certificate.number, "高级工程师", "锂离子电池", walk.APPROVAL]
    assert [word for word in wanted if word not in text_of(paper)] == []
    told = "".join(text_of(form).split())
    decided = [
        "同意推荐",
        "同意报送",
        "予以受理",
        "期间未收到异议",
        "业绩扎实",
        "同意10，反对1，弃权0",
        "五(三)3",
        "五(三)7",
    ]
    assert [word for word in ["津能示范电池有限公司", "林申报", *decided] if word not in told] == []


def test_the_review_form_prints_what_the_person_entered_of_themselves(certificate):
    told = "".join(text_of(bytes_of(certificate.review_form)).split())

    entered = [
        "曾用名无",
        "健康状况健康",
        "专业工作锂离子电池电芯研发",
        "2007年9月至2011年7月",
        "示例10001201105000001",
        "验证码A1B2C3D4E5F6",
        "吴同事",
        "示范市人力资源和社会保障局（天津）",
        "示例ZJ2018-00427",
        "代表作",
    ]
    assert [word for word in entered if word not in told] == []
    assert "量化自评" not in told


def test_papers_never_carry_the_identity_number_or_an_experts_name(certificate, world):
    text = text_of(bytes_of(certificate.document)) + text_of(bytes_of(certificate.review_form))
    seats = certificate.application.round.committee
    assert "120104198805121016" not in text
    from review.models import PoolMember

    names = [member.expert.name for member in PoolMember.objects.filter(committee=seats)]
    assert len(names) == 36
    assert [name for name in names if name in text] == []


def test_rendering_twice_stores_once(certificate):
    stored = StoredFile.objects.count()
    render_document(certificate.document.pk)
    assert StoredFile.objects.count() == stored


def test_a_letter_without_a_glyph_fails_with_the_sentence_and_can_be_ordered_again(certificate, world):
    document = certificate.document
    type(document).objects.filter(pk=document.pk).update(
        state="queued", file=None, sha256="", ready_at=None, data=document.data | {"name": "林𠀀"}
    )
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, "U+20000" in document.failure) == ("failed", True)

    type(document).objects.filter(pk=document.pk).update(data=document.data | {"name": "林申报"})
    retry_document(document=document, by=world.people["sun"])
    jobs.work_off()
    document.refresh_from_db()
    assert (document.state, document.failure, document.orders) == ("ready", "", 2)
    with pytest.raises(AlreadyDone):
        retry_document(document=document, by=world.people["sun"])


@pytest.mark.unlawful("a paper could not be made, which is a breach for the night to tell", "released_has_documents")
def test_after_the_last_try_the_document_says_that_it_failed(certificate):
    document = certificate.document
    type(document).objects.filter(pk=document.pk).update(
        state="queued",
        file=None,
        sha256="",
        ready_at=None,
        data={key: document.data[key] for key in ("number", "name")},
    )
    job = jobs.enqueue("certificates.render", payload={"document": document.pk})
    for _try in range(MAX_TRIES):
        Job.objects.filter(pk=job.pk).update(run_after=clock.machine_now())
        jobs.run(job.pk)
    document.refresh_from_db()
    assert (document.state, "（KeyError）" in document.failure) == ("failed", True)


def test_a_worker_killed_while_printing_leaves_a_paper_that_can_be_ordered_again(certificate, world):
    document = certificate.document
    type(document).objects.filter(pk=document.pk).update(state="rendering", file=None, sha256="", ready_at=None)
    job = jobs.enqueue("certificates.render", payload={"document": document.pk}, key=rendering.key_of(document))
    Job.objects.filter(pk=job.pk).update(
        state="running", claim="dead", tries=MAX_TRIES, heartbeat=clock.machine_now() - timedelta(minutes=1)
    )
    assert "waits for a print" not in str(invariants.check())
    jobs.sweep()
    document.refresh_from_db()
    assert (document.state, "重新生成" in document.failure) == ("failed", True)
    retry_document(document=document, by=world.people["sun"])
    jobs.work_off()
    document.refresh_from_db()
    assert document.state == "ready"


def test_a_print_job_that_is_taken_up_again_prints(certificate):
    document = certificate.document
    type(document).objects.filter(pk=document.pk).update(
        state="failed", failure="x", file=None, sha256="", ready_at=None
    )
    job = Job.objects.get(key=rendering.key_of(document))
    Job.objects.filter(pk=job.pk).update(state="failed")
    jobs.retry_failed(job)
    jobs.work_off()
    document.refresh_from_db()
    assert (document.state, document.failure) == ("ready", "")


def test_download_is_recorded_and_waits_for_the_file(certificate):
    record_download(document=certificate.document, by=certificate.holder)
    entry = AuditEntry.objects.get(act="document.download")
    assert (entry.actor, entry.target) == ("林申报", str(certificate.document.public_id))
    certificate.document.state = "queued"
    with pytest.raises(NotReady, match="正在生成"):
        record_download(document=certificate.document, by=certificate.holder)


def test_employer_records_sealing_and_filing_once(certificate, world):
    given = {"certificate": certificate, "sealed_on": clock.today(), "place": "示范人才服务中心"}
    with pytest.raises(Forbidden):
        record_archiving(**given, by=world.people["wu"])
    with pytest.raises(NotReleasable, match="发证日期至今天"):
        record_archiving(**given | {"sealed_on": clock.today() + timedelta(days=1)}, by=world.people["wang"])
    assert record_archiving(**given, by=world.people["wang"]).organization == certificate.application.employer
    with pytest.raises(AlreadyDone):
        record_archiving(**given, by=world.people["wang"])


def test_title_office_revokes_and_the_check_says_so(certificate, world):
    given = {"certificate": certificate, "reason": RevocationReason.FRAUD, "note": "核查属实。"}
    for who in ("sun", "wang", "chen"):
        with pytest.raises(Forbidden):
            revoke(**given, by=world.people[who])
    revoke(**given, by=world.people["feng"])
    finding = verification.verify_token(certificate.token)
    assert (finding.state, certificate.get_state_reason_display()) == ("revoked", "申报材料不实")
    with pytest.raises(AlreadyDone):
        revoke(**given, by=world.people["feng"])
    assert [str(breach) for breach in invariants.check()] == []


def test_a_reissue_supersedes_and_overwrites_nothing(certificate, world):
    before = certificate.document.sha256
    fresh = reissue(certificate=certificate, note="照片有误", by=world.people["sun"])
    jobs.work_off()
    certificate.refresh_from_db()
    fresh = Certificate.objects.get(pk=fresh.pk)
    assert (certificate.state, certificate.document.sha256) == ("superseded", before)
    assert (fresh.state, fresh.supersedes, fresh.document.supersedes) == ("valid", certificate, certificate.document)
    assert fresh.number[-7:-2] == "00002"
    assert certificate.superseded_by == fresh
    assert verification.verify_token(certificate.token).state == "superseded"
    assert [str(breach) for breach in invariants.check()] == []


@pytest.mark.parametrize("typed", ["{number}", " {number} ", "{plain}"])
def test_number_and_name_verify(certificate, typed):
    text = typed.format(number=certificate.number, plain=certificate.number.replace("-", ""))
    assert verification.verify_number(text, " 林 申报 ").certificate == certificate


def test_a_wrong_name_and_a_wrong_number_answer_alike(certificate):
    wrong = [
        verification.verify_number(certificate.number, "林申"),
        verification.verify_number("12-2025-06-2-9999-00001-X", "林申报"),
        verification.verify_number("", ""),
        verification.verify_token("x" * 27),
    ]
    assert wrong == [verification.Finding("not_found")] * 4
    assert list(VerificationLog.objects.values_list("answer", "certificate")) == [("not_found", None)] * 4


def test_the_issued_file_is_recognised_and_a_changed_one_is_not(certificate):
    from io import BytesIO

    data = bytes_of(certificate.review_form)
    finding = verification.verify_file(BytesIO(data))
    assert (finding.state, finding.certificate, finding.document) == ("valid", certificate, certificate.review_form)
    assert verification.verify_file(BytesIO(data[:-1] + b" ")).state == "changed"
    assert verification.verify_file(BytesIO(data + b" " * verification.MOST_BYTES)).state == "changed"
    assert [log.way for log in VerificationLog.objects.all()] == ["file", "file", "file"]


@pytest.mark.parametrize(("code", "label"), [("services", "检测、应用和服务"), ("", ""), ("gone", "gone")])
def test_the_review_form_calls_a_direction_as_the_pack_does(certificate, code, label):
    assert review_form._direction(certificate, code) == label
