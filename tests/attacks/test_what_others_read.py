"""What reaches people who may read a part: file names, opinions of those who stepped back, reads nobody notes."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from django.urls import reverse
from PIL import Image

from applications import demo as filing
from applications import services as filing_services
from applications.models import Evidence
from certificates.models import Certificate
from certificates.papers import decisions
from portal import jobs
from portal.models import AuditEntry, StoredFile
from review import masking
from review import services as review
from review.models import Seat
from tests.applications import walk as line
from tests.attacks.conftest import signed_in
from tests.review import walk

pytestmark = pytest.mark.django_db


def test_the_name_of_a_file_tells_an_expert_no_identity_number(world, round_):
    draft = filing.fill_in(world, round_)
    piece = Evidence.objects.exclude(slot__in=masking.PRIVATE_SLOTS).filter(owner=draft.applicant).first()
    StoredFile.objects.filter(pk=piece.file_id).update(name="学历证书_120104198805121016.jpg")
    jobs.work_off()
    meeting = walk.draw(world, walk.plan(world, [line.accepted(draft, world)]))
    seat = walk.seats(meeting)[0]
    review.answer_invitation(by=seat.expert.user, seat=seat, accepts=True)
    review.commit(by=seat.expert.user, seat=seat)
    [entry] = walk.entries(meeting)

    answer = signed_in(seat.expert.user).get(reverse("review:evidence_read", args=[entry.public_id, piece.public_id]))

    assert answer.status_code == 200
    assert "120104198805121016" not in unquote(answer["Content-Disposition"])


def test_who_stepped_back_after_writing_an_opinion_is_not_printed(world, voting):
    entry = walk.entries(voting)[0]
    recused, stays = walk.seats(voting)[:2]
    for seat, text in ((recused, "应回避者的意见"), (stays, "业绩扎实")):
        review.give_opinion(by=seat.expert.user, seat=seat, entry=entry, text=text)
    review.declare_recusal(by=recused.expert.user, seat=recused, entry=entry, reason="relative")
    walk.decided(world, voting)
    certificate = Certificate(application=entry.application, title="高级工程师")

    assert decisions.decision(certificate)["panel"]["opinions"] == ["业绩扎实"]
    assert Seat.objects.filter(recusals__entry=entry).get() == recused


def test_what_the_watch_reads_on_any_page_is_on_record(draft, world):
    line.submit(draft)
    chen = signed_in(world.people["chen"])
    for name in ("application_detail", "dossier_detail"):
        before = AuditEntry.objects.filter(act="application.observe").count()
        assert chen.get(reverse(f"applications:{name}", args=[draft.public_id])).status_code == 200
        assert AuditEntry.objects.filter(act="application.observe").count() == before + 1
    signed_in(world.people["lin"]).get(reverse("applications:application_detail", args=[draft.public_id]))
    assert AuditEntry.objects.filter(act="application.observe").count() == 2


def test_staff_read_of_a_record_what_was_submitted_and_nothing_besides(draft, world):
    """A record is kept for years: what was taken out before it was submitted, or came later, is not theirs to read."""
    item = draft.items.filter(kind="award").first() or draft.items.filter(evidence__removed_at=None).first()
    assert item is not None

    def added(shade: int) -> Evidence:
        return filing_services.attach_evidence(
            application=None, item=item, upload=coloured(shade), name=f"{shade}.jpg", by=draft.applicant
        )

    taken_out, submitted = added(10), added(90)
    filing_services.remove_evidence(evidence=taken_out, by=draft.applicant)
    jobs.work_off()
    line.submit(draft)
    later = added(170)
    jobs.work_off()
    for reader in ("lin", "wang", "chen"):
        own = reader == "lin"
        for piece, is_read in ((taken_out, own), (submitted, True), (later, own)):
            for name, more in (("evidence_file", ()), ("evidence_preview", ()), ("evidence_page", (1,))):
                page = reverse(f"applications:{name}", args=[piece.public_id, *more])
                assert signed_in(world.people[reader]).get(page).status_code == (200 if is_read else 404), (
                    reader,
                    page,
                )
    assert AuditEntry.objects.filter(act="evidence.observe", target=str(later.public_id)).count() == 0


def coloured(shade: int) -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (300, 400), (shade, 60, 60)).save(out, "JPEG")
    return out
