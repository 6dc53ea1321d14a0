"""The demonstration's round and the applicant's archive: made through services, from `demo/lin/records.json`."""

import json
from datetime import date
from pathlib import Path

from django.conf import settings

from applications import services
from applications.models import Application, Round, RoundContent
from applications.services.rounds import RoundDates
from demo import make_evidence
from portal import privacy
from portal.demo import World
from portal.models import Organization, OrganizationKind, Ownership

POLICY = "tianjin-lithium-2022"
LEVEL = "associate_senior"
INPUTS = Path(settings.BASE_DIR) / "demo" / "lin"
PLAN = RoundDates(
    opens_on=date(2025, 3, 3),
    applicant_closes_on=date(2025, 3, 31),
    employer_closes_on=date(2025, 4, 18),
    supervisor_closes_on=date(2025, 4, 30),
    office_closes_on=date(2025, 5, 16),
    as_of=date(2025, 3, 31),
)

PAGE = services.Words(
    notice_title="关于开展2025年度锂离子电池专业职称评审的通知（演示）",
    notice_number="演示文号 2025-1",
    plan="材料评审在5月下旬，会议评审在6月。参评专家在会前抽取。",
    preparation="请先在“业绩档案”中填好学历、职称和业绩，再开始申报。",
    contacts="天津市职称办（演示） 000-00000001\n南开区人社局职称评审办公室（演示） 000-00000002",
)


def load(world: World) -> None:
    """Opens the round and fills in 林申报's draft, ready to be checked and submitted; once."""
    round_ = demo_round(world)
    tell_of(world, round_)
    lin = world.people["lin"]
    if not Application.objects.filter(applicant=lin, round=round_).exists():
        fill_in(world, round_, agreed=False)  # 林申报 reads the privacy notice and agrees on its page


def demo_round(world: World) -> Round:
    """The round of the demonstration, opened by 孙受理 where it is not there yet."""
    there = Round.objects.filter(committee=world.units["committee"], year=PLAN.opens_on.year).first()
    return there or services.open_round(
        committee=world.units["committee"],
        policy_id=POLICY,
        year=PLAN.opens_on.year,
        levels=[LEVEL],
        dates=PLAN,
        by=world.people["sun"],
    )


def tell_of(world: World, round_: Round) -> None:
    """The words of the round's page, and a window for those without an employer; all made up."""
    if not RoundContent.objects.filter(round=round_).exists():
        services.set_content(round=round_, words=PAGE, by=world.people["sun"])
    Organization.objects.get_or_create(
        name="民营企业职称申报专门窗口（演示）",
        defaults={
            "kind": OrganizationKind.SERVICE_WINDOW,
            "ownership": Ownership.GOVERNMENT,
            "parent": world.units["supervising_body"],
        },
    )


def fill_in(
    world: World, round_: Round, *, applicant: str = "lin", employer: str = "employer", agreed: bool = True
) -> Application:
    """A complete draft of a persona at an employer, from the recorded inputs; `agreed` to the privacy notice or not."""
    person, inputs = world.people[applicant], json.loads((INPUTS / "records.json").read_text(encoding="utf-8"))
    evidence = make_evidence.folder()
    if agreed:
        privacy.agree(by=person)
    application = services.open_draft(
        applicant=person,
        round=round_,
        level=LEVEL,
        employer=world.units[employer],
        direction=inputs["direction"],
    )
    for record in inputs["records"]:
        item = services.add_item(
            owner=person,
            kind=record["kind"],
            facts=record["facts"],
            details=record["details"],
            application=application,
        )
        for name in record["files"]:
            with (evidence / name).open("rb") as file:
                services.attach_evidence(application=application, item=item, upload=file, name=name, by=person)
    for section in inputs["nothing"]:
        services.state_nothing(owner=person, section=section, application=application)
    return application
