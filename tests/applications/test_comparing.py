"""Two submitted versions: what was added, taken away and changed, for the applicant and every officer of the case."""

import json

import pytest

from applications import services
from applications.comparing import Kind, compare
from applications.dossiers import canonical, sha256
from applications.models import Application, Snapshot
from applications.wording import CLAIM, word
from tests.applications import walk
from tests.applications.filed import filed
from tests.applications.pages import address, words
from tests.applications.test_returns import one, returned
from tests.costs import cost


@pytest.fixture
def mended(draft, world) -> Application:
    """The patent's rank and files mended, a post left out, a summary rewritten."""
    returned(draft, world, ("patents", "请补登记簿副本。", ""), ("posts", "请核对。", ""), ("summary", "请写明。", ""))
    by, patent, summary = draft.applicant, one(draft, "patent"), one(draft, "summary")
    services.change_item(item=patent, facts={**patent.facts, "rank": 4}, details=patent.details, by=by)
    services.remove_evidence(evidence=patent.evidence.kept().first(), by=by)
    services.attach_evidence(application=draft, item=patent, upload=walk.picture(), name="登记簿副本.jpg", by=by)
    services.change_item(item=summary, facts={}, details={"text": "成果已转化。"}, by=by)
    services.leave_out(application=draft, item=draft.items.filter(kind="post").first(), by=by)
    walk.submit(draft)
    draft.refresh_from_db()
    return draft


def test_what_differs_is_told_by_section_record_question_and_file(mended):
    before, after = mended.snapshots.order_by("revision")
    had = {record["id"]: record for record in before.data["records"]}
    patent, summary = one(mended, "patent"), one(mended, "summary")
    gone = had[str(patent.public_id)]["evidence"][0]

    told = compare(before, after)

    assert told.matters == []
    assert [(section.key, [record.kind for record in section.records]) for section in told.sections] == [
        ("posts", [Kind.REMOVED]), ("patents", [Kind.CHANGED]), ("summary", [Kind.CHANGED]),
    ]  # fmt: skip
    changed = told.sections[1].records[0]
    assert [(said.before, said.after) for said in changed.said] == [
        (f"{had[str(patent.public_id)]['facts']['rank']}", "4")
    ]
    assert [(file.name, file.sha256) for file in changed.files_removed] == [(gone["name"], gone["sha256"])]
    assert [file.name for file in changed.files_added] == ["登记簿副本.jpg"]
    assert [said.after for said in told.sections[2].records[0].said] == [summary.details["text"]]
    assert told.count == 3


def test_what_is_applied_for_differs_in_words(mended):
    before = mended.snapshots.get(revision=1)
    other = Snapshot(content=canonical({**before.data, "direction": "recycling", "claims": ["direct"]}), revision=2)

    told = compare(before, other)

    assert [(said.label, said.after) for said in told.matters] == [
        ("专业方向", "回收再生利用"),
        ("特别申报途径", word(CLAIM, "direct")),
    ]
    assert told.sections == []


def test_the_same_content_differs_in_nothing(mended):
    version = mended.snapshots.get(revision=1)
    assert compare(version, version).count == 0


@pytest.mark.parametrize("name", ["lin", "wang", "feng", "chen"])
def test_everybody_who_sees_the_application_reads_what_changed(mended, enter, name):
    page = words(enter(name).get(address("application_compare", mended.public_id)))

    assert "第 1 次提交" in page
    assert "登记簿副本.jpg" in page
    assert "成果已转化。" in page


def test_nobody_else_does(mended, enter):
    page = address("application_compare", mended.public_id)
    assert [enter(name).get(page).status_code for name in ("zhao", "sun", "wu", "zhou")] == [404] * 4


def test_one_version_is_told_so(world, round_, enter):
    application = filed(world, round_, "lin")
    assert "只提交过一次" in words(enter("wang").get(address("application_compare", application.public_id)))


@pytest.mark.unlawful("versions written straight into the table")
def test_a_unit_reads_no_version_that_was_filed_through_another(world, round_, enter):
    application = filed(world, round_, "lin")
    second_version(application)
    first = application.snapshots.get(revision=1)
    data = first.data | {"employer": {"id": str(world.units["other_employer"].public_id), "name": "外单位"}}
    Snapshot.objects.filter(pk=first.pk).update(content=canonical(data))
    page = address("application_compare", application.public_id)

    assert "只提交过一次" in words(enter("wang").get(page))
    assert "外单位" in words(enter("lin").get(page))


def second_version(application: Application, records: int = 0) -> Snapshot:
    """A second version of a filed application, with records that the first has not."""
    data = application.snapshot.data | {"policy": {"id": application.round.policy_id}, "claims": []}
    Snapshot.objects.filter(application=application).update(live=False, content=canonical(data))
    post = {"kind": "post", "facts": {}, "details": {"unit": "某单位"}, "sha256": "0" * 64, "evidence": []}
    text = canonical(data | {"records": [{**post, "id": f"record-{number}"} for number in range(records)]})
    application.snapshot = Snapshot.objects.create(
        application=application, revision=2, content=text, sha256=sha256(text), identity_masked="",
        policy_id=application.round.policy_id, policy_sha256=application.round.policy_sha256,
        taken_at=application.submitted_at,
    )  # fmt: skip
    application.save(update_fields=["snapshot"])
    return application.snapshot


@pytest.mark.unlawful("versions written straight into the table")
@pytest.mark.pins({"applications:application_compare": 11})
def test_the_page_costs_the_same_at_one_record_and_at_thirty(world, round_, enter):
    application, lin = filed(world, round_, "lin"), enter("lin")
    snapshot = second_version(application, records=1)
    few = cost(lin, "applications:application_compare", application.public_id)
    records = json.loads(snapshot.content)["records"] * 30
    many = [{**record, "id": f"record-{number}"} for number, record in enumerate(records)]
    Snapshot.objects.filter(pk=snapshot.pk).update(content=canonical({**snapshot.data, "records": many}))

    assert cost(lin, "applications:application_compare", application.public_id) == few
