"""Every move that a person makes is asked for on some page, and whoever may make it finds the way there."""

import pytest
from django.test import Client

from applications import transitions
from applications.models import StepKind
from applications.moves import MOVES, TRANSITIONS, Mover, Transition
from applications.status import Status
from tests.applications.filed import filed
from tests.applications.pages import address
from tests.matrix.tables import ROWS

PAGES = {
    "submit": "applications:application_submit",
    "resubmit": "applications:application_submit",
    "advance": "applications:step_decide",
    "return": "applications:step_decide",
    "accept": "applications:step_decide",
    "refuse": "applications:step_decide",
    "not_recommend": "applications:step_decide",
    "withdraw": "applications:application_withdraw",
    "enter_review": "review:meeting_plan",
    # Nobody chooses a result: closing the meeting makes the move that the counted ballot stands for.
    "pass_review": "review:meeting_close",
    "fail_review": "review:meeting_close",
    "publish": "review:result_publish",
    "confirm": "review:result_confirm",
    "certify": "certificates:release_perform",
    "cancel": "applications:application_cancel",
}
LEVELS = {StepKind.EMPLOYER.value: "wang", StepKind.SUPERVISOR.value: "zhao", StepKind.OFFICE.value: "sun"}
MOVERS = {Mover.APPLICANT: {"lin"}, Mover.OFFICE: {"sun"}, Mover.TITLE_OFFICE: {"feng"}}


def movers(move: Transition) -> set[str]:
    return MOVERS.get(move.mover) or {LEVELS[kind] for kind in move.step_kinds}


def test_every_move_has_its_page():
    assert set(PAGES) == set(TRANSITIONS)


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_the_page_of_a_move_takes_a_post_from_those_whose_move_it_is(move):
    """As the permission matrix declares and proves."""
    rows = [row for row in ROWS if row.route == PAGES[move.name] and "POST" in row.methods]

    assert movers(move) - {name for row in rows for name in row.cells["mine"].may} == set()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("who", ["lin", "wang", "zhao", "sun", "feng", "chen"])
def test_the_application_leads_to_the_pages_of_the_moves_it_allows(world, round_, who, level):
    application = filed(world, round_, "lin", at=level)
    client = Client()
    client.force_login(world.people[who])
    pages = {name for name, route in PAGES.items() if route.startswith("applications:")}
    mine = {move.name for move in transitions.available(application, world.people[who])}

    shown = client.get(address("application_detail", application.public_id)).content.decode()

    offered = {name for name in pages if address(PAGES[name].partition(":")[2], application.public_id) in shown}
    assert mine <= offered
    assert {PAGES[name] for name in offered} == {PAGES[name] for name in mine}


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.FAILED, Status.CANCELLED])
def test_what_has_ended_is_not_cancelled(world, round_, status):
    application = filed(world, round_, "lin", status=status)
    client = Client()
    client.force_login(world.people["feng"])
    where = address("application_cancel", application.public_id)

    assert where not in client.get(address("application_detail", application.public_id)).content.decode()
    assert client.get(where).status_code == client.post(where).status_code == 403
