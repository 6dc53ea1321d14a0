"""People who hold a right and use it where it is not theirs: on themselves, for a former employer, across regions."""

from datetime import date

import pytest

from applications import services
from applications.errors import Refused
from applications.models import Application, Round
from applications.services.steps import SUPERVISOR_CHECKS
from portal import clock, demo
from portal.access import Forbidden
from portal.models import Membership, Organization, OrganizationKind, User
from portal.roles import Role
from review import services as review
from review.errors import ReviewError
from review.models import ExpertProfile
from tests.applications import walk

pytestmark = pytest.mark.django_db

LINES = [{"section": "basics", "text": "照片不清晰"}, {"section": "matters", "text": "请核对用人单位"}]
RETURN = {"note": "请补正", "corrections": LINES, "due_on": date(2025, 4, 2)}


def appoint(user: User, organization: Organization, role: Role) -> User:
    Membership.objects.create(user=user, organization=organization, role=role.value)
    return user


def test_nobody_decides_verifies_or_assesses_their_own_application(draft, world):
    lin = appoint(world.people["lin"], world.units["employer"], Role.EMPLOYER_CLERK)
    walk.submit(draft)
    item = draft.items.first()

    with pytest.raises(Refused, match="本人"):
        services.verify_item(application=draft, item=item, by=lin)
    with pytest.raises(Refused, match="本人"):
        services.assess(application=draft, by=lin, performance="passed", ethics="很好")
    clause = services.attestable(draft)[0].number
    with pytest.raises(Refused, match="本人"):
        services.attest(application=draft, clause=clause, value=True, by=lin)
    with pytest.raises(Refused, match="本人"):
        walk.decide(draft, lin, "refuse", note="自己拒绝")


def test_nobody_accepts_their_own_application(draft, world):
    walk.supervised(draft, world)
    lin = appoint(world.people["lin"], world.units["office"], Role.OFFICE_CLERK)

    with pytest.raises(Refused, match="本人"):
        walk.decide(draft, lin)


def test_nobody_settles_the_objection_to_themselves_or_their_own(draft, world):
    lin = appoint(world.people["lin"], world.units["employer"], Role.EMPLOYER_CLERK)
    walk.submit(draft)
    notice = walk.post(draft, world)
    entry = notice.entries.get()
    objection = services.lodge_objection(entry=entry, text="业绩不实", contact="电话", by=world.people["zhou"])

    with pytest.raises(Refused, match="本人"):
        services.settle_objection(objection=objection, upheld=False, outcome="查无此事", by=lin)
    services.settle_objection(objection=objection, upheld=False, outcome="查无此事", by=world.people["wang"])


def change_employer(draft: Application, world: demo.World) -> Application:
    services.change_draft(
        application=draft,
        level=draft.level,
        employer=world.units["other_employer"],
        direction=draft.direction,
        claims=draft.claims,
        by=draft.applicant,
    )
    return draft


def test_another_employer_does_not_inherit_the_assessment(draft, world):
    walk.submit(draft)
    walk.verify_all(draft, world)
    walk.attest_all(draft, world)
    walk.assess(draft, world)
    walk.decide(draft, world.people["wang"], "return", **RETURN)
    walk.submit(change_employer(draft, world))

    assert (draft.performance_assessment, draft.ethics_assessment, draft.assessed_at) == ("", "", None)
    assert draft.attestations.count() == 0


def test_the_same_employer_keeps_its_assessment(draft, world):
    walk.submit(draft)
    walk.assess(draft, world)
    walk.decide(draft, world.people["wang"], "return", **RETURN)
    services.change_draft(
        application=draft, level=draft.level, employer=draft.employer, direction=draft.direction, claims=[],
        by=draft.applicant,
    )  # fmt: skip
    walk.submit(draft)

    assert draft.performance_assessment == "passed"


def test_another_employer_sees_nothing_before_it_is_submitted_there(draft, world):
    walk.submit(draft)
    walk.decide(draft, world.people["wang"], "return", **RETURN)
    change_employer(draft, world)
    wu = world.people["wu"]

    assert list(Application.objects.visible_to(wu)) == []
    walk.submit(draft)
    assert list(Application.objects.visible_to(wu)) == [draft]
    assert list(Application.objects.visible_to(world.people["wang"])) == []


def test_an_employer_that_was_closed_meanwhile_is_not_filed_at(draft, world):
    Organization.objects.filter(pk=draft.employer_id).update(is_active=False)

    with pytest.raises(Refused, match="用人单位"):
        walk.submit(Application.objects.get(pk=draft.pk))


def other_pool(world: demo.World) -> tuple[Organization, User]:
    """A committee of the other region, and the clerk of its office."""
    root = world.units["other_region"]
    office = Organization.objects.create(
        name="江西评审办", kind=OrganizationKind.REVIEW_OFFICE, parent=root, region="jiangxi"
    )
    committee = Organization.objects.create(
        name="江西评委会", kind=OrganizationKind.COMMITTEE, parent=office, region="jiangxi"
    )
    return committee, appoint(demo.person("gan", "甘他省"), office, Role.OFFICE_CLERK)


def test_another_office_does_not_rewrite_an_expert_of_this_pool(world):
    committee, gan = other_pool(world)
    expert = ExpertProfile.objects.select_related("user").first()
    before = ExpertProfile.objects.filter(pk=expert.pk).values().get()
    facts = review.ExpertFacts(
        title_level="associate_senior", employer_kind="government", unit_name="别处", organization=None, skilled=True,
        directions=(),
    )  # fmt: skip

    with pytest.raises(ReviewError, match="专家库"):
        review.enrol(
            by=gan, committee=committee, user=expert.user, facts=facts,
            term_from=date(2025, 1, 1), term_until=date(2027, 1, 1),
        )  # fmt: skip

    assert ExpertProfile.objects.filter(pk=expert.pk).values().get() == before


def test_an_office_of_the_other_region_sees_and_moves_nothing_here(draft, world):
    _committee, gan = other_pool(world)
    walk.supervised(draft, world)

    assert list(Application.objects.visible_to(gan)) == []
    assert list(Round.objects.managed_by(gan)) == []
    with pytest.raises(Refused):
        walk.decide(draft, gan)
    with pytest.raises(Forbidden):
        services.close_round(round=draft.round, by=gan)


def test_a_clerk_whose_role_ended_decides_nothing(draft, world):
    walk.ready_to_recommend(draft, world)
    Membership.objects.filter(user=world.people["wang"]).update(active=False)

    with pytest.raises(Refused):
        walk.decide(draft, world.people["wang"])
    assert list(Application.objects.visible_to(world.people["wang"])) == []


def test_the_list_names_whom_the_snapshot_names(draft, world):
    walk.submit(draft)
    User.objects.filter(pk=draft.applicant_id).update(name="改名人")
    draft.refresh_from_db()

    entry = walk.post(Application.objects.get(pk=draft.pk), world).entries.get()

    assert (entry.name, entry.unit) == ("林申报", "津能示范电池有限公司")


def test_supervisor_checks_cannot_be_left_out(draft, world):
    walk.recommended(draft, world)

    with pytest.raises(Refused):
        walk.decide(draft, world.people["zhao"], checks=dict.fromkeys(SUPERVISOR_CHECKS, "yes"))
    assert clock.today() > date(2025, 3, 3)
