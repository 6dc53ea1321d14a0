"""Statements composed once: the same rows as the queryset's, for whatever values, and read anew each time."""

from uuid import uuid4

import pytest
from django.db.models import Count, QuerySet

from portal.composed import composed, remember
from portal.models import Membership, Message, Organization, User
from portal.roles import Role

pytestmark = pytest.mark.django_db


@composed
def members(organization, role) -> QuerySet[Membership]:
    return Membership.objects.filter(organization=organization, role=role, active=True).select_related("user")


@composed
def named(public_id) -> QuerySet[User, tuple[str, str]]:
    return User.objects.filter(public_id=public_id).values_list("username", "name")


@composed
def held(user) -> QuerySet[Message, int]:
    counted = Message.objects.filter(recipient=user).order_by().values("recipient").annotate(count=Count("pk"))
    return counted.values_list("count", flat=True)


@pytest.fixture
def staff(office, lin, sun) -> Organization:
    """The office, with a manager beside its clerk."""
    Membership.objects.create(user=lin, organization=office, role=Role.TITLE_OFFICER)
    return office


def test_each_asking_has_the_values_of_its_own(staff, lin, sun):
    asked = {role: [one.user for one in members(staff.pk, role)] for role in (Role.OFFICE_CLERK, Role.TITLE_OFFICER)}
    assert asked == {Role.OFFICE_CLERK: [sun], Role.TITLE_OFFICER: [lin]}
    assert members(staff.pk, "nobody") == members(0, Role.OFFICE_CLERK) == []


def test_what_is_joined_costs_no_further_query(staff, sun, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [one.user.name for one in members(staff.pk, Role.OFFICE_CLERK)] == [sun.name]


def test_a_public_id_is_found_as_the_database_keeps_it(lin):
    assert named(lin.public_id) == [(lin.username, lin.name)]
    assert named(uuid4()) == []


def test_rows_are_read_whenever_they_are_asked_for(lin):
    assert held(lin.pk) == []
    for count in (1, 2):
        Message.objects.create(recipient=lin, template="note", subject="消息", body="……")
        assert held(lin.pk) == [count]


def test_a_value_too_many_or_too_few_is_refused(lin):
    for values in ((), (lin.pk, "lin")):
        with pytest.raises(ValueError, match="zip"):
            held(*values)


def test_what_is_remembered_answers_as_if_it_had_been_fetched_before(staff, django_assert_num_queries):
    known = list(staff.memberships.order_by("pk"))
    remember(staff, "memberships", known)
    with django_assert_num_queries(0):
        assert list(staff.memberships.all()) == known
        assert all(one.organization is staff for one in known)
    with django_assert_num_queries(1):
        assert staff.memberships.filter(role=Role.OFFICE_CLERK).count() == 1
