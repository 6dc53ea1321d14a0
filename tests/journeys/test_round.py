"""One round from end to end through the services: what it leaves behind is whole, and tells nothing it must not."""

import io
import pickle
import re

import pikepdf
import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse
from PIL import Image

from applications.models import Application, ApprovalStep, Notice, Snapshot
from applications.status import Status
from certificates.proof_reading import codes_of, text_of
from portal import audit, files, invariants
from portal.demo import PASSWORD, PERSONAS
from portal.models import Delivery, DeliveryState
from review.models import BallotChoice, BallotParticipation
from tests.journeys import dump
from tests.journeys.conftest import everything_logged

# Without a mark pytest-django would set up no test database where these tests run alone.
pytestmark = pytest.mark.django_db

NUMBERS = [persona.number for persona in PERSONAS]
HAN = re.compile(r"[\u4e00-\u9fff]")


def read(document) -> bytes:
    with files.open_clean(document.file) as file:
        return file.read()


def words_in(value) -> list[str]:
    """Every piece of text in a snapshot, however deep."""
    if isinstance(value, dict):
        return [word for inner in value.values() for word in words_in(inner)]
    if isinstance(value, list):
        return [word for inner in value for word in words_in(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.embedded
def test_a_round_ends_in_a_certificate_that_verifies(played, client):
    play, acts = played.play, played.acts
    assert [act.who for act in acts[:3]] == ["孙受理", "林申报", "林申报"]
    assert len(acts) == 22
    play.application.refresh_from_db()
    assert play.application.status == Status.CERTIFIED
    assert [step.state for step in play.application.steps.order_by("order")] == ["passed"] * 3
    assert set(play.application.steps.values_list("snapshot_sha256", flat=True)) == {play.application.snapshot.sha256}
    assert [notice.state for notice in Notice.objects.order_by("pk")] == ["closed", "closed"]
    [code] = codes_of(read(play.certificate.document))
    answer = client.get(code.removeprefix("http://127.0.0.1:8000"))
    assert answer.status_code == 200
    assert "证书有效" in answer.content.decode()
    assert play.certificate.number in answer.content.decode()
    assert [str(breach) for breach in invariants.check()] == []
    assert audit.verify() == []


def test_the_review_form_carries_the_commitment_with_its_signature(played):
    document, snapshot = played.play.certificate.review_form, played.play.application.snapshot
    commitment = snapshot.data["commitment"]
    told = "".join(text_of(read(document)).split())
    wanted = ["本机手写", "2025年3月3日", commitment["content_sha256"], *commitment["words"].splitlines()]
    assert [word for word in wanted if "".join(word.split()) not in told] == []
    with pikepdf.open(io.BytesIO(read(document))) as pdf:
        pictures = [picture for page in pdf.pages for picture in page.get_images().values()]
        sizes = {(int(picture.Width), int(picture.Height)) for picture in pictures}
    with files.open_clean(snapshot.signature.image) as strokes, Image.open(strokes) as drawn:
        assert drawn.size in sizes


@pytest.mark.parametrize("paper", ["document", "review_form"])
def test_every_chinese_character_of_a_paper_can_be_copied_out(played, paper):
    document = getattr(played.play.certificate, paper)
    printed = set(text_of(read(document)))
    written = {letter for word in words_in(document.data) for letter in HAN.findall(word)}
    assert len(written) > 40
    assert sorted(written - printed) == []


def test_an_identity_number_stands_in_no_dump(played):
    leaks = [(table, number) for table, row in dump.rows() for number in NUMBERS if number in row]
    leaks += [
        (name, number) for name, data in dump.files(played.files) for number in NUMBERS if number.encode() in data
    ]
    assert leaks == []
    assert any(table == "portal_identitydocument" for table, _ in dump.rows())


def test_an_identity_number_stands_in_no_mail_and_no_line_of_the_log(played):
    assert len(played.mails) == Delivery.objects.filter(state=DeliveryState.SENT).count() > 10
    assert any('"error": "' in line for line in played.log)
    assert [(text, number) for text in [*played.mails, *played.log] for number in NUMBERS if number in text] == []


def test_an_identity_number_typed_on_a_page_stays_in_no_session_cache_or_log(played, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "journey"}}
    person, number, browser = played.play.application.applicant, NUMBERS[0], Client()
    log_in, identity = reverse("account_login"), reverse("portal:identity")
    with everything_logged() as log:
        browser.post(log_in, {"login": person.username, "password": number})
        browser.post(log_in, {"login": person.username, "password": PASSWORD})
        assert browser.post(identity, {"kind": "resident_id", "number": NUMBERS[1]}).status_code == 422
        assert browser.post(identity, {"kind": "resident_id", "number": number}).status_code == 302
    sessions = [repr(session.get_decoded()) for session in Session.objects.all()]
    cached = [repr(pickle.loads(value)) for value in caches["default"]._cache.values()]
    assert any(f"'_auth_user_id': '{person.pk}'" in session for session in sessions)
    assert cached
    assert any("/profile/identity/" in line for line in log)
    assert [(text, number) for text in [*sessions, *cached, *log] for number in NUMBERS if number in text] == []


def test_no_printed_paper_shows_an_identity_number(played):
    play = played.play
    for document in (play.certificate.document, play.certificate.review_form):
        copied = re.sub(r"\s", "", text_of(read(document)))
        assert [number for number in NUMBERS if number in copied] == []
        assert "120104********1016" in copied


def test_the_two_tables_of_the_ballot_cannot_be_joined(played):
    assert BallotParticipation.objects.count() == BallotChoice.objects.count() == 10
    choice_columns = {field.name: field for field in BallotChoice._meta.concrete_fields}
    assert set(choice_columns) == {"id", "entry", "choice"}
    assert choice_columns["id"].get_internal_type() == "UUIDField"
    pointed_at = {field.remote_field.model for field in choice_columns.values() if isinstance(field, ForeignKey)}
    assert pointed_at == {BallotParticipation._meta.get_field("entry").remote_field.model}
    pointing = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.remote_field.model is BallotChoice
    ]
    assert pointing == []


def test_the_log_says_that_a_ballot_was_cast_and_not_what_it_says(played):
    cast = [row for table, row in dump.rows() if table == "portal_auditentry" and "ballot.cast" in row]
    assert len(cast) == 10
    assert [row for row in cast if "consent" in row or "against" in row] == []


def test_results_are_pinned_to_what_was_submitted(played):
    application = Application.objects.get(pk=played.play.application.pk)
    snapshot = Snapshot.objects.get(application=application, live=True)
    for entry in application.notice_entries.all():
        assert entry.snapshot_sha256 == snapshot.sha256
    assert set(ApprovalStep.objects.values_list("snapshot_sha256", flat=True)) == {snapshot.sha256}
