"""Cancelling on proved facts: the title office's page, its reasons, and what falls with the application."""

import pytest
from django.test import Client

from applications import services
from applications.errors import Refused
from applications.models import StepState
from applications.status import Status
from portal.models import AuditEntry, Message
from tests.applications.filed import filed
from tests.applications.pages import address, words

TYPED = {"clause": "2023年度通知三(九)", "reason": "继续教育学时与承诺不符，经抽查属实。", "confirmed": "on"}


@pytest.fixture
def application(world, round_):
    return filed(world, round_, "lin", at="supervisor")


@pytest.fixture
def title_office(world) -> Client:
    client = Client()
    client.force_login(world.people["feng"])
    return client


@pytest.mark.duty("TJ23-035")
def test_the_title_office_cancels_with_clause_and_reason_and_the_applicant_reads_both(world, application, title_office):
    where = address("application_cancel", application.public_id)
    asked = title_office.get(where)
    half = title_office.post(where, TYPED | {"clause": " ", "reason": ""})
    unsure = title_office.post(where, {name: TYPED[name] for name in ("clause", "reason")})

    done = title_office.post(where, TYPED)

    assert "本年度不能再申报同一系列、专业" in words(asked)
    assert (half.status_code, unsure.status_code) == (422, 422)
    assert done.url == address("application_detail", application.public_id)
    application.refresh_from_db()
    assert application.status == Status.CANCELLED
    assert set(application.steps.exclude(state=StepState.PASSED).values_list("state", flat=True)) == {StepState.LAPSED}
    told = Message.objects.get(template="applications.ended", recipient=world.people["lin"])
    applicant = Client()
    applicant.force_login(world.people["lin"])
    page = words(applicant.get(address("application_detail", application.public_id)))
    for text in (told.body, page):
        assert "继续教育学时与承诺不符，经抽查属实。（依据：2023年度通知三(九)）" in text
    assert world.units["title_office"].name in page
    entry = AuditEntry.objects.get(act="application.cancel")
    assert (entry.actor, "2023年度通知三(九)" in entry.reason) == ("冯职称", True)


def test_twice_is_refused_with_the_state(application, title_office):
    where = address("application_cancel", application.public_id)
    title_office.post(where, TYPED)

    again = title_office.post(where, TYPED)

    assert (again.status_code, "申报现为“取消资格”" in words(again)) == (403, True)
    assert application.history.filter(move="cancel").count() == 1


@pytest.mark.parametrize("missing", ["clause", "reason"])
def test_the_service_asks_for_both(world, application, missing):
    given = {"clause": "27号 正文八(三)", "reason": "违规查实。"} | {missing: "  "}

    with pytest.raises(Refused, match="取消资格须写明"):
        services.cancel(application=application, by=world.people["feng"], **given)


@pytest.mark.parametrize("by", ["lin", "wang", "zhao", "sun", "chen", "zhou"])
def test_it_is_the_title_offices_own(world, application, by):
    with pytest.raises(Refused, match="只有本地区职称办"):
        services.cancel(application=application, by=world.people[by], clause="27号 正文八(三)", reason="违规查实。")


def test_nobody_cancels_their_own(world, round_):
    own = filed(world, round_, "feng")

    with pytest.raises(Refused, match="与本人有关"):
        services.cancel(application=own, by=world.people["feng"], clause="27号 正文八(三)", reason="违规查实。")


def test_the_year_is_used_up(world, round_, application):
    services.cancel(application=application, by=world.people["feng"], clause="三(九)", reason="不实。")

    with pytest.raises(Refused):
        services.open_draft(
            applicant=world.people["lin"], round=round_, level="associate_senior", employer=world.units["employer"]
        )
