"""Connectors through the pages: consent first, the record marked, the mark lapsing, every question on record."""

import json
import time
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from applications import connectors, services
from applications.connectors import Answer, Away, NotFound, Question, codes, registry
from applications.connectors.stand_in import Degrees, SocialInsurance
from applications.errors import Refused
from applications.fetched import mark_of
from applications.models import ArchiveItem
from applications.services.fetching import ask
from applications.views import fetching
from portal.models import AuditEntry
from portal.rate_limit import Limit
from tests.applications.pages import address, words

STAND_INS = ["applications.connectors.stand_in.Degrees", "applications.connectors.stand_in.SocialInsurance"]
CODE = "AB12CD34EF56"
ASKED = {"code": CODE, "expires_on": "2025-12-31", "consented": "on"}


@pytest.fixture
def allowed(monkeypatch):
    """Stand-ins as in the demonstration; DEMO itself would bring its routes and its bar along."""
    monkeypatch.setattr(registry, "stand_ins_are_allowed", lambda: True)


@pytest.fixture
def lin(enter, settings, allowed):
    settings.CONNECTORS = STAND_INS
    return enter("lin")


class Foreign(SocialInsurance):
    """A connector of a test's own: gives what it is told to, or raises it."""

    source, is_stand_in = "某市社保", False

    def __init__(self, gives=None, *, needs_identity=False, wait=0.0):
        self.gives, self.needs_identity, self.wait, self.asked = gives, needs_identity, wait, []

    def fetch(self, question, *, timeout):
        self.asked.append(question)
        time.sleep(self.wait)
        if isinstance(self.gives, Exception):
            raise self.gives
        return self.gives


def own(world, kind: str) -> list[ArchiveItem]:
    return list(ArchiveItem.objects.kept().filter(owner=world.people["lin"], kind=kind))


def entries() -> list[dict[str, object]]:
    return [json.loads(entry.change) for entry in AuditEntry.objects.filter(act="record.fetch").order_by("pk")]


def test_a_degree_is_fetched_by_its_code_and_marked_until_it_is_edited(world, lin):
    added = words(lin.get(address("archive_item_add", "education", "education")))
    assert "凭学信网验证码获取 演示数据" in added
    page = address("archive_record_fetch", "education")
    assert "系统没有向任何部门查询" in words(lin.get(page))

    answer = lin.post(page, {**ASKED, "code": "ab12 cd34-ef56"})

    (item,) = own(world, "education")
    assert answer.headers["Location"] == address("archive_item_change", item.public_id)
    assert item.facts == {"level": "bachelor", "awarded": "2012-06-30", "full_time": True}
    assert (item.details["verification_code"], item.details["verification_expires_on"]) == (CODE, "2025-12-31")
    assert [text for text in (item.details["school"], item.details["major"]) if "演示数据" not in text] == []
    for where in (answer.headers["Location"], address("archive_section_detail", "education")):
        assert "来源：学信网（演示数据），2025年3月3日 10:00由林申报获取" in words(lin.get(where))

    school = {**item.details, "school": "另一所大学"}
    services.change_item(item=item, facts=item.facts, details=school, by=item.owner)

    shown = words(lin.get(answer.headers["Location"]))
    assert "从学信网（演示数据）获取，之后改动过" in shown
    assert "来源：学信网" not in shown


def test_saving_it_as_it_stands_takes_nothing_from_the_mark(world, lin):
    lin.post(address("archive_record_fetch", "education"), ASKED)
    (item,) = own(world, "education")
    page = lin.get(address("archive_item_change", item.public_id)).context["page"]
    sent = {bound.html_name: bound.value() for bound in page.form if bound.value() is not None}
    assert lin.post(page.action, {**sent, "kind": "education", "seen": page.seen}).status_code == 302
    item.refresh_from_db()
    assert mark_of(item).stands


