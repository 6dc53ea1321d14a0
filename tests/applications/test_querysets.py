"""Who sees what, at every stage."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from applications.models import Application, ArchiveItem, Evidence, Notice, Round, RoundState
from applications.views.own import seen
from portal.models import Membership, User
from tests.applications import walk

EVERYBODY = ("lin", "wang", "zhao", "sun", "qian", "zhou", "wu", "zheng", "feng", "chen")


def seers(queryset, world) -> set[str]:
    return {name for name in EVERYBODY if queryset.visible_to(world.people[name]).exists()}


def opens(person: User, application: Application) -> bool:
    """Whether the pages of one application find it for the person; they ask otherwise where somebody works nowhere."""
    try:
        return seen(User.objects.get(pk=person.pk), application.public_id) == application
    except Http404:
        return False


@pytest.mark.parametrize(
    ("walked", "expected"),
    [
        (None, {"lin"}),
        (walk.submit, {"lin", "wang", "feng", "chen"}),
        (walk.recommended, {"lin", "wang", "zhao", "feng", "chen"}),
        (walk.supervised, {"lin", "wang", "zhao", "sun", "feng", "chen"}),
    ],
)
def test_an_application_opens_level_by_level(draft, world, walked, expected):
    if walked:
        walked(draft) if walked is walk.submit else walked(draft, world)

    for model in (Application, ArchiveItem, Evidence):
        assert seers(model.objects, world) == expected
        assert not model.objects.visible_to(AnonymousUser()).exists()
    assert {name for name in EVERYBODY if opens(world.people[name], draft)} == expected


def test_another_region_sees_nothing(draft, world):
    walk.supervised(draft, world)
    stranger = User.objects.create_user("jiang", name="江外省")
    Membership.objects.create(user=stranger, organization=world.units["other_region"], role="title_officer")

    assert not Application.objects.visible_to(stranger).exists()
    assert not Notice.objects.visible_to(stranger).exists()


def test_rounds_in_preparation_stay_with_their_office(round_, world):
    assert seers(Round.objects, world) == set(EVERYBODY)
    Round.objects.update(state=RoundState.DRAFT)
    assert seers(Round.objects, world) == {"sun", "feng", "chen"}


def test_a_units_notice_is_the_units(draft, world):
    walk.submit(draft)
    walk.post(draft, world)

    assert seers(Notice.objects, world) == {"lin", "wang", "feng", "chen"}
    assert not Notice.objects.public().exists()


def test_a_membership_that_ended_shows_nothing(draft, world):
    walk.submit(draft)
    Membership.objects.filter(user=world.people["wang"]).update(active=False)

    assert not Application.objects.visible_to(world.people["wang"]).exists()
