"""What was fetched and left as it was is read as such at every level: source, day, a stand-in named as one."""

import pytest

from applications import dossiers, services
from applications.connectors.stand_in import SocialInsurance
from applications.models import Application, ArchiveItem
from tests.applications import walk
from tests.applications.pages import address, words

LINE = "社会保险经办机构（演示数据），2025年3月3日获取，申报人没有改动"
STAND_IN = "这是演示数据，系统没有向任何部门查询，不能作为证明"


@pytest.fixture
def fetched(draft) -> ArchiveItem:
    return services.fetch_record(by=draft.applicant, connector=SocialInsurance(), consented=True, application=draft)


def test_the_applicant_reads_it_before_signing(draft, fetched, enter):
    assert LINE in words(enter("lin").get(address("application_check", draft.public_id)))


def test_every_level_reads_it_while_the_application_is_with_it(world, draft, fetched, enter):
    walk.submit(draft)
    seen = []
    for who, onward in (("wang", _recommend), ("zhao", _supervise), ("sun", None)):
        for page in ("dossier_detail", "step_verify"):
            told = words(enter(who).get(address(page, draft.public_id)))
            seen.append((who, page, LINE in told, STAND_IN in told))
        if onward:
            onward(draft, world)
    assert [one for one in seen if not all(one[2:])] == []
    assert len(seen) == 6


def _recommend(application: Application, world) -> None:
    walk.verify_all(application, world)
    walk.attest_all(application, world)
    walk.assess(application, world)
    walk.sit_out(walk.post(application, world), world)
    walk.decide(application, world.people["wang"])


def _supervise(application: Application, world) -> None:
    walk.decide(application, world.people["zhao"], checks=walk.CHECKS)


def test_what_was_changed_by_hand_afterwards_is_read_as_typed(draft, fetched, enter):
    facts = {**fetched.facts, "months": 99}
    services.change_item(item=fetched, facts=facts, details=fetched.details, by=draft.applicant)
    walk.submit(draft)

    assert "社会保险经办机构" not in words(enter("wang").get(address("dossier_detail", draft.public_id)))
    (record,) = [one for one in dossiers.frozen(walk.live(draft)) if one.kind == "social_insurance"]
    assert record.fetched == {}


def test_what_was_submitted_keeps_its_source_whatever_becomes_of_the_archive(draft, fetched, enter):
    walk.submit(draft)
    facts = {**fetched.facts, "months": 99}
    services.change_item(item=fetched, facts=facts, details=fetched.details, by=draft.applicant)

    assert LINE in words(enter("wang").get(address("dossier_detail", draft.public_id)))
