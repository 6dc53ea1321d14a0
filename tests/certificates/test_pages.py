"""Pages of the holder, the employer and the office."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from applications.models import Application
from certificates import numbering
from certificates.models import Archiving, Certificate, Document
from certificates.services import reissue
from portal import clock, navigation, worklist
from portal.models import AuditEntry, Job
from tests.applications.test_applicant_queries import more_rounds
from tests.costs import cost
from tests.review import walk as review


@pytest.fixture
def by(client, world):
    def person(who: str):
        client.force_login(world.people[who])
        return client

    return person


def paths(certificate) -> dict[str, str]:
    return {
        "detail": reverse("certificates:certificate_detail", args=[certificate.public_id]),
        "paper": reverse("certificates:document_download", args=[certificate.document.public_id]),
        "form": reverse("certificates:document_download", args=[certificate.review_form.public_id]),
    }


@pytest.mark.duty("TJ27-026", "TJ23-048", "ZJ15-032")
def test_the_holder_finds_and_downloads_both_papers(by, certificate):
    text = by("lin").get(reverse("certificates:certificate_list")).content.decode()
    for name, document in (("paper", certificate.document), ("form", certificate.review_form)):
        path = paths(certificate)[name]
        assert path in text
        answer = by("lin").get(path)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment")
        assert len(b"".join(answer.streaming_content)) == document.file.size
    assert AuditEntry.objects.filter(act="document.download").count() == 2


@pytest.mark.parametrize(
    ("who", "status"),
    [("lin", 200), ("wang", 200), ("sun", 200), ("feng", 200), ("chen", 200)]
    + [(other, 404) for other in ("zhao", "qian", "zhou", "wu", "zheng")],
)
def test_papers_are_for_the_person_the_unit_the_office_and_the_watch(by, certificate, who, status):
    assert {name: by(who).get(path).status_code for name, path in paths(certificate).items()} == dict.fromkeys(
        ("detail", "paper", "form"), status
    )


@pytest.mark.unlawful("a paper waits without the job that made it", "waiting_document_has_a_job")
def test_a_paper_in_the_making_says_so(by, certificate):
    Document.objects.filter(pk=certificate.document.pk).update(state="queued", file=None, sha256="", ready_at=None)
    page = by("lin").get(paths(certificate)["paper"])
    assert (page.status_code, "正在生成" in page.content.decode()) == (409, True)


@pytest.mark.duty("TJ27-026", "JX81-044")
def test_the_employer_records_that_the_papers_are_sealed_and_filed(by, certificate):
    record = reverse("certificates:archiving_record", args=[certificate.public_id])
    assert record in by("wang").get(reverse("certificates:archiving_list")).content.decode()
    early = {"sealed_on": certificate.issued_on - timedelta(days=1), "place": "示范人才服务中心"}
    refused = by("wang").post(record, early)
    assert (refused.status_code, "发证日期至今天" in refused.content.decode()) == (200, True)
    done = by("wang").post(record, early | {"sealed_on": clock.today()})
    assert (done.status_code, Archiving.objects.get().place) == (302, "示范人才服务中心")
    assert record not in by("wang").get(reverse("certificates:archiving_list")).content.decode()
    assert "示范人才服务中心" in by("lin").get(paths(certificate)["detail"]).content.decode()
    assert [by(who).get(record).status_code for who in ("wu", "lin", "sun")] == [404, 403, 403]


def test_the_office_orders_a_failed_paper_again(by, certificate):
    Document.objects.filter(pk=certificate.document.pk).update(
        state="failed", failure="缺字", file=None, sha256="", ready_at=None
    )
    round_ = reverse("certificates:release_detail", args=[certificate.application.round.public_id])
    retry = reverse("certificates:document_retry", args=[certificate.document.public_id])
    text = by("sun").get(round_).content.decode()
    assert [word for word in ("缺字", retry, "文书已生成 1 / 2 份") if word not in text] == []
    assert [by(who).post(retry).status_code for who in ("lin", "wang", "zheng")] == [403, 403, 404]
    assert by("sun").post(retry)["Location"] == round_
    assert Job.objects.filter(kind="certificates.render", state="queued").count() == 1


def test_replacing_takes_a_new_number(by, certificate):
    path = reverse("certificates:certificate_reissue", args=[certificate.public_id])
    assert [by(who).get(path).status_code for who in ("lin", "wang", "zheng", "sun")] == [403, 403, 404, 200]
    done = by("sun").post(path, {"note": "照片有误"})
    fresh = Certificate.objects.get(state="valid")
    assert done["Location"] == reverse("certificates:certificate_detail", args=[fresh.public_id])
    again = by("sun").post(path, {"note": "再换"})
    assert (again.status_code, "已不是有效状态" in again.content.decode()) == (200, True)


def test_the_title_office_finds_a_certificate_in_its_register(by, certificate):
    path = reverse("certificates:register_list")
    link = paths(certificate)["detail"]
    asked = {"": 1, certificate.number.replace("-", ""): 1, "林申报": 1, "林": 0, "12-2025": 0}
    found = {words: by("feng").get(path, {"q": words}).content.decode().count(link) for words in asked}
    assert found == asked
    assert [by(who).get(path).status_code for who in ("chen", "sun", "wang", "lin")] == [200, 403, 403, 403]


@pytest.mark.parametrize(
    ("words", "answered"), [("\0", (400, False)), ("林\0", (400, False)), ("12" * 40, (200, True))]
)
def test_the_register_refuses_words_that_no_number_or_name_is_made_of(by, certificate, words, answered):
    """A NUL is turned away before any page; the rest is told at the field."""
    answer = by("feng").get(reverse("certificates:register_list"), {"q": words})
    page = answer.content.decode()
    assert (answer.status_code, 'id="q_error"' in page) == answered
    assert paths(certificate)["detail"] not in page


def test_a_certificate_is_not_replaced_where_no_number_can_be_made(by, certificate, monkeypatch):
    monkeypatch.setattr(numbering, "LEVELS", {})
    path = reverse("certificates:certificate_reissue", args=[certificate.public_id])
    answer = by("sun").post(path, {"note": "姓名有误"})
    assert (answer.status_code, "无法发证" in answer.content.decode()) == (200, True)
    assert Certificate.objects.valid().get() == certificate


def test_menu_and_to_do_list_lead_here(certificate, world):
    people, home = world.people, reverse("certificates:certificate_list")
    assert home in [item.url for item in navigation.items_for(people["lin"])]
    assert home not in [item.url for item in navigation.items_for(AnonymousUser())]
    assert home not in [item.url for item in navigation.items_for(people["sun"])]
    waiting = [(item.count, item.url) for item in worklist.items_for(people["wang"])]
    assert (1, reverse("certificates:archiving_list")) in waiting


@pytest.mark.pins(
    {
        "certificates:certificate_list": 10,
        "certificates:archiving_list": 12,
        "certificates:register_list": 12,
    }
)
def test_lists_of_certificates_cost_the_same_at_1_and_30_rows(enter, certificate, world):
    clients = {"certificate_list": enter("lin"), "archiving_list": enter("wang"), "register_list": enter("feng")}

    def costs() -> dict[str, int]:
        return {name: cost(client, f"certificates:{name}") for name, client in clients.items()}

    one = costs()
    for _turn in range(29):
        certificate = reissue(certificate=certificate, note="更正", by=world.people["sun"])
    assert Certificate.objects.count() == 30
    assert costs() == one


@pytest.mark.pins({"certificates:release_list": 12})
def test_the_list_of_rounds_costs_the_same_at_1_and_30_rows(enter, certificate):
    sun = enter("sun")
    one = cost(sun, "certificates:release_list")
    for other in more_rounds(certificate.application.round, 29):
        Application.objects.create(
            **{**columns_of(certificate.application, "number", "snapshot_id", "round_id"), "status": "draft"},
            round=other,
        )
    assert len(sun.get(reverse("certificates:release_list")).context["page"]) == 30
    assert cost(sun, "certificates:release_list") == one


@pytest.mark.unlawful("the thirty wait for release without their way there, which is walked elsewhere")
@pytest.mark.pins({"certificates:release_detail": 16})
def test_the_rounds_page_costs_the_same_at_1_and_30_rows(enter, certificate, world):
    """Thirty wait for release, and thirty certificates are out."""
    sun, round_ = enter("sun"), certificate.application.round
    confirmed(world, round_, 1)
    one = cost(sun, "certificates:release_detail", round_.public_id)
    confirmed(world, round_, 29)
    for _turn in range(29):
        certificate = reissue(certificate=certificate, note="更正", by=world.people["sun"])
    page = sun.get(reverse("certificates:release_detail", args=[round_.public_id])).context
    assert (len(page["waiting"]), len(page["page"])) == (30, 30)
    assert cost(sun, "certificates:release_detail", round_.public_id) == one


def confirmed(world, round_, count: int) -> None:
    """So many more who wait for release."""
    for number in range(count):
        one = review.accepted_application(world, round_, f"confirmed{count}n{number}")
        Application.objects.filter(pk=one.pk).update(status="confirmed")


def columns_of(row, *without: str) -> dict[str, object]:
    own = {"id", "public_id", *without}
    return {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname not in own
    }
