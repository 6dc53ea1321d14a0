"""The other provinces as the tests need them: a committee with its office, units with their body, a round of the year."""

from dataclasses import dataclass
from datetime import date, datetime

from applications import services
from applications.models import Application, Round
from portal import clock, demo
from portal.demo import World
from portal.models import Membership, Organization, OrganizationKind, Ownership, User
from portal.roles import Role


@dataclass(frozen=True, slots=True)
class Province:
    """Names are made up. `clerk` is the office's, by username and name; `moment` the day on which the round opens."""

    key: str
    region: str
    policy: str
    levels: tuple[str, ...]
    moment: datetime
    dates: services.RoundDates
    clerk: tuple[str, str]
    office: str
    committee: str
    body: str
    employer: str
    institution: str


JIANGXI = Province(
    key="jiangxi",
    region="江西（演示）",
    policy="jiangxi-lithium-2023",
    levels=("intermediate", "associate_senior"),
    moment=datetime(2023, 6, 1, 9, tzinfo=clock.ZONE),
    dates=services.RoundDates(
        opens_on=date(2023, 6, 1),
        applicant_closes_on=date(2023, 6, 25),
        employer_closes_on=date(2023, 6, 30),
        supervisor_closes_on=date(2023, 7, 5),
        office_closes_on=date(2023, 7, 10),
        as_of=date(2022, 12, 31),
    ),
    clerk=("zhou", "周旁人"),
    office="新余市职称办（演示）",
    committee="江西省锂电行业高级职称评审委员会（演示）",
    body="渝水区人社局（演示）",
    employer="赣锂示范有限公司",
    institution="新余示范锂电检测研究院",
)
ZHEJIANG = Province(
    key="zhejiang",
    region="浙江（演示）",
    policy="zhejiang-battery-2020",
    levels=("associate_senior",),
    moment=datetime(2020, 9, 1, 9, tzinfo=clock.ZONE),
    dates=services.RoundDates(
        opens_on=date(2020, 9, 1),
        applicant_closes_on=date(2020, 9, 30),
        employer_closes_on=date(2020, 10, 20),
        supervisor_closes_on=date(2020, 10, 31),
        office_closes_on=date(2020, 11, 30),
        as_of=date(2020, 12, 31),
    ),
    clerk=("yan", "严受理"),
    office="浙江省蓄电池行业高评委办公室（演示）",
    committee="浙江省蓄电池行业高级工程师评审委员会（演示）",
    body="长兴县人社局（演示）",
    employer="长兴示范蓄电池有限公司",
    institution="浙江示范蓄电池检测院",
)

POLICY = JIANGXI.policy
IN_JUNE = JIANGXI.moment


def committee(world: World, of: Province = JIANGXI) -> Organization:
    """A committee with its office, of which the province's clerk is one."""
    office = Organization.objects.create(
        name=of.office, kind=OrganizationKind.REVIEW_OFFICE, parent=_root(of), region=of.key
    )
    Membership.objects.create(user=clerk(world, of), organization=office, role=Role.OFFICE_CLERK.value)
    return Organization.objects.create(
        name=of.committee,
        kind=OrganizationKind.COMMITTEE,
        parent=office,
        region=of.key,
        filed_until=date(2024, 12, 31),
    )


def clerk(world: World, of: Province = JIANGXI) -> User:
    return world.people.setdefault(of.clerk[0], demo.person(*of.clerk))


def employer(of: Province = JIANGXI) -> Organization:
    """A private enterprise below a supervising body."""
    return unit(of, of.employer, Ownership.PRIVATE)


def unit(of: Province, name: str, ownership: Ownership) -> Organization:
    """A unit below the province's supervising body."""
    body, _ = Organization.objects.get_or_create(
        name=of.body, defaults={"kind": OrganizationKind.SUPERVISING_BODY, "parent": _root(of), "region": of.key}
    )
    return Organization.objects.create(
        name=name, kind=OrganizationKind.EMPLOYER, parent=body, region=of.key, ownership=ownership
    )


def open_round(world: World, by: Organization, of: Province = JIANGXI) -> Round:
    return services.open_round(
        committee=by,
        policy_id=of.policy,
        year=of.moment.year,
        levels=of.levels,
        dates=of.dates,
        by=clerk(world, of),
    )


def open_draft(world: World) -> Application:
    """林申报's draft for 高级工程师."""
    round_ = open_round(world, committee(world))
    return services.open_draft(
        applicant=world.people["lin"], round=round_, level="associate_senior", employer=employer()
    )


def _root(of: Province) -> Organization:
    root, _ = Organization.objects.get_or_create(
        name=of.region, defaults={"kind": OrganizationKind.REGION, "region": of.key}
    )
    return root