def test_a_file_that_is_added_takes_nothing_from_the_mark(world, lin):
    from tests.applications.filed import evidence_of

    lin.post(address("archive_record_fetch", "education"), ASKED)
    (item,) = own(world, "education")
    evidence_of(item)
    assert mark_of(item).stands


def test_the_same_code_again_brings_its_record_up_to_date(world, lin):
    page = address("archive_record_fetch", "education")
    lin.post(page, ASKED)
    (item,) = own(world, "education")
    services.change_item(
        item=item, facts={**item.facts, "stem": True, "level": "doctor"}, details=item.details, by=item.owner
    )

    lin.post(page, ASKED)

    (again,) = own(world, "education")
    assert (again.pk, again.facts["level"], again.facts["stem"]) == (item.pk, "bachelor", True)
    assert mark_of(again).stands


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"consented": ""}, "请先勾选同意"),
        ({"code": "12345"}, "须为 12 位或 16 位字母和数字，现在是 5 位"),
        ({"code": "AB12CD34EF5六"}, "须为 12 位或 16 位"),
        ({"expires_on": "2025-03-02"}, "验证码已于 2025年3月2日 到期"),
        ({"expires_on": ""}, "验证码有效期至"),
    ],
)
def test_nothing_is_asked_without_consent_or_by_a_code_that_cannot_be_used(world, lin, change, sentence):
    answer = lin.post(address("archive_record_fetch", "education"), {**ASKED, **change})
    assert (answer.status_code, sentence in words(answer)) == (422, True)
    assert (own(world, "education"), entries()) == ([], [])


def test_the_service_itself_asks_for_consent(world, lin):
    with pytest.raises(Refused, match="尚未同意"):
        services.fetch_record(by=world.people["lin"], connector=Degrees(), consented=False, code=CODE)
    assert entries() == []


def test_a_code_that_nobody_knows_is_told_and_is_on_record(world, lin):
    answer = lin.post(address("archive_record_fetch", "education"), {**ASKED, "code": "AB12CD340000"})
    assert (answer.status_code, "没有查到这个验证码" in words(answer)) == (409, True)
    assert own(world, "education") == []
    assert [entry["outcome"] for entry in entries()] == ["NotFound"]


def test_who_tries_codes_without_end_is_told_to_wait_and_nobody_is_asked(world, lin, monkeypatch):
    monkeypatch.setattr(fetching, "LOOKUPS", Limit("fetch", times=2, seconds=600))
    page = address("archive_record_fetch", "education")
    answers = [lin.post(page, {**ASKED, "code": f"AB12CD340000{number}"[:12]}).status_code for number in range(3)]
    assert (answers, len(entries())) == ([409, 409, 429], 2)


@pytest.mark.duty("JX81-025")
def test_the_paid_months_come_with_whether_the_unit_is_the_one_applied_from(world, empty_draft, lin):
    section = address("section_detail", empty_draft.public_id, "insurance_and_tax")
    assert "获取参保证明 演示数据" in words(lin.get(section))

    answer = lin.post(address("record_fetch", empty_draft.public_id, "social_insurance"), {"consented": "on"})

    assert answer.headers["Location"] == section
    (item,) = own(world, "social_insurance")
    assert item.facts == {"months": 36, "same_employer": True}
    assert item.details == {"payer": f"{empty_draft.employer.name}（演示数据）"}
    assert list(empty_draft.items.all()) == [item]
    assert entries() == [
        {"consented": True, "outcome": "fetched", "source": "社会保险经办机构（演示数据）", "stand_in": True}
    ]
    assert "来源：社会保险经办机构（演示数据）" in words(lin.get(section))


def test_in_the_archive_nobody_is_compared_and_what_was_said_stays(world, lin):
    services.save_item(
        owner=world.people["lin"], kind="social_insurance", facts={"months": 2, "same_employer": False}, details={}
    )
    lin.post(address("archive_record_fetch", "social_insurance"), {"consented": "on"})
    (item,) = own(world, "social_insurance")
    assert item.facts == {"months": 36, "same_employer": False}


