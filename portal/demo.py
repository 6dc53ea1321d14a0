"""The demonstration's organisations and personas, all made up: the same in `make run`, `make demo`, tests and docs."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from portal import identity
from portal.models import Membership, Organization, OrganizationKind, Ownership, User
from portal.roles import ROLE_LABELS, Role

PASSWORD = "demo-2025-portal"  # noqa: S105  printed by make run; the demonstration holds made-up data only


@dataclass(frozen=True, slots=True)
class Unit:
    key: str
    name: str
    kind: OrganizationKind
    parent: str = ""
    ownership: str = ""
    uscc: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """A person of the demonstration; `role` and `unit` are empty for applicants, experts and outsiders."""

    username: str
    name: str
    duty: str
    number: str
    role: Role | None = None
    unit: str = ""


@dataclass
class World:
    """What the demonstration holds, by the keys of the tables below."""

    units: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)


UNITS = (
    Unit("region", "天津（演示）", OrganizationKind.REGION, region="tianjin"),
    Unit("title_office", "天津市职称办（演示）", OrganizationKind.TITLE_OFFICE, "region", Ownership.GOVERNMENT),
    Unit(
        "office",
        "南开区人社局职称评审办公室（演示）",
        OrganizationKind.REVIEW_OFFICE,
        "title_office",
        Ownership.GOVERNMENT,
    ),
    Unit(
        "committee",
        "天津市锂离子电池专业副高级职称评审委员会（演示）",
        OrganizationKind.COMMITTEE,
        "office",
    ),
    Unit(
        "other_office",
        "天津市人才考评中心（演示）",
        OrganizationKind.REVIEW_OFFICE,
        "title_office",
        Ownership.GOVERNMENT,
    ),
    Unit(
        "supervising_body",
        "南开区工业和信息化局（演示）",
        OrganizationKind.SUPERVISING_BODY,
        "region",
        Ownership.GOVERNMENT,
    ),
    Unit(
        "other_body",
        "滨海新区工业和信息化局（演示）",
        OrganizationKind.SUPERVISING_BODY,
        "region",
        Ownership.GOVERNMENT,
    ),
    Unit(
        "employer",
        "津能示范电池有限公司",
        OrganizationKind.EMPLOYER,
        "supervising_body",
        Ownership.PRIVATE,
        "91120104MADEM10016",
    ),
    Unit(
        "other_employer",
        "海河示范材料有限公司",
        OrganizationKind.EMPLOYER,
        "other_body",
        Ownership.STATE,
        "91120104MADEM2002G",
    ),
    Unit("other_region", "江西（演示）", OrganizationKind.REGION, region="jiangxi"),
)

PERSONAS = (
    Persona("lin", "林申报", "申报人", "120104198805121016"),
    Persona("wang", "王人事", "单位人事", "120104198509072029", Role.EMPLOYER_CLERK, "employer"),
    Persona("zhao", "赵主管", "主管部门经办", "120104197911233033", Role.SUPERVISOR_CLERK, "supervising_body"),
    Persona("sun", "孙受理", "评审办经办", "120104198303184041", Role.OFFICE_CLERK, "office"),
    Persona("qian", "钱专家", "评审专家", "120104197606155059"),
    Persona("zhou", "周旁人", "无关人员", "120104199001016063"),
    Persona("wu", "吴外单", "另一单位人事", "120104198602027070", Role.EMPLOYER_CLERK, "other_employer"),
    Persona("zheng", "郑他办", "另一评审办经办", "120104198703038086", Role.OFFICE_CLERK, "other_office"),
    Persona("feng", "冯职称", "市职称办", "120104197804049097", Role.TITLE_OFFICER, "title_office"),
    Persona("chen", "陈监督", "监督员", "120104198105051109", Role.INSPECTOR, "title_office"),
)


def load(world: World) -> None:
    """Makes the organisations and personas that are not there yet and fills the world with them."""
    for unit in UNITS:
        parent = world.units.get(unit.parent)
        world.units[unit.key], _ = Organization.objects.get_or_create(
            name=unit.name,
            defaults={
                "kind": unit.kind,
                "ownership": unit.ownership,
                "uscc": unit.uscc,
                "parent": parent,
                "region": unit.region or (parent.region if parent else ""),
                "filed_until": date(2027, 12, 31) if unit.kind == OrganizationKind.COMMITTEE else None,
            },
        )
    for order, persona in enumerate(PERSONAS, 1):
        world.people[persona.username] = person(
            persona.username, persona.name, number=persona.number, mobile=f"1380000{order:04d}"
        )
        if persona.role:
            Membership.objects.get_or_create(
                user=world.people[persona.username], organization=world.units[persona.unit], role=persona.role.value
            )


def person(username: str, name: str, *, number: str = "", mobile: str | None = None) -> User:
    """A person with the demonstration's password; an existing one is returned as it is."""
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create(
            username=username, name=name, email=f"{username}@demo.example", mobile=mobile, password=_hashed()
        )
        if number:
            identity.set_document(user, kind="resident_id", number=number, by=user)
    return user


@cache
def _hashed() -> str:
    """One hash for all: hashing is slow by design, and the password is printed anyway."""
    return make_password(PASSWORD)


def table() -> str:
    """The personas as lines a terminal can show."""
    units = {unit.key: unit.name for unit in UNITS}
    lines = [f"{'登录名':<8}{'姓名':<6}身份"]
    for persona in PERSONAS:
        where = f"（{units[persona.unit]}，{ROLE_LABELS[persona.role]}）" if persona.role else ""
        lines.append(f"{persona.username:<10}{persona.name:<6}{persona.duty}{where}")
    return "\n".join([*lines, f"密码均为：{PASSWORD}"])
