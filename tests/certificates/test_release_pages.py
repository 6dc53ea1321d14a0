"""The office releases from its page."""

import pytest
from django.urls import reverse

from certificates import numbering
from certificates.models import Certificate
from portal import worklist
from tests.certificates import walk


@pytest.fixture
def addresses(confirmed) -> tuple[str, str]:
    return (
        reverse("certificates:release_detail", args=[confirmed.public_id]),
        reverse("certificates:release_perform", args=[confirmed.public_id]),
    )


@pytest.mark.duty("TJ27-025", "TJ23-048")
def test_the_office_releases_with_the_approving_papers_number(client, confirmed, addresses, world):
    page, act = addresses
    client.force_login(world.people["sun"])
    assert page in client.get(reverse("certificates:release_list")).content.decode()
    assert "林申报" in client.get(page).content.decode()
    empty = client.post(act, {"approval_number": ""})
    assert (empty.status_code, 'href="#id_approval_number"' in empty.content.decode()) == (400, True)

    done = client.post(act, {"approval_number": walk.APPROVAL})

    assert done["Location"] == page
    certificate = Certificate.objects.get()
    text = client.get(page).content.decode()
    assert [word for word in (certificate.number, "文书已生成 0 / 2 份", "已发布 1 人") if word not in text] == []
    again = client.post(act, {"approval_number": walk.APPROVAL})
    assert (again.status_code, "无证可发" in again.content.decode()) == (400, True)


def test_waiting_results_stand_on_the_offices_to_do_list(confirmed, world):
    waiting = [(item.count, item.url) for item in worklist.items_for(world.people["sun"])]
    assert (1, reverse("certificates:release_list")) in waiting


def test_nobody_else_releases(client, confirmed, addresses, world):
    answers = {}
    for who in ("lin", "wang", "zhou", "chen", "zheng"):
        client.force_login(world.people[who])
        answers[who] = (client.get(addresses[0]).status_code, client.post(addresses[1]).status_code)
    assert answers == dict.fromkeys(("lin", "wang", "zhou", "chen", "zheng"), (403, 403))
    assert Certificate.objects.count() == 0


def test_without_a_log_in_one_is_sent_to_it(client, addresses):
    assert client.get(addresses[0]).status_code == 302
    assert "login" in client.get(addresses[0])["Location"]


@pytest.fixture(params=[("REGIONS", {}), ("SERIES", {}), ("LEVELS", {}), ("MOST_COMMITTEES", 0)])
def no_number(request, monkeypatch):
    """A region, series or level without a code; a committee whose number does not fit."""
    monkeypatch.setattr(numbering, *request.param)


def test_where_no_number_can_be_made_nobody_is_released(client, confirmed, addresses, world, no_number):
    client.force_login(world.people["sun"])
    answer = client.post(addresses[1], {"approval_number": walk.APPROVAL})
    assert (answer.status_code, "无法发证。请联系系统管理员" in answer.content.decode()) == (400, True)
    assert Certificate.objects.count() == 0
    assert set(confirmed.applications.values_list("status", flat=True)) == {"confirmed"}
