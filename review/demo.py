"""The demonstration's expert pool: thirty-six made-up experts, 钱专家 among them, lawful with room for recusals.

Three are skilled workers, and two of those work where 林申报 does: the system recuses them, so that 钱专家, the third,
is in every lawful panel and the person at the keyboard can sit in the meeting. Nothing is bent for it.
"""

from datetime import date

from portal import demo as portal_demo
from portal.demo import World
from portal.models import Ownership, User
from review.models import PoolMember, PoolState
from review.services import ExpertFacts, enrol

TERM = date(2024, 6, 1), date(2027, 5, 31)
SURNAMES = "冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛"
KINDS = (
    Ownership.PUBLIC,
    Ownership.PRIVATE,
    Ownership.STATE,
    Ownership.PUBLIC,
    Ownership.PRIVATE,
    Ownership.SOCIAL,
)
UNIT_NAMES = {
    Ownership.PUBLIC: "示范电池研究院{number}所",
    Ownership.PRIVATE: "示范新能源{number}公司",
    Ownership.STATE: "示范电源集团{number}公司",
    Ownership.SOCIAL: "示范电池行业协会{number}分会",
}
COLLEAGUES = (1, 2)
DIRECTIONS = ("materials", "cells", "recycling", "services")


def load(world: World) -> None:
    """Enrols the pool in the committee where it is not yet there; `by` is the office's clerk."""
    committee, office_clerk = world.units["committee"], world.people["sun"]
    experts = [world.people["qian"], *(_expert(number) for number in range(1, len(SURNAMES) + 1))]
    for number, person in enumerate(experts):
        world.people.setdefault(person.username, person)
        if not PoolMember.objects.filter(committee=committee, expert__user=person, state=PoolState.ACTIVE).exists():
            enrol(
                by=office_clerk,
                committee=committee,
                user=person,
                facts=_colleague(world) if number in COLLEAGUES else _facts(number),
                term_from=TERM[0],
                term_until=TERM[1],
            )


def _expert(number: int) -> User:
    return portal_demo.person(f"expert{number:02d}", f"{SURNAMES[number - 1]}评委")


def _colleague(world: World) -> ExpertFacts:
    """A skilled worker of the applicant's own unit."""
    employer = world.units["employer"]
    return ExpertFacts(
        title_level="full_senior",
        employer_kind=employer.ownership,
        unit_name=employer.name,
        organization=employer,
        skilled=True,
        directions=DIRECTIONS[:1],
    )


def _facts(number: int) -> ExpertFacts:
    kind = KINDS[number % len(KINDS)]
    return ExpertFacts(
        title_level="associate_senior" if number % 3 == 2 else "full_senior",
        employer_kind=kind,
        unit_name=UNIT_NAMES[kind].format(number=number // len(KINDS) + 1),
        skilled=number == 0,
        directions=(DIRECTIONS[number % len(DIRECTIONS)],),
    )
