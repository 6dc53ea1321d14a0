"""Beginning an application."""

import uuid

import pytest

from applications import demo as filing
from applications.errors import Refused
from applications.models import Application, Round
from applications.services import add_item, change_draft, leave_out, open_draft, state_nothing, take_in, withdraw
from portal import clock
from tests.applications import walk


def begun(world, round_, **changes) -> Application:
    given = {
        "applicant": world.people["lin"],
        "round": round_,
        "level": filing.LEVEL,
        "employer": world.units["employer"],
    }
    return open_draft(**{**given, **changes})


def test_the_whole_archive_is_chosen_at_first(world, round_):
    item = add_item(owner=world.people["lin"], kind="summary", facts={}, details={"text": "总结"})

    application = begun(world, round_)

    assert list(application.items.all()) == [item]
    leave_out(application=application, item=item, by=world.people["lin"])
    assert list(application.items.all()) == []
    take_in(application=application, item=item, by=world.people["lin"])
    assert list(application.items.all()) == [item]


def test_a_record_and_the_statement_that_there_is_none_never_go_in_together(world, round_):
    """Left out, stated to be none, and then chosen after all: what is signed does not say both."""
    lin, application = world.people["lin"], begun(world, round_)
    honour = add_item(owner=lin, kind="honour", facts={}, details={}, application=application)
    leave_out(application=application, item=honour, by=lin)
    nothing = state_nothing(owner=lin, section="honours", application=application)
    assert list(application.items.all()) == [nothing]

    take_in(application=application, item=honour, by=lin)
    assert list(application.items.all()) == [honour]

    withdraw(application=application, by=lin)
    assert list(begun(world, round_).items.all()) == [honour]


def test_nobody_elses_record_is_taken_in(world, round_):
    item = add_item(owner=world.people["zhou"], kind="summary", facts={}, details={"text": "总结"})

    with pytest.raises(Refused):
        take_in(application=begun(world, round_), item=item, by=world.people["lin"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"level": "full_senior"}, "层级"),
        ({"direction": "hydrogen"}, "专业方向"),
        ({"claims": ["friendship"]}, "申报途径"),
        ({"employer": "supervising_body"}, "用人单位"),
        ({"employer": "other_region"}, "用人单位"),
    ],
)
def test_a_choice_outside_the_round_is_refused(world, round_, changes, words):
    if "employer" in changes:
        changes = {"employer": world.units[changes["employer"]]}

    with pytest.raises(Refused, match=words):
        begun(world, round_, **changes)


def test_nothing_is_begun_after_the_window(world, round_):
    clock.move_to(clock.end_of(round_.applicant_closes_on))

    with pytest.raises(Refused, match="24:00 截止"):
        begun(world, round_)


def test_one_application_a_round_and_specialty_a_year(world, round_):
    begun(world, round_)
    with pytest.raises(Refused, match="已有一份申报"):
        begun(world, round_)


def test_a_withdrawn_application_does_not_count(world, round_, draft):
    walk.submit(draft)
    withdraw(application=draft, by=world.people["lin"])

    assert begun(world, round_).pk != draft.pk


def test_a_draft_given_up_frees_the_year(world, round_):
    draft, lin = begun(world, round_), world.people["lin"]
    other = Round.objects.get(pk=round_.pk)
    other.pk, other.public_id, other.name, other.specialty = None, uuid.uuid4(), "另一专业", "hydrogen"
    other.save(force_insert=True)

    with pytest.raises(Refused, match="请先在“我的申报”中撤回"):
        begun(world, other)
    withdraw(application=draft, by=lin)
    assert begun(world, other).round == other


def test_changes_stop_at_submission(world, draft):
    change_draft(
        application=draft,
        level=filing.LEVEL,
        employer=world.units["employer"],
        direction="recycling",
        claims=["conversion"],
        by=world.people["lin"],
    )
    assert (draft.direction, draft.claims) == ("recycling", ["conversion"])
    walk.submit(draft)
    with pytest.raises(Refused, match="退回补正"):
        leave_out(application=draft, item=draft.items.first(), by=world.people["lin"])
