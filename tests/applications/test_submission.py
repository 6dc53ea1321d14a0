"""Submitting once, on what was checked, in time, complete; withdrawing."""

import json
import re
from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from applications import dossiers, invariants, services
from applications.errors import IllegalMove, Incomplete, Refused
from applications.models import ArchiveItem, Snapshot, StepState
from applications.services import gaps
from applications.status import Status
from portal import clock
from portal.file_intake import check as check_file
from portal.models import IdentityDocument, Message, StoredFile
from tests.applications import walk
from tests.applications.pages import address, words


def press(application, *, signature=None, by=None) -> Snapshot:
    """Signs where nothing signed is given, and submits."""
    signed = signature or walk.sign(application)
    return services.submit(
        application=application, by=by or application.applicant, seen_sha256=signed.content_sha256, signature=signed
    )


def test_an_empty_form_names_every_section_at_once(empty_draft):
    with pytest.raises(Incomplete) as refusal:
        press(empty_draft)

    assert refusal.value.reasons == [gap.sentence for gap in gaps(empty_draft)]
    assert {gap.section for gap in gaps(empty_draft)} == {
        "basics", "education", "titles", "skills", "posts", "assessments", "continuing_education", "honours",
        "exception", "sanctions", "summary", "awards",
    }  # fmt: skip
    assert Snapshot.objects.count() == 0


def test_missing_fields_and_papers_are_named(draft, world):
    item = draft.items.get(kind="patent")
    services.change_item(
        item=item, facts={**item.facts, "granted": None}, details={"number": "ZL1"}, by=world.people["lin"]
    )
    for evidence in item.evidence.all():
        services.remove_evidence(evidence=evidence, by=world.people["lin"])

    assert [(gap.section, gap.sentence) for gap in gaps(draft)] == [
        ("patents", "“专利”中“专利”未填：专利名称、是否已授权。"),
        ("patents", "“专利”中“专利”缺少材料：专利证书和效益证明。"),
    ]


def test_without_identity_document_nobody_submits(draft):
    IdentityDocument.objects.all().delete()

    assert [gap.section for gap in gaps(draft)] == ["identity"]


def test_submission_freezes_makes_steps_and_tells_the_employer(draft, world):
    snapshot = press(draft)

    draft.refresh_from_db()
    assert (draft.status, draft.snapshot, snapshot.revision) == (Status.IN_APPROVAL, snapshot, 1)
    assert draft.number == f"SB2025{draft.pk:08d}"
    assert [(step.kind, step.organization.name, step.state) for step in draft.steps.all()] == [
        ("employer", world.units["employer"].name, StepState.OPEN),
        ("supervisor", world.units["supervising_body"].name, StepState.WAITING),
        ("office", world.units["office"].name, StepState.WAITING),
    ]
    assert [message.recipient.username for message in Message.objects.filter(template="applications.arrived")] == [
        "wang"
    ]


def test_records_of_a_kind_stay_in_the_order_of_their_entry(draft):
    entered: dict[str, list[str]] = {}
    for item in draft.items.kept().order_by("pk"):
        entered.setdefault(item.kind, []).append(str(item.public_id))
    frozen: dict[str, list[str]] = {}
    for record in press(draft).data["records"]:
        frozen.setdefault(record["kind"], []).append(record["id"])
    assert frozen == entered


def test_the_snapshot_is_canonical_hashed_and_masked(draft):
    snapshot = press(draft)

    assert snapshot.content == dossiers.canonical(json.loads(snapshot.content))
    assert snapshot.sha256 == dossiers.sha256(snapshot.content)
    assert snapshot.policy_sha256 == draft.round.policy_sha256
    assert "120104198805121016" not in snapshot.content
    assert snapshot.identity_masked == snapshot.data["applicant"]["identity"] != ""
    assert len(snapshot.data["records"]) == draft.items.count()


def test_pressed_twice_is_once(draft):
    signature = walk.sign(draft)
    first = press(draft, signature=signature)
    second = press(draft, signature=signature)

    assert first == second
    assert (draft.snapshots.count(), draft.history.count(), draft.steps.count()) == (1, 1, 3)
    with pytest.raises(IllegalMove, match="不能重复提交不同的内容"):
        services.submit(application=draft, by=draft.applicant, seen_sha256="0" * 64, signature=signature)


def test_what_is_committed_to_is_what_was_checked(draft, world):
    seen = dossiers.content(draft).sha256
    with pytest.raises(Refused, match="尚未签署承诺"):
        services.submit(application=draft, by=draft.applicant, seen_sha256=seen, signature=None)
    signature = walk.sign(draft)
    item = draft.items.get(kind="summary")
    services.change_item(item=item, facts={}, details={"text": "改动"}, by=world.people["lin"])
    with pytest.raises(Refused, match="重新核对"):
        press(draft, signature=signature)
    changed = dossiers.content(draft).sha256
    with pytest.raises(Refused, match="原签名已失效"):
        services.submit(application=draft, by=draft.applicant, seen_sha256=changed, signature=signature)
    assert draft.history.count() == 0


def test_the_deadline_is_24_oclock(draft, world):
    clock.move_to(datetime(2025, 3, 31, 23, 59, 59, tzinfo=clock.ZONE))
    signature = walk.sign(draft)
    clock.move_to(clock.end_of(draft.round.applicant_closes_on))
    with pytest.raises(Refused, match="现在不能提交"):
        press(draft, signature=signature)
    draft.refresh_from_db()
    assert (draft.status, Snapshot.objects.count()) == (Status.DRAFT, 0)


def test_the_last_second_counts(draft):
    clock.move_to(datetime(2025, 3, 31, 23, 59, 59, tzinfo=clock.ZONE))

    assert press(draft).revision == 1


