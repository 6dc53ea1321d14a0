"""The archive: records, statements of nothing, evidence."""

from io import BytesIO

import pytest

from applications.errors import Refused, Stale
from applications.models import ArchiveItem, Evidence
from applications.records import RecordError
from applications.services import (
    add_item,
    attach_evidence,
    change_item,
    limits_for,
    remove_evidence,
    remove_item,
    save_item,
    state_nothing,
)
from portal import files, jobs
from tests.applications import walk

PATENT = {"kind": "patent", "date": "2022-05-20", "patent_type": "invention", "granted": True, "rank": 2}


def patent(world, **details) -> ArchiveItem:
    return add_item(owner=world.people["lin"], kind="patent", facts=PATENT, details=details)


def test_a_record_keeps_facts_and_details_apart(world):
    item = patent(world, name="包覆方法", co_inventors="张发明")

    assert item.facts == PATENT
    assert item.details == {"name": "包覆方法", "co_inventors": "张发明"}


@pytest.mark.parametrize(
    ("kind", "facts", "details", "place"),
    [
        ("patent", {**PATENT, "patent_type": "idea"}, {}, "patent_type"),
        ("patent", {**PATENT, "colour": "red"}, {}, "colour"),
        ("patent", {**PATENT, "rank": 0}, {}, "rank"),
        ("education", {"awarded": "1.7.2010"}, {}, "awarded"),
        ("education", {}, {"verification_code": "123"}, "verification_code"),
        ("basics", {"status": "king"}, {}, "status"),
        ("consent", {"consent": "mother"}, {}, ""),
    ],
)
def test_what_the_rules_or_the_form_cannot_read_is_refused_by_name(world, kind, facts, details, place):
    with pytest.raises(RecordError) as refusal:
        add_item(owner=world.people["lin"], kind=kind, facts=facts, details=details)

    assert refusal.value.place == place
    assert ArchiveItem.objects.count() == 0


def test_two_windows_do_not_overwrite_each_other(world):
    item = patent(world, name="甲")
    seen = item.content_sha256
    change_item(item=item, facts=PATENT, details={"name": "乙"}, by=world.people["lin"], seen_sha256=seen)

    with pytest.raises(Stale):
        change_item(item=item, facts=PATENT, details={"name": "丙"}, by=world.people["lin"], seen_sha256=seen)

    item.refresh_from_db()
    assert item.details == {"name": "乙"}


def test_of_some_records_there_is_one(world):
    lin = world.people["lin"]
    first = save_item(owner=lin, kind="summary", facts={}, details={"text": "一"})
    second = save_item(owner=lin, kind="summary", facts={}, details={"text": "二"})

    assert first.pk == second.pk
    assert second.details == {"text": "二"}
    with pytest.raises(Refused):
        add_item(owner=lin, kind="summary", facts={}, details={"text": "三"})


def test_others_cannot_touch_a_record(world):
    item = patent(world)
    for act in (
        lambda: change_item(item=item, facts=PATENT, details={}, by=world.people["zhou"]),
        lambda: remove_item(item=item, by=world.people["zhou"]),
    ):
        with pytest.raises(Refused):
            act()


def test_nothing_is_stated_and_taken_back_by_a_record(world, empty_draft):
    lin = world.people["lin"]
    statement = state_nothing(owner=lin, section="honours", application=empty_draft)
    assert state_nothing(owner=lin, section="honours", application=empty_draft) == statement

    add_item(
        owner=lin,
        kind="honour",
        facts={"name": "haihe_craftsman", "date": "2022-01-01"},
        details={},
        application=empty_draft,
    )

    statement.refresh_from_db()
    assert statement.removed_at is not None
    with pytest.raises(Refused, match="已有条目"):
        state_nothing(owner=lin, section="honours", application=empty_draft)


def test_what_must_be_filled_in_cannot_be_stated_away(world, empty_draft):
    with pytest.raises(Refused, match="不能声明没有"):
        state_nothing(owner=world.people["lin"], section="education", application=empty_draft)


def test_evidence_goes_by_content_and_the_packs_limits(world, empty_draft):
    item, lin = patent(world), world.people["lin"]
    assert limits_for(empty_draft.round).max_bytes == 2 * 1024 * 1024

    evidence = attach_evidence(application=empty_draft, item=item, upload=walk.picture(), name="证书.pdf", by=lin)

    assert (evidence.section, evidence.slot, evidence.file.content_type) == ("patents", "certificate", "image/jpeg")
    for data in (b"MZ pretending to be a picture", b"\xff\xd8\xff" + b"0" * (2 * 1024 * 1024)):
        with pytest.raises(files.Refused):
            attach_evidence(application=empty_draft, item=item, upload=BytesIO(data), name="证书.jpg", by=lin)
    assert Evidence.objects.count() == 1


def test_evidence_is_part_of_what_was_verified(world, empty_draft):
    item, lin = patent(world), world.people["lin"]
    before = item.content_sha256
    evidence = attach_evidence(application=empty_draft, item=item, upload=walk.picture(), name="证书.jpg", by=lin)
    item.refresh_from_db()
    with_file = item.content_sha256
    assert with_file != before

    jobs.work_off()
    item.refresh_from_db()
    assert item.content_sha256 == with_file

    remove_evidence(evidence=evidence, by=lin)
    item.refresh_from_db()
    assert item.content_sha256 == before


def test_a_section_without_a_slot_takes_no_file(world, empty_draft):
    with pytest.raises(Refused, match="不需要上传"):
        attach_evidence(
            application=empty_draft, section="summary", upload=walk.picture(), name="a.jpg", by=world.people["lin"]
        )
