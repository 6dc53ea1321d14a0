"""What nobody types by hand: NUL bytes, days at the end of the calendar, whole-width numbers."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from applications import services
from applications.forms.corrections import corrections
from portal.models import User
from review.errors import ReviewError
from review.masking import without_personal
from tests.applications import walk as line
from tests.attacks.conftest import signed_in
from tests.review import walk

pytestmark = pytest.mark.django_db

FULL_WIDTH = {place: place + 0xFEE0 for place in range(0x21, 0x7F) if chr(place) not in "@."}


@pytest.mark.parametrize(
    "path",
    [
        "/v/%00/", "/v/" + "a" * 5000 + "/", "/notices/?page=9999999999999999999999",
        "/verify/?number=%EF%BC%91%EF%BC%92&name=%F0%9F%98%80",
    ],
)  # fmt: skip
def test_a_public_page_answers_what_it_cannot_read(db, path):
    assert Client(raise_request_exception=False).get(path).status_code in {200, 404}


def test_a_nul_is_turned_away_before_any_page_sees_it(world, draft):
    lin, sun = signed_in(world.people["lin"]), signed_in(world.people["sun"])
    state = reverse("applications:sign_state", args=[draft.public_id])
    add = reverse("applications:archive_item_add", args=["awards", "award"])
    typed = {"kind": "award", "award-name": "奖\0项", "keep": "yes"}

    answers = [
        Client().get("/verify/?number=%00&name=%00"), lin.get(state, {"seen": "\0"}), lin.post(add, typed),
        sun.get(reverse("applications:ban_list"), {"q": "张\0"}), sun.get("/", {"\0": ""}),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [400] * 5


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_at_the_end_of_the_calendar_is_no_crash(draft, day):
    item = draft.items.filter(kind="post").first() or draft.items.filter(facts__has_key="from").first()
    assert item is not None
    facts = {**item.facts, "from": day.isoformat()}
    services.change_item(item=item, facts=facts, details=item.details, by=draft.applicant)

    assert services.precheck(draft) is not None


@pytest.mark.parametrize("count", ["9" * 5000, "²", "-1", ""])
def test_a_number_of_lines_nobody_writes_is_none(count):
    shown = corrections(QueryDict(f"more=1&lines-TOTAL_FORMS={count}&lines-INITIAL_FORMS=0"), snapshot=None)
    assert len(shown.forms) == 3


def test_a_clause_with_a_percent_sign_is_answered(world, draft):
    line.submit(draft)
    answer = signed_in(world.people["wang"]).post(
        reverse("applications:clause_attest", args=[draft.public_id]), {"clause": "%d%(x)s", "holds": "?"}
    )
    assert answer.status_code in {409, 422}


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_meeting_at_the_end_of_the_calendar_is_refused(world, round_, day):
    with pytest.raises(ReviewError):
        walk.plan(world, [walk.accepted_application(world, round_, "lin")], held_on=day)


@pytest.mark.parametrize(
    "text",
    [
        "120104198805121016", "120104198805121016".translate(FULL_WIDTH), "120104 19880512 1016", "120104-19880512-1016",
        "ID120104198805121016", "12010419880512101x", "+8613812345678", "86-138-1234-5678", "138 1234 5678",
        "13812345678".translate(FULL_WIDTH), "lin@demo.example", "lin@demo.example".translate(FULL_WIDTH), "022-23456789", "H12345678",
    ],
)  # fmt: skip
def test_whoever_they_are_stays_masked_however_it_is_written(text):
    shown = without_personal(f"联系：{text}。")

    assert shown.replace("ID", "") == "联系：（已遮盖）。"


@pytest.mark.parametrize(
    "text",
    ["2021年至2024年", "专利号 ZL202110123456.7", "ISBN 978-7-111-12345-6", "GB/T 36276-2018", "投资 1380000 元", "20210101-20241231",
     "论文 DOI 10.1016/j.jpowsour.2021.123456", "项目编号 2021YFB12345678"],
)  # fmt: skip
def test_what_is_not_personal_is_left_alone(text):
    assert without_personal(text) == text


def test_names_and_notes_in_any_script_are_kept(draft, world):
    User.objects.filter(pk=draft.applicant_id).update(name="𠮷野·阿依古丽{0}%s")
    draft.applicant.refresh_from_db()
    from tests.applications import walk as line

    line.submit(draft)
    line.decide(
        draft, world.people["wang"], "return", note="{note} %(x)s \u202e倒", due_on=date(2025, 4, 2),
        corrections=[{"section": "basics", "text": "😀" * 200}],
    )  # fmt: skip

    draft.refresh_from_db()
    assert draft.status == "returned"