@pytest.mark.parametrize(("until", "barred"), [("2025-03-03", True), ("2025-03-02", False), (None, True)])
def test_a_sanction_bars_filing_on_the_day_itself(draft, world, until, barred):
    facts = {"kind": "administrative", "from": "2024-01-01", **({"until": until} if until else {})}
    services.add_item(owner=world.people["lin"], kind="sanction", facts=facts, details={}, application=draft)

    if barred:
        with pytest.raises(Refused, match=r"2023年度通知一\(五\)"):
            press(draft)
    else:
        assert press(draft).revision == 1


@pytest.mark.parametrize("status", ["civil_servant", "retired"])
def test_who_is_out_of_scope_does_not_file(draft, world, status):
    item = draft.items.get(kind="basics")
    services.change_item(item=item, facts={"status": status}, details=item.details, by=world.people["lin"])

    with pytest.raises(Refused, match=r"2023年度通知一\(五\)"):
        press(draft)


@pytest.mark.unlawful("moves the employer in the tree without the tree's own way")
def test_an_employer_without_supervising_body_is_told_so(draft, world):
    employer = world.units["employer"]
    type(employer).objects.filter(pk=employer.pk).update(parent=world.units["region"])
    draft.refresh_from_db()

    with pytest.raises(Refused, match="没有登记主管部门"):
        press(draft)


def test_nobody_submits_for_another(draft, world):
    with pytest.raises(Refused, match="只有申报人本人"):
        press(draft, by=world.people["wang"])


def test_withdrawing_ends_the_steps_and_frees_the_round(draft, world):
    walk.submit(draft)

    services.withdraw(application=draft, by=world.people["lin"], note="材料不全。")

    assert draft.status == Status.WITHDRAWN
    assert {step.state for step in draft.steps.all()} == {StepState.LAPSED}
    with pytest.raises(IllegalMove):
        services.withdraw(application=draft, by=world.people["lin"])


def test_a_record_that_the_rules_cannot_read_is_told_and_breaks_no_page(draft, enter):
    """Written under another version of the vocabulary, say: what cannot be read is named, with the way out."""
    item = draft.items.get(kind="patent")
    ArchiveItem.objects.filter(pk=item.pk).update(facts={**item.facts, "patent_type": "none_there_is"})

    page = enter("lin").get(address("application_check", draft.public_id))
    assert (page.status_code, "有系统现在不能识别的内容" in words(page)) == (200, True)
    assert enter("lin").get(address("item_change", draft.public_id, item.public_id)).status_code == 200
    with pytest.raises(Refused, match=r"“专利：.*”有系统现在不能识别的内容。请打开该条重新选填并保存"):
        press(draft)
    assert Snapshot.objects.count() == 0


def photograph(shade: str) -> BytesIO:
    """A picture with something in it that is not kept."""
    data = BytesIO()
    Image.new("RGB", (40, 30), shade).save(data, "JPEG", comment=b"taken at home")
    data.seek(0)
    return data


def test_every_checked_file_is_frozen_by_the_bytes_that_are_shown(draft):
    """A picture is packed anew on arrival: what was sent is gone, and what its readers see is what the snapshot names."""
    item = draft.items.get(kind="patent")
    pieces = [
        services.attach_evidence(
            application=draft, item=item, upload=photograph(shade), name=f"{shade}.jpg", by=draft.applicant
        )
        for shade in ("navy", "teal")
    ]
    check_file(pieces[0].file_id)
    shown, waiting = (StoredFile.objects.get(pk=piece.file_id) for piece in pieces)
    assert shown.sha256 != shown.received_sha256

    snapshot = press(draft)

    assert snapshot.data["files"] == {str(pieces[0].public_id): shown.sha256}
    assert waiting.is_waiting
    check_file(waiting.pk)
    assert list(invariants.files_are_what_was_submitted()) == []
    StoredFile.objects.filter(pk=shown.pk).update(sha256=waiting.sha256)
    breach = f"evidence {pieces[0].public_id} is not kept as snapshot {snapshot.pk} froze it"
    assert list(invariants.files_are_what_was_submitted()) == [breach]
    StoredFile.objects.filter(pk=shown.pk).update(sha256=shown.sha256)


def test_what_is_frozen_is_what_was_found_complete(draft, monkeypatch):
    """A file that comes back in another window while this one is submitting completes nothing that is frozen."""
    item = draft.items.get(kind="patent")
    for piece in item.evidence.kept():
        services.remove_evidence(evidence=piece, by=draft.applicant)
    signature, content = walk.sign(draft), dossiers.content

    def taken_meanwhile(*args, **kwargs):
        taken = content(*args, **kwargs)
        item.evidence.update(removed_at=None)
        return taken

    monkeypatch.setattr(dossiers, "content", taken_meanwhile)
    with pytest.raises(Incomplete, match="缺少材料"):
        press(draft, signature=signature)


def test_a_page_that_gives_up_a_draft_does_not_take_back_what_was_submitted_since(draft, enter):
    """Two windows: what the page says of a draft is not true of an application, which may not be begun again."""
    client, where = enter("lin"), address("application_withdraw", draft.public_id)
    (seen,) = re.findall(r'name="seen" value="(\w+)"', client.get(where).content.decode())
    press(draft)

    answer = client.post(where, {"seen": seen, "note": ""})
    assert (answer.status_code, "没有撤回" in words(answer)) == (409, True)
    draft.refresh_from_db()
    assert draft.status == Status.IN_APPROVAL
    (seen,) = re.findall(r'name="seen" value="(\w+)"', answer.content.decode())
    assert client.post(where, {"seen": seen, "note": ""}).status_code == 302
    draft.refresh_from_db()
    assert draft.status == Status.WITHDRAWN