def test_another_persons_record_is_not_filled(world, lin, enter):
    lin.post(address("archive_record_fetch", "education"), ASKED)
    (item,) = own(world, "education")
    page = f"{address('archive_record_fetch', 'education')}?item={item.public_id}"
    assert lin.get(page).status_code == 200
    assert enter("zhou").post(page, ASKED).status_code == 404
    assert lin.get(address("archive_record_fetch", "no-kind")).status_code == 404


def test_where_nobody_is_connected_there_is_no_button_and_the_page_says_so(world, lin, settings):
    settings.CONNECTORS = []
    assert "验证码获取" not in words(lin.get(address("archive_item_add", "education", "education")))
    answer = lin.post(address("archive_record_fetch", "education"), ASKED)
    assert answer.headers["Location"] == address("archive_section_detail", "education")
    assert "尚未与有关部门的系统连接" in words(lin.get(answer.headers["Location"]))
    assert own(world, "education") == []


def test_a_stand_in_outside_the_demo_is_refused(settings):
    assert not settings.DEMO
    settings.CONNECTORS = STAND_INS
    with pytest.raises(ImproperlyConfigured, match="only stands in"):
        connectors.of_kind("education")


def test_two_for_one_kind_are_refused(settings, allowed):
    settings.CONNECTORS = [STAND_INS[0]] * 2
    with pytest.raises(ImproperlyConfigured, match="second"):
        connectors.of_kind("education")


@pytest.mark.parametrize(
    ("connector", "error"),
    [
        (Foreign(NotFound("查无此人。")), NotFound),
        (Foreign(OSError("reset")), Away),
        (Foreign(None), Away),
        (Foreign(Answer({}, {}), wait=2), Away),
    ],
    ids=["not found", "broken down", "no answer", "too slow"],
)
def test_whatever_a_connector_does_a_sentence_comes_out_in_time(connector, error):
    started = time.monotonic()
    with pytest.raises(error, match=r"。$"):
        ask(connector, Question(name="林申报", today=date(2025, 3, 3)), seconds=0.3)
    assert time.monotonic() - started < 1.5


def test_an_answer_that_no_record_can_hold_is_not_stored(world, lin):
    connector = Foreign(Answer({"months": -1}, {}))
    with pytest.raises(connectors.ConnectorError, match="无法识别"):
        services.fetch_record(by=world.people["lin"], connector=connector, consented=True)
    assert (own(world, "social_insurance"), [entry["outcome"] for entry in entries()]) == ([], ["ConnectorError"])


def test_the_identity_number_goes_only_to_who_needs_it_and_is_on_record(world, lin):
    plain, needy = Foreign(Answer({"months": 6}, {})), Foreign(Answer({"months": 7}, {}), needs_identity=True)
    for connector in (plain, needy):
        services.fetch_record(by=world.people["lin"], connector=connector, consented=True)

    assert plain.asked[0].identity_number == ""
    number = needy.asked[0].identity_number
    assert len(number) == 18
    assert number not in repr(needy.asked[0])
    assert AuditEntry.objects.filter(act="identity.reveal").count() == 1
    assert number not in "".join(AuditEntry.objects.values_list("text", flat=True))


@pytest.mark.parametrize("code", ["AB12CD34EF56", "AB12CD34EF56GH78", "ab12 cd34 ef56", "AB12-CD34-EF56"])
def test_a_code_of_twelve_or_sixteen_is_taken_as_it_is_printed(code):
    assert codes.check(code) == codes.normalise(code)


@pytest.mark.parametrize(
    "code", ["", "AB12CD34EF5", "AB12CD34EF567", "AB12CD34EF56GH7", "AB12CD34EF56GH789", "AB12CD34EF5_"]
)
def test_any_other_is_not(code):
    with pytest.raises(codes.CodeError, match="12 位或 16 位"):
        codes.check(code)


def test_a_code_is_good_on_its_last_day():
    assert codes.check_expiry(date(2025, 3, 3), date(2025, 3, 3)) == date(2025, 3, 3)
