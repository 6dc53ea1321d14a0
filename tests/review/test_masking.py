"""What an expert reads carries no identity number, birth date, address, telephone or e-mail, wherever it was written."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from applications import demo as filing
from applications.connectors.stand_in import SocialInsurance
from applications.services import fetch_record
from portal import jobs
from portal.models import AuditEntry
from review import masking
from review.services import answer_invitation, commit
from tests.applications import walk as filing_walk
from tests.review import walk

PERSONAL = ["120104198805121016", "H1234567890", "13912345678", "022-23269010", "lin@demo.example"]


@pytest.mark.parametrize("personal", PERSONAL)
def test_personal_data_in_free_text_is_blotted_out(personal):
    assert masking.without_personal(f"联系{personal}，谢谢") == "联系（已遮盖），谢谢"


@pytest.mark.parametrize("harmless", ["ZL201810123456.7", "GB/T 36276-2018", "2021年4月", "12345678", "100000 字"])
def test_numbers_of_patents_and_standards_stay(harmless):
    assert masking.without_personal(harmless) == harmless


@pytest.fixture
def read_by_an_expert(world, round_):
    """The demonstration's own application, filed and accepted, on an agenda; and an expert who may read it."""
    draft = filing.fill_in(world, round_)
    fetch_record(by=draft.applicant, connector=SocialInsurance(), consented=True, application=draft)
    jobs.work_off()
    application = filing_walk.accepted(draft, world)
    meeting = walk.draw(world, walk.plan(world, [application]))
    seat = walk.seats(meeting)[0]
    answer_invitation(by=seat.expert.user, seat=seat, accepts=True)
    commit(by=seat.expert.user, seat=seat)
    client = Client()
    client.force_login(seat.expert.user)
    return client, walk.entries(meeting)[0]


@pytest.mark.slow
def test_the_dossier_shows_work_and_hides_the_person(read_by_an_expert, world):
    client, entry = read_by_an_expert
    page = client.get(reverse("review:entry_read", args=[entry.public_id])).content.decode()
    person = world.people["lin"]
    content = entry.application.snapshot.data
    basics = next(record for record in content["records"] if record["kind"] == "basics")["details"]
    hidden = [basics.get(name) for name in masking.HIDDEN_FIELDS] + [person.mobile, person.email, "12010419880512"]
    assert [value for value in hidden if value and value in page] == []
    assert content["applicant"]["identity"] not in page
    assert person.name in page
    assert world.units["employer"].name in page
    shown = {chapter.title: chapter.records for chapter in masking.dossier_of(entry).chapters}
    assert {"基本信息", "学历学位"} < set(shown)
    assert [record.title for record in shown["现有职称"]] == ["助理工程师 · 2015", "工程师 · 2018"]


@pytest.mark.slow
def test_the_expert_reads_what_an_authority_answered_and_that_it_only_stood_in(read_by_an_expert):
    client, entry = read_by_an_expert
    page = client.get(reverse("review:entry_read", args=[entry.public_id])).content.decode()
    assert "社会保险经办机构（演示数据），2025年3月3日获取，申报人没有改动。这是演示数据" in page


@pytest.mark.slow
@pytest.mark.duty("TJ23-024")
def test_the_expert_reads_which_peers_appraised_a_work(read_by_an_expert):
    client, entry = read_by_an_expert
    page = client.get(reverse("review:entry_read", args=[entry.public_id])).content.decode()
    works = [record for record in entry.application.snapshot.data["records"] if record["facts"].get("evaluators")]
    assert works
    for work in works:
        appraised, by = work["facts"]["evaluators"], work["details"]["evaluator_names"]
        (shown,) = [part for part in page.split('<div class="panel">') if work["details"]["title"] in part]
        told = dict(re.findall(r'<dt>([^<]+)</dt><dd class="prewrap">([^<]+)</dd>', shown))
        assert told["评议同行姓名"] == by
        assert told["评议同行人数"] == str(appraised["count"])
        assert told["评议同行的职称"] == "正高级工程师"


@pytest.mark.slow
def test_evidence_opens_through_the_agenda_alone(read_by_an_expert, world):
    client, entry = read_by_an_expert
    pieces = masking.evidence_of(entry)
    assert len(pieces) > 3
    address = reverse("review:evidence_read", args=[entry.public_id, pieces[0].public_id])
    got = client.get(address)
    assert (got.status_code, got["X-Content-Type-Options"]) == (200, "nosniff")
    shown = client.get(reverse("review:evidence_preview", args=[entry.public_id, pieces[0].public_id]))
    assert "第 1 页" in shown.content.decode()
    before = AuditEntry.objects.filter(act="evidence.read").count()
    page = reverse("review:evidence_page", args=[entry.public_id, pieces[0].public_id, 1])
    assert client.get(page)["Content-Type"] == "image/jpeg"
    assert AuditEntry.objects.filter(act="evidence.read").count() == before + 1
    portrait = entry.application.applicant_id and type(pieces[0]).objects.filter(slot="photo").first()
    assert client.get(reverse("review:evidence_read", args=[entry.public_id, portrait.public_id])).status_code == 404
    other = Client()
    other.force_login(world.people["zhou"])
    assert other.get(address).status_code == 404
