"""Everything that authorities hold at one press: once the archive is complete, with consent to each, told one by one."""

import pytest
from django.test import Client

from applications import connectors, services
from applications.connectors import registry
from applications.connectors.stand_in import Papers, Portrait, SocialInsurance
from applications.errors import Refused
from applications.fetched import mark_of
from applications.models import Application, ArchiveItem, Evidence
from portal.models import AuditEntry
from tests.applications.pages import address, words

STAND_INS = [
    f"applications.connectors.stand_in.{name}" for name in ("Degrees", "SocialInsurance", "Papers", "Portrait")
]
ALL = ["education", "social_insurance", "paper", "basics"]
PAGE = address("archive_fetch_all")


@pytest.fixture
def lin(enter, settings, monkeypatch) -> Client:
    monkeypatch.setattr(registry, "stand_ins_are_allowed", lambda: True)
    settings.CONNECTORS = STAND_INS
    return enter("lin")


@pytest.fixture
def complete(draft) -> Application:
    """林申报's archive holds all that the demonstration's application needs, with a code at the degree."""
    degree = draft.items.kept().filter(kind="education").last()
    details = {**degree.details, "verification_code": "AB12CD34EF56", "verification_expires_on": "2025-12-31"}
    services.change_item(item=degree, facts=degree.facts, details=details, by=draft.applicant)
    return draft


def own(world, kind: str) -> list[ArchiveItem]:
    return list(ArchiveItem.objects.kept().filter(owner=world.people["lin"], kind=kind))


@pytest.mark.duty("ZJ15-029")
def test_insurance_degree_photo_and_papers_come_once_the_archive_is_complete(world, complete, lin):
    assert "档案齐全后，一并获取" in words(lin.get(address("archive")))
    assert lin.get(PAGE).context["form"]["kinds"].value() in (None, [])

    answer = lin.post(PAGE, {"kinds": ALL}, follow=True)

    told = words(answer)
    sources = [str(connector.source) for connector in connectors.connected().values()]
    assert [source for source in sources if f"已从{source}获取。" not in told] == []
    (insurance,) = own(world, "social_insurance")
    degrees = [item for item in own(world, "education") if item.details.get("verification_code")]
    papers = [item for item in own(world, "paper") if item.fetched]
    assert [mark_of(item).source for item in (insurance, degrees[-1], *papers)] == [
        "社会保险经办机构（演示数据）", "学信网（演示数据）", "论文数据库（演示数据）", "论文数据库（演示数据）",
    ]  # fmt: skip
    assert ([item.facts["level"] for item in degrees], len(papers)) == (["bachelor"] * len(degrees), 2)
    portrait = services.portrait_of(world.people["lin"])
    assert portrait.file.name == "照片（人像信息库（演示数据），2025年3月3日获取）.jpg"
    assert Evidence.objects.kept().filter(owner=world.people["lin"], slot="photo").count() == 1
    assert AuditEntry.objects.filter(act="record.fetch").count() == len(degrees) + 3


@pytest.mark.duty("ZJ15-029")
def test_before_that_nothing_is_asked_and_what_is_missing_is_told(world, lin):
    page = lin.get(PAGE)
    assert "“工作经历”尚未填写。" in words(page)
    assert address("archive_section_detail", "posts") in page.content.decode()
    assert "获取所选各项" not in words(page)

    answer = lin.post(PAGE, {"kinds": ALL})

    assert (answer.status_code, "“工作经历”尚未填写" in words(answer)) == (409, True)
    assert AuditEntry.objects.filter(act="record.fetch").count() == 0


@pytest.mark.parametrize("connector", [Papers(), Portrait()], ids=["papers", "photo"])
def test_nor_by_themselves(world, connector):
    with pytest.raises(Refused, match="尚未填写"):
        services.fetch_record(by=world.people["lin"], connector=connector, consented=True)


def test_insurance_alone_waits_for_nothing(world):
    assert services.fetch_record(by=world.people["lin"], connector=SocialInsurance(), consented=True).facts


def test_only_what_was_consented_to_is_asked(world, complete, lin):
    assert lin.post(PAGE, {}).status_code == 422
    lin.post(PAGE, {"kinds": ["social_insurance"]})
    assert [item.kind for item in ArchiveItem.objects.kept().exclude(fetched={})] == ["social_insurance"]


def test_one_that_fails_stops_no_other(world, complete, lin, monkeypatch):
    def away(self, question, *, timeout):
        raise connectors.Away(str(self.source))

    monkeypatch.setattr(Papers, "fetch", away)

    told = words(lin.post(PAGE, {"kinds": ["paper", "social_insurance"]}, follow=True))

    assert "论文数据库（演示数据）暂时没有应答" in told
    assert "已从社会保险经办机构（演示数据）获取。" in told


def test_asked_again_the_same_papers_are_brought_up_to_date(world, complete):
    for _time in range(2):
        services.fetch_record(by=world.people["lin"], connector=Papers(), consented=True)
    assert len([item for item in own(world, "paper") if item.fetched]) == 2


def test_papers_asked_for_at_a_record_leave_that_record_alone(world, complete, lin):
    typed = services.add_item(
        owner=complete.applicant, kind="paper",
        facts={"kind": "paper", "date": "2020-01-01", "venue": "journal", "author": "first"},
        details={"title": "自己的论文", "journal": "学报"},
    )  # fmt: skip
    lin.post(f"{address('archive_record_fetch', 'paper')}?item={typed.public_id}", {"consented": "on"})
    typed.refresh_from_db()
    assert (typed.details["title"], typed.fetched) == ("自己的论文", {})
    assert len([item for item in own(world, "paper") if item.fetched]) == 2


def test_where_nobody_is_connected_the_archive_offers_nothing(world, enter, settings):
    settings.CONNECTORS = []
    lin = enter("lin")
    assert "一并获取" not in words(lin.get(address("archive")))
    assert lin.get(PAGE).headers["Location"] == address("archive")
