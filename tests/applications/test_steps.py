"""Approval level by level: what each owes, returns once, refusals, exclusions at acceptance."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from applications import commitments, dossiers, services
from applications.errors import Refused, Stale
from applications.models import StepState
from applications.services.precheck import check_verified
from applications.status import Status
from applications.transitions import open_step
from portal import clock
from portal.models import Message
from tests.applications import walk
from tests.applications.filed import filed

LIST = [{"section": "patents", "text": "请补充专利登记簿副本。"}]


def returned(application, world, *, by="wang", due_on=date(2025, 3, 20)):
    return walk.decide(application, world.people[by], "return", note="材料不全。", corrections=LIST, due_on=due_on)


def reasons_of(act) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reasons


def test_an_employer_is_told_everything_it_owes_at_once(draft, world):
    walk.submit(draft)

    reasons = reasons_of(lambda: walk.decide(draft, world.people["wang"]))

    assert reasons == [
        f"还有 {draft.items.count()} 项材料没有核验，请逐项核验。",
        "尚未填写业绩考核结果和职业道德评价。",
        "尚未在单位内部公示，公示不少于规定的工作日（2023年度通知四(二)）。",
    ]


def test_what_is_verified_fills_the_verified_view(draft, world):
    walk.submit(draft)
    snapshot = draft.snapshot
    unverified = dossiers.verified(draft, dossiers.frozen(snapshot))
    assert {tuple(entry) for entry in unverified["titles"]} == {("id",)}
    assert {tuple(sorted(entry)) for entry in unverified["achievements"]} == {("id", "kind")}
    assert "honours" not in unverified
    assert "status" not in unverified

    walk.verify_all(draft, world)

    verified = dossiers.verified(draft, dossiers.frozen(snapshot))
    assert verified == dossiers.claimed(draft, dossiers.frozen(snapshot))
    assert verified["honours"] == []


def test_an_achievement_that_does_not_say_its_kind_is_unknown_until_verified(draft, world):
    walk.submit(draft)
    patent = next(record for record in dossiers.frozen(draft.snapshot) if record.kind == "patent")

    unverified = dossiers.verified(draft, [replace(patent, facts={"granted": True})])

    assert unverified["achievements"] == [{"id": patent.id}]


def test_a_denied_record_leaves_both_views_and_needs_a_reason(draft, world):
    walk.submit(draft)
    item = draft.items.get(kind="patent")
    with pytest.raises(Refused, match="理由"):
        services.verify_item(application=draft, item=item, by=world.people["wang"], confirmed=False)

    services.verify_item(
        application=draft, item=item, by=world.people["wang"], confirmed=False, reason="专利权人不符。"
    )

    records = dossiers.frozen(draft.snapshot)
    for view in (dossiers.claimed, dossiers.verified):
        assert "patent" not in {entry["kind"] for entry in view(draft, records)["achievements"]}


def test_a_verification_holds_for_exactly_what_was_seen(draft, world):
    walk.submit(draft)
    walk.verify_all(draft, world)
    item = draft.items.get(kind="patent")
    services.change_item(item=item, facts={**item.facts, "rank": 1}, details=item.details, by=world.people["lin"])

    frozen = {record.id: record for record in dossiers.frozen(draft.snapshot)}
    live = {record.id: record for record in dossiers.chosen(draft)}
    assert frozen[str(item.public_id)].confirmed is True
    assert live[str(item.public_id)].confirmed is None


def test_clauses_that_facts_decide_are_not_attested(draft, world):
    walk.submit(draft)
    with pytest.raises(Refused, match="目前由填报内容判断"):
        services.attest(application=draft, clause="五(一)2", value=True, by=world.people["wang"])
    with pytest.raises(Refused, match="理由"):
        services.attest(application=draft, clause="一(二)", value=False, by=world.people["wang"])

    services.attest(application=draft, clause="一(二)", value=True, by=world.people["wang"])

    row = draft.attestations.get()
    assert (row.clause, row.value, row.attested_by, row.organization) == (
        "一(二)", True, world.people["wang"], world.units["employer"],
    )  # fmt: skip


def test_a_clause_left_open_by_judgement_is_attested(draft, world):
    """四(三)3: a project alone, without a standard of the unit, is for a person to weigh; so is a special route."""
    draft.level, draft.claims = "intermediate", ["direct"]
    draft.save(update_fields=["level", "claims"])
    achievement = services.add_item(
        owner=world.people["lin"],
        kind="unit_project",
        facts={"kind": "unit_project", "date": "2021-05-01", "role": "participant", "rank": 2},
        details={"name": "电芯装配线改造", "contribution": "夹具设计"},
        application=draft,
    )
    services.attach_evidence(
        application=draft, item=achievement, upload=walk.picture(), name="结项.jpg", by=draft.applicant
    )
    walk.submit(draft)

    offered = {clause.number: clause.questions for clause in services.attestable(draft)}
    assert offered["四(三)3"] == ["单独的项目成果或单位制度是否符合本项", "作为子项目专业负责人是否成效显著"]
    assert offered["正文七(三)"] == ["是否属于引进、急需紧缺或优秀青年人才，业绩是否达到本层级"]
    assert offered["四(二)"] == ["是否熟练掌握并运用本专业理论、了解专业趋势并能指导助理工程师"]
    assert {"四(一)", "四(一)2", "四(三)", "四(三)4"}.isdisjoint(offered)

    walk.verify_all(draft, world)
    for clause in ("四(三)3", "正文七(三)"):
        services.attest(application=draft, clause=clause, value=True, by=world.people["wang"])
    found = check_verified(draft).clauses
    assert [found[clause].verdict for clause in ("四(三)3", "正文七(三)")] == ["met", "met"]
    assert {"四(三)3", "正文七(三)"} <= {clause.number for clause in services.attestable(draft)}


def test_material_changed_after_the_notice_needs_a_new_one(draft, world):
    walk.ready_to_recommend(draft, world)
    returned(draft, world, due_on=date(2025, 3, 20))
    item = draft.items.get(kind="patent")
    services.change_item(item=item, facts={**item.facts, "rank": 1}, details=item.details, by=world.people["lin"])
    walk.submit(draft)
    walk.verify_all(draft, world)

    assert reasons_of(lambda: walk.decide(draft, world.people["wang"])) == ["公示之后材料有改动，须重新公示。"]

    walk.sit_out(walk.post(draft, world), world)
    walk.decide(draft, world.people["wang"])
    assert walk.waiting(draft).kind == "supervisor"


def test_a_supervising_body_confirms_three_checks(draft, world):
    walk.recommended(draft, world)

    reasons = reasons_of(lambda: walk.decide(draft, world.people["zhao"], checks={"conditions": True}))

    assert reasons == [
        "尚未确认：材料清晰、真实、完整、规范（津人社局发〔2022〕27号 正文六(二)）。",
        "尚未确认：上传材料与填报内容一致（津人社局发〔2022〕27号 正文六(二)）。",
    ]


def test_an_employer_signs_its_commitment_word_for_word(draft, world):
    walk.ready_to_recommend(draft, world)
    wang = world.people["wang"]

    unsigned = reasons_of(lambda: walk.decide(draft, wang, checks={}))
    other_words = reasons_of(lambda: walk.decide(draft, wang, checks={"commitment": "0" * 64}))

    assert unsigned == [
        "单位尚未签署推荐承诺书，不能推荐（津人社局发〔2022〕27号 正文六(二)）。请阅读承诺书全文，勾选确认后再推荐。"
    ]
    assert other_words == ["承诺书的文字在您打开页面之后有更新，您的签署没有生效。请重新阅读并签署承诺书。"]
    step = walk.decide(draft, wang)
    assert (step.statement, step.decided_by, step.decided_at, step.snapshot_sha256) == (
        commitments.text(commitments.EMPLOYER), wang, clock.now(), draft.snapshot.sha256,
    )  # fmt: skip
    assert draft.history.last().facts["statement"] == walk.COMMITMENT


def test_a_supervising_body_leaves_its_three_checks_in_words(draft, world):
    walk.supervised(draft, world)

    told = draft.steps.get(kind="supervisor").statement

    assert told == "1. 申报人符合申报条件\n2. 材料清晰、真实、完整、规范\n3. 上传材料与填报内容一致"


def test_no_level_passes_without_its_words(draft, world):
    walk.supervised(draft, world)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.steps.filter(kind="employer").update(statement="")
    walk.decide(draft, world.people["sun"])


def test_material_that_came_since_is_not_decided_unseen(draft, world):
    walk.submit(draft)
    with pytest.raises(Stale, match="申报材料已经更新"):
        walk.decide(draft, world.people["wang"], "refuse", note="不符合。", seen_sha256="0" * 64)
    walk.decide(draft, world.people["wang"], "refuse", note="不符合。", seen_sha256=draft.snapshot.sha256)


def test_each_level_returns_once_with_the_whole_list_and_a_day(draft, world):
    walk.submit(draft)
    with pytest.raises(Refused) as refusal:
        walk.decide(draft, world.people["wang"], "return", note="不全")
    assert len(refusal.value.reasons) == 2

    returned(draft, world)

    draft.refresh_from_db()
    assert draft.status == Status.RETURNED
    assert [step.state for step in draft.steps.all()] == [StepState.RETURNED, StepState.LAPSED, StepState.LAPSED]
    assert Message.objects.get(template="applications.returned").recipient == world.people["lin"]

    walk.submit(draft)
    draft.refresh_from_db()
    assert (draft.snapshot.revision, draft.snapshots.filter(live=True).count()) == (2, 1)
    with pytest.raises(Refused, match="已经退回过一次"):
        returned(draft, world)


def test_mending_is_bound_by_its_day(draft, world):
    walk.submit(draft)
    returned(draft, world, due_on=date(2025, 3, 5))
    clock.move_to(clock.end_of(date(2025, 3, 5)))

    with pytest.raises(Refused, match="补正期限"):
        walk.submit(draft)


@pytest.mark.parametrize(
    ("walked", "by", "status"),
    [
        (walk.submit, "wang", Status.NOT_RECOMMENDED),
        (walk.recommended, "zhao", Status.NOT_RECOMMENDED),
        (walk.supervised, "sun", Status.NOT_ACCEPTED),
    ],
)
def test_each_level_may_end_it_with_a_reason(draft, world, walked, by, status):
    walked(draft) if walked is walk.submit else walked(draft, world)
    with pytest.raises(Refused, match="理由"):
        walk.decide(draft, world.people[by], "refuse")

    walk.decide(draft, world.people[by], "refuse", note="不符合申报范围。")

    draft.refresh_from_db()
    assert draft.status == status
    assert open_step(draft) is None
    assert Message.objects.filter(template="applications.ended", recipient=draft.applicant).count() == 1


@pytest.mark.parametrize("by", ["wu", "zhao", "sun", "zhou", "feng"])
def test_a_step_is_its_own_organisations(draft, world, by):
    walk.submit(draft)
    with pytest.raises(Refused):
        walk.decide(draft, world.people[by], "refuse", note="越权")
    draft.refresh_from_db()
    assert draft.status == Status.IN_APPROVAL


def test_a_decided_step_is_stale(draft, world):
    walk.submit(draft)
    step = walk.waiting(draft)
    walk.decide(draft, world.people["wang"], "refuse", note="不符合。")

    with pytest.raises(Stale):
        services.decide_step(step=step, by=world.people["wang"], decision="refuse", note="再次。")


def test_a_pass_opens_only_a_step_that_waits(world, round_):
    application = filed(world, round_, "lin", at="supervisor")
    later = application.steps.filter(kind="office")
    later.update(state=StepState.LAPSED)

    with pytest.raises(Stale, match="下一环节"):
        walk.decide(application, world.people["zhao"], checks=walk.CHECKS)

    assert (later.get().state, walk.waiting(application).kind) == (StepState.LAPSED, "supervisor")


def test_a_level_ends_at_24(draft, world):
    walk.ready_to_recommend(draft, world)
    clock.move_to(clock.end_of(draft.round.employer_closes_on))

    assert reasons_of(lambda: walk.decide(draft, world.people["wang"])) == [
        "本环节审核已于 2025年4月18日 24:00 截止。如需延长，请评审办事机构调整批次日期。"
    ]


def test_exclusions_are_asked_again_at_acceptance(draft, world):
    services.add_item(
        owner=world.people["lin"],
        kind="sanction",
        facts={"kind": "party", "from": "2025-03-10", "until": "2025-09-10"},
        details={},
        application=draft,
    )
    walk.supervised(draft, world)

    assert clock.today() == date(2025, 3, 11)
    with pytest.raises(Refused, match=r"2023年度通知一\(五\)"):
        walk.decide(draft, world.people["sun"])
