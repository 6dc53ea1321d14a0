"""What is refused stands in the audit log, although the refused act itself was rolled back."""

import pytest
from django.urls import reverse

from applications.errors import NoticeRunning
from applications.views.acts import Question, ask
from portal import audit, privacy
from portal import demo as people
from portal.demo import World
from portal.middleware import AuditRefusals
from portal.models import AuditEntry
from portal.refusals import WRITTEN


@pytest.fixture
def world(db) -> World:
    made = World()
    people.load(made)
    return made


@pytest.mark.embedded
def test_a_person_turned_away_from_a_page_stands_in_the_log(client, world):
    client.force_login(world.people["zhou"])
    answer = client.get("/office/")
    entry = AuditEntry.objects.get(refused=True)
    assert answer.status_code == 403
    assert (entry.act, entry.kind, entry.target) == ("GET applications:office_list", "route", "/office/")
    assert "周旁人" in entry.actor
    assert audit.verify() == []


def test_nobody_is_named_where_nobody_is_signed_in(client, world):
    assert client.get("/office/").status_code == 302
    assert AuditEntry.objects.filter(refused=True).count() == 0


def test_who_hammers_at_a_closed_page_does_not_fill_the_log(client, world):
    client.force_login(world.people["zhou"])
    for _ in range(WRITTEN.times + 5):
        assert client.get("/office/").status_code == 403
    assert AuditEntry.objects.filter(refused=True).count() == WRITTEN.times
    assert client.get(reverse("portal:person_add")).status_code == 403
    assert AuditEntry.objects.filter(refused=True).count() == WRITTEN.times + 1


def test_an_act_refused_on_its_page_stands_in_the_log(client, world):
    zhou = world.people["zhou"]
    privacy.agree(by=zhou)
    client.force_login(zhou)
    answer = client.post(reverse("portal:identity"), {"kind": "resident_id", "number": "120101198503141232"})
    entry = AuditEntry.objects.get(refused=True)
    assert answer.status_code == 422
    assert (entry.act, entry.kind, entry.target) == ("POST portal:identity", "route", reverse("portal:identity"))
    assert entry.reason
    assert "120101198503141232" not in entry.text
    assert audit.verify() == []


def test_every_refusal_of_an_act_stands_in_the_log(world, rf):
    def refused(form):
        raise NoticeRunning("公示未结束，不能关闭。")

    request = rf.post("/staff/notices/1/close/", {})
    request.user = world.people["sun"]
    request.resolver_match, request.session, request._messages = None, {}, []
    answer = AuditRefusals(lambda request: ask(request, Question("关闭公示", "关闭", "/"), refused))(request)
    entry = AuditEntry.objects.get(refused=True)
    assert (answer.status_code, entry.reason, entry.target) == (409, "公示未结束，不能关闭。", request.path)
