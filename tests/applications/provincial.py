"""Jiangxi as the tests need it: its committee with its office, an enterprise with its body, a round of June 2023."""

from datetime import date, datetime

from applications import services
from applications.models import Application, Round
from portal import clock
from portal.demo import World
from portal.models import Membership, Organization, OrganizationKind, Ownership
from portal.roles import Role

POLICY = "jiangxi-lithium-2023"
IN_JUNE = datetime(2023, 6, 1, 9, tzinfo=clock.ZONE)


def committee(world: World) -> Organization:
    """A committee with its office, whose clerk is 周旁人."""
    region = world.units["other_region"]
    office = Organization.objects.create(
        name="新余市职称办（演示）", kind=OrganizationKind.REVIEW_OFFICE, parent=region, region="jiangxi"
    )
    Membership.objects.create(user=world.people["zhou"], organization=office, role=Role.OFFICE_CLERK.value)
    return Organization.objects.create(
        name="江西省锂电行业高级职称评审委员会（演示）",
        kind=OrganizationKind.COMMITTEE,
        parent=office,
        region="jiangxi",
        filed_until=date(2024, 12, 31),
    )


def employer(world: World) -> Organization:
    """A private enterprise below a supervising body."""
    region = world.units["other_region"]
    body = Organization.objects.create(
        name="渝水区人社局（演示）", kind=OrganizationKind.SUPERVISING_BODY, parent=region, region="jiangxi"
    )
    return Organization.objects.create(
        name="赣锂示范有限公司",
        kind=OrganizationKind.EMPLOYER,
        parent=body,
        region="jiangxi",
        ownership=Ownership.PRIVATE,
    )


def open_round(world: World, of: Organization) -> Round:
    return services.open_round(
        committee=of,
        policy_id=POLICY,
        year=2023,
        levels=["intermediate", "associate_senior"],
        dates=services.RoundDates(
            opens_on=date(2023, 6, 1),
            applicant_closes_on=date(2023, 6, 25),
            employer_closes_on=date(2023, 6, 30),
            supervisor_closes_on=date(2023, 7, 5),
            office_closes_on=date(2023, 7, 10),
            as_of=date(2022, 12, 31),
        ),
        by=world.people["zhou"],
    )


def open_draft(world: World) -> Application:
    """林申报's draft for 高级工程师."""
    round_ = open_round(world, committee(world))
    return services.open_draft(
        applicant=world.people["lin"], round=round_, level="associate_senior", employer=employer(world)
    )
