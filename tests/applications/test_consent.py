"""破格 with the supervising body's consent: when it is needed, its signature, what a refusal brings about."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from applications import commitments, dossiers, exceptional, services
from applications.errors import Refused, Stale
from applications.findings import findings
from applications.models import Application, ApprovalStep, ExceptionConsent, StepState
from applications.status import Status
from certificates.papers import decisions
from portal import clock
from portal.access import Forbidden
from portal.models import AuditEntry, Message
from tests.applications import walk
from tests.applications.exceptions import LETTER, LONG, PRIZE, excepted
from tests.applications.test_races import at_once

SIGNED = commitments.sha256(commitments.EXCEPTION)
NEEDED = "申报人按破格条件申报，须由业务主管部门另行签署同意（津人社局发〔2022〕27号 五(四)4）。请先办理“破格同意”。"


@pytest.fixture
def application(world, round_) -> Application:
    return excepted(world, round_)


def consent(application: Application, world, *, by="zhao", **changes) -> ExceptionConsent:
    given = {"reason": "三项业绩属实，两名推荐人符合要求。", "signed_sha256": SIGNED} | changes
    return services.give_consent(step=walk.waiting(application), by=world.people[by], **given)


def refuse(application: Application, world, decision: str, **changes) -> ExceptionConsent:
    given = {"reason": "推荐人与申报专业不相关。"} | changes
    return services.refuse_consent(step=walk.waiting(application), by=world.people["zhao"], decision=decision, **given)


def reasons_of(act) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reasons


def test_the_clause_is_read_from_the_pack(application):
    clause = exceptional.consent_clause(application)

    assert clause is not None
    assert (str(clause), clause.body, clause.group) == (
        "津人社局发〔2022〕27号 五(四)4", "supervising_body", "五(四)",
    )  # fmt: skip
    assert clause.grounds == ("五(四)", "五(四)1", "五(四)2", "五(四)3", "五(四)4")


def test_a_ground_of_the_body_stands_beside_the_group(application):
    application.round.policy_id = "tianjin-engineering-2019"
    clause = exceptional.consent_clause(application)

    assert clause is not None
    assert (str(clause), clause.group) == ("津人社局发〔2019〕39号 五(四)4", "五(四)")
    assert clause.grounds == ("五(四)", "五(四)1", "五(四)2", "五(四)3", "五(四)4", "正文二(一)4")


@pytest.mark.parametrize(
    ("more", "changes", "needed"),
    [
        ([], {}, True),
        ([LETTER], {}, True),
        ([], {"obtained": LONG}, False),
        ([PRIZE], {}, False),
        ([], {"recommenders": 1}, False),
    ],
    ids=["short of years", "with a letter", "by the ordinary route", "by a prize", "one recommender"],
)
def test_consent_is_needed_where_the_exception_falls_without_it(world, round_, more, changes, needed):
    application = excepted(world, round_, *more, **changes)

    assert exceptional.rests_on_consent(application) is needed

    pressed = {"by": world.people["zhao"], "checks": walk.CHECKS}
    if needed:
        assert reasons_of(lambda: walk.decide(application, **pressed)) == [NEEDED]
    else:
        assert walk.decide(application, **pressed).state == StepState.PASSED


def test_consent_is_signed_on_the_snapshot_and_opens_the_way(world, application):
    said = consent(application, world, seen_sha256=application.snapshot.sha256)

    assert (said.clause, said.given, said.decided_by, said.decided_at) == (
        "五(四)4", True, world.people["zhao"], clock.now(),
    )  # fmt: skip
    assert said.statement == commitments.text(commitments.EXCEPTION)
    assert said.snapshot_sha256 == application.snapshot.sha256
    entry = AuditEntry.objects.get(act="application.consent")
    assert (entry.scope, entry.acting_for, entry.reason) == (
        application.scope, world.units["supervising_body"].name, said.reason,
    )  # fmt: skip
    assert walk.waiting(application).kind == "supervisor"
    passed = walk.decide(application, world.people["zhao"], checks=walk.CHECKS)
    assert passed.state == StepState.PASSED
    on_the_review_form = decisions._step(passed)["opinion"]
    assert on_the_review_form == f"同意破格申报（五(四)4）：{said.reason}\n审核通过，同意报送。"


def test_everything_against_a_consent_is_said_at_once(world, application):
    assert reasons_of(lambda: consent(application, world, reason=" ", signed_sha256="")) == [
        "请写明同意或不同意破格申报的理由。",
        "尚未签署破格同意书（津人社局发〔2022〕27号 五(四)4）。请阅读全文，勾选确认后再提交。",
    ]
    with pytest.raises(Stale, match="申报材料已经更新"):
        consent(application, world, seen_sha256="0" * 64)
    assert not ExceptionConsent.objects.exists()


def test_it_is_said_once(world, application):
    consent(application, world)

    with pytest.raises(Stale, match="已经签署"):
        consent(application, world)


@pytest.mark.parametrize("by", ["lin", "wang", "sun", "feng", "zhou"])
def test_it_is_the_supervising_bodys_own(world, application, by):
    with pytest.raises(Forbidden):
        consent(application, world, by=by)


def test_no_other_level_consents(world, draft):
    walk.submit(draft)
    with pytest.raises(Refused, match="由业务主管部门"):
        consent(draft, world, by="wang")


def test_a_refusal_ends_the_application_with_its_reason(world, application):
    said = refuse(application, world, "refuse")

    application.refresh_from_db()
    step = application.steps.get(kind="supervisor")
    note = "不同意破格申报（津人社局发〔2022〕27号 五(四)4）：推荐人与申报专业不相关。"
    assert (said.given, said.statement, said.step) == (False, "", step)
    assert (application.status, step.state, step.note) == (Status.NOT_RECOMMENDED, StepState.REFUSED, note)
    assert note in Message.objects.get(template="applications.ended", recipient=world.people["lin"]).body


def test_a_refusal_returns_it_with_the_whole_list(world, application):
    corrections = [{"section": "exception", "text": "请补交另一名推荐人的推荐书。"}]

    reasons = reasons_of(lambda: refuse(application, world, "return"))
    assert len(reasons) == 2
    assert not ExceptionConsent.objects.exists()

    refuse(application, world, "return", corrections=corrections, due_on=date(2025, 3, 20))
    application.refresh_from_db()
    assert application.status == Status.RETURNED
    assert application.steps.get(kind="supervisor").corrections == corrections
    assert ExceptionConsent.objects.get().given is False


def test_a_refusal_passes_nothing(world, application):
    with pytest.raises(ValueError, match="pass"):
        refuse(application, world, "pass")


def test_consent_may_be_taken_back_until_the_step_is_decided(world, application):
    consent(application, world)
    refuse(application, world, "refuse", reason="推荐书经核实系伪造。")

    application.refresh_from_db()
    assert dossiers.consent_on(application.snapshot).given is False
    assert application.status == Status.NOT_RECOMMENDED


def test_the_rules_read_the_signature_and_no_letter(world, round_):
    application = excepted(world, round_, LETTER)

    def told() -> tuple[object, ...]:
        records, said = dossiers.frozen(application.snapshot), dossiers.consent_on(application.snapshot)
        views = (view(application, records, consent=said) for view in (dossiers.claimed, dossiers.verified))
        return tuple(view.get("consents") for view in views)

    assert told() == (["supervising_body"], None)
    consent(application, world)
    assert told() == (["supervising_body"], ["supervising_body"])
    refuse(application, world, "refuse")
    assert told() == ([], [])


@pytest.mark.slow
def test_changed_material_needs_a_new_consent(world, draft):
    title = draft.items.get(kind="title", facts__level="intermediate")
    young = {**title.facts, "obtained": "2021-06-01", "appointed": "2021-06-01"}
    lin = world.people["lin"]
    services.change_item(item=title, facts=young, details=title.details, by=lin)
    for name in ("郑推荐", "冯推荐"):
        recommender = services.add_item(
            owner=lin, kind="endorsement", facts={"title_level": "full_senior", "same_specialty": True},
            details={"name": name, "unit": "电池研究院"}, application=draft,
        )  # fmt: skip
        services.attach_evidence(application=draft, item=recommender, upload=walk.picture(), name="推荐书.jpg", by=lin)
    walk.recommended(draft, world)

    def found() -> tuple[str, str]:
        row = next(row for row in findings(draft).rows if row.clause == "五(四)4")
        return row.verified, row.waits_for

    assert found() == ("open", "待业务主管部门签署破格同意")
    consent(draft, world)
    assert found() == ("met", "")
    mend = [{"section": "summary", "text": "请写明成果转化情况。"}]
    walk.decide(draft, world.people["zhao"], "return", note="补正。", corrections=mend, due_on=date(2025, 3, 20))
    summary = draft.items.get(kind="summary")
    services.change_item(item=summary, facts={}, details={"text": "补充后的总结。"}, by=lin)
    walk.submit(draft)
    walk.verify_all(draft, world)
    walk.sit_out(walk.post(draft, world), world)
    walk.decide(draft, world.people["wang"])

    assert dossiers.consent_on(draft.snapshot) is None
    assert reasons_of(lambda: walk.decide(draft, world.people["zhao"], checks=walk.CHECKS)) == [NEEDED]
    consent(draft, world)
    assert walk.decide(draft, world.people["zhao"], checks=walk.CHECKS).state == StepState.PASSED


@pytest.mark.parametrize("broken", [{"reason": ""}, {"statement": ""}, {"snapshot_sha256": ""}])
def test_the_database_keeps_no_unsigned_consent(world, application, broken):
    said = consent(application, world)

    with pytest.raises(IntegrityError), transaction.atomic():
        ExceptionConsent.objects.filter(pk=said.pk).update(**broken)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_consent_and_refusal_at_once(world, application):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time; the race is PostgreSQL's")
    step, zhao = walk.waiting(application), world.people["zhao"]

    def again() -> ApprovalStep:
        return ApprovalStep.objects.select_related("application").get(pk=step.pk)

    answers = at_once(
        lambda: services.give_consent(step=again(), by=zhao, reason="属实。", signed_sha256=SIGNED),
        lambda: services.give_consent(step=again(), by=zhao, reason="属实。", signed_sha256=SIGNED),
        lambda: services.refuse_consent(step=again(), by=zhao, decision="refuse", reason="不符。"),
    )

    application.refresh_from_db()
    assert answers[2] == "done"
    assert application.status == Status.NOT_RECOMMENDED
    assert dossiers.consent_on(application.snapshot).given is False
    assert "done" not in answers[:2] or answers[:2].count("done") == 1
