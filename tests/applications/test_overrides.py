"""An officer's own finding beside that of the rules: who may, when, and that the result itself stays as it was."""

import re
from urllib.parse import quote

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from applications import dossiers, services
from applications.errors import Refused, Stale
from applications.findings import findings, headlines
from applications.models import Application, FindingOverride, QualificationCheck, Snapshot
from applications.panel import word_of
from applications.services.overrides import CITED
from applications.services.precheck import check_snapshot, check_verified
from applications.status import Status
from certificates.papers import decisions
from portal.access import Forbidden
from portal.models import AuditEntry, Membership
from portal.roles import Role
from rules import catalog
from tests.applications import walk
from tests.applications.filed import filed
from tests.applications.pages import address, words
from tests.applications.test_races import at_once
from tests.costs import cost

CLAUSE = "五(一)1"
GIVEN = {"verdict": "met", "basis": "津人社局发〔2022〕27号 五(一)1", "reason": "学位证书补验属实，系统没有采信。"}


@pytest.fixture
def arrived(world, round_) -> Application:
    return filed(world, round_, "lin", at="office")


def override(application: Application, world, *, by="sun", **changes) -> FindingOverride:
    seen = application.snapshot.sha256 if application.snapshot else ""
    given = {"clause": CLAUSE, **GIVEN, "seen_sha256": seen} | changes
    return services.override_finding(application=application, by=world.people[by], **given)


def withdraw(made: FindingOverride, world, *, by="sun", reason="证书经复核不符。") -> FindingOverride:
    return services.withdraw_override(override=made, by=world.people[by], reason=reason)


def shown(application: Application) -> list[tuple[str, bool]]:
    application.refresh_from_db()
    clause = next(clause for clause in findings(application).panel.flat if clause.number == CLAUSE)
    return [(override.word, override.stands) for override in clause.overrides]


def test_it_stands_beside_the_finding_with_name_day_reason_and_basis(world, arrived, enter):
    override(arrived, world)

    page = words(enter("sun").get(address("dossier_detail", arrived.public_id)))
    for told in (GIVEN["basis"], GIVEN["reason"], "孙受理", "2025年3月3日", "当时系统核对结果：待定"):
        assert told in page
    assert shown(arrived) == [("符合", True)]
    group = next(clause for clause in findings(arrived).panel.clauses if clause.number == "五(一)")
    assert group.opens is True


def test_the_kept_result_and_the_rules_own_finding_do_not_change(world, arrived):
    kept = check_snapshot(arrived.snapshot, view="claimed", occasion="submit")
    before = dict(kept.result)
    clauses = [clause.stands for clause in findings(arrived).panel.flat]

    override(arrived, world)

    kept.refresh_from_db()
    assert kept.result == before
    assert QualificationCheck.objects.count() == 1
    assert [clause.stands for clause in findings(arrived).panel.flat] == clauses


def test_withdrawn_it_stays_in_the_history_and_another_may_be_set(world, arrived, enter):
    withdraw(override(arrived, world), world)
    override(arrived, world, reason="补充了原件。")

    assert shown(arrived) == [("符合", False), ("符合", True)]
    page = words(enter("chen").get(address("dossier_detail", arrived.public_id)))
    for told in ("人工认定（已撤销）", "证书经复核不符。", "补充了原件。"):
        assert told in page


def test_both_acts_stand_in_the_audit_log(world, arrived):
    made = override(arrived, world)
    withdraw(made, world)

    acts = AuditEntry.objects.filter(scope=arrived.scope, act__contains="override").order_by("sequence")
    assert [(entry.act, entry.reason, entry.acting_for) for entry in acts] == [
        ("application.override_finding", GIVEN["reason"], made.organization.name),
        ("application.withdraw_override", "证书经复核不符。", made.organization.name),
    ]
    assert CLAUSE in acts[0].change


@pytest.mark.parametrize("who", ["lin", "wang", "zhao", "zheng", "feng", "chen"])
def test_nobody_but_the_office_of_the_round_sets_or_withdraws_one(world, arrived, who):
    made = override(arrived, world)

    with pytest.raises(Forbidden):
        override(arrived, world, by=who, clause="五(一)3")
    with pytest.raises(Forbidden):
        withdraw(made, world, by=who)
    assert FindingOverride.objects.filter(withdrawn_at=None).count() == 1


def test_nobody_sets_one_in_their_own_case(world, arrived):
    Membership.objects.create(
        user=world.people["lin"], organization=world.units["office"], role=Role.OFFICE_CLERK, active=True
    )

    with pytest.raises(Refused) as refused:
        override(arrived, world, by="lin")
    assert "不能办理与本人有关的申报" in str(refused.value)


@pytest.mark.parametrize("at", ["employer", "supervisor"])
def test_it_waits_until_the_application_has_arrived(world, round_, at):
    application = filed(world, round_, "zhou", at=at)

    with pytest.raises(Refused) as refused:
        override(application, world)
    assert "人工认定只能在评审办事机构受理环节作出或撤销" in str(refused.value)


@pytest.mark.unlawful("accepted by rows, the act itself being tested elsewhere")
def test_after_acceptance_nothing_is_set_and_nothing_withdrawn(world, arrived):
    made = override(arrived, world)
    step = walk.waiting(arrived)
    type(step).objects.filter(pk=step.pk).update(
        state="passed", decided_by=world.people["sun"], decided_at=arrived.created_at,
        snapshot_sha256=arrived.snapshot.sha256,
    )  # fmt: skip
    Application.objects.filter(pk=arrived.pk).update(status=Status.ACCEPTED)
    arrived.refresh_from_db()

    for act in (lambda: override(arrived, world, clause="五(一)3"), lambda: withdraw(made, world)):
        with pytest.raises(Refused) as refused:
            act()
        assert "已受理" in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "请写明作出不同认定的理由"),
        ({"basis": ""}, "请写明依据的文件和条款"),
        ({"basis": "x"}, "“x”看不出是哪份文件、哪一条款。请写明文件号或条款号，例如：津人社局发〔2022〕27号 一(一)。"),
        ({"basis": "按有关文件"}, "请写明文件号或条款号"),
        ({"verdict": "open"}, "请选择认定为符合或不符合"),
        ({"clause": "九(九)9"}, "没有“九(九)9”这一条款"),
    ],
)
def test_what_is_missing_is_told(world, arrived, changes, sentence):
    with pytest.raises(Refused) as refused:
        override(arrived, world, **changes)
    assert sentence in str(refused.value)
    assert not FindingOverride.objects.exists()


def test_what_the_rules_say_already_needs_no_word(world, arrived):
    services.attest(application=arrived, clause="一(一)", value=False, by=world.people["sun"], note="受过处理。")

    with pytest.raises(Refused) as refused:
        override(arrived, world, clause="一(一)", verdict="unmet")
    assert "系统核对结果已是“不符合”，不必另作认定" in str(refused.value)


def test_a_second_one_on_the_same_clause_is_told_of_the_first(world, arrived):
    override(arrived, world)

    with pytest.raises(Stale) as stale:
        override(arrived, world, verdict="unmet")
    assert "已有人工认定" in str(stale.value)


def test_withdrawing_twice_changes_nothing_the_second_time(world, arrived):
    made = override(arrived, world)
    withdraw(made, world)

    with pytest.raises(Stale):
        withdraw(made, world, reason="再撤一次。")
    made.refresh_from_db()
    assert made.withdrawn_reason == "证书经复核不符。"


@pytest.mark.unlawful("a snapshot replaced by rows")
def test_new_material_leaves_it_behind(world, arrived):
    made = override(arrived, world)
    with pytest.raises(Stale):
        override(arrived, world, clause="五(一)3", seen_sha256="0" * 64)
    old = arrived.snapshot
    Snapshot.objects.filter(pk=old.pk).update(live=False)
    text = dossiers.canonical(old.data | {"direction": "materials"})
    new = {
        field.attname: getattr(old, field.attname) for field in Snapshot._meta.concrete_fields if field.attname != "id"
    }
    live = Snapshot.objects.create(
        **new | {"revision": 2, "live": True, "content": text, "sha256": dossiers.sha256(text)}
    )
    Application.objects.filter(pk=arrived.pk).update(snapshot=live)

    assert shown(arrived) == [("符合", False)]
    with pytest.raises(Stale):
        withdraw(FindingOverride.objects.get(pk=made.pk), world)


@pytest.mark.parametrize(
    "basis", ["27号", "五(三)1", "五（三）1", "第四条", "正文二", "浙蓄电协〔2020〕15号 正文一", "按通知第十二条第二款"]
)
def test_a_document_or_a_clause_is_basis_enough(world, arrived, basis):
    assert override(arrived, world, basis=basis).basis == basis


def test_every_clause_offered_is_basis_enough():
    told = [
        str(clause.citation)
        for entry in map(catalog.get, catalog.ids())
        for level in entry.levels
        for clause in entry.clauses(level)
    ]
    assert len(told) > 100
    assert [citation for citation in told if not CITED.search(citation)] == []


def test_who_does_not_say_what_they_have_read_decides_nothing(world, arrived, enter):
    with pytest.raises(Stale):
        override(arrived, world, seen_sha256="")
    blind = enter("sun").post(address("finding_override", arrived.public_id), {"clause": CLAUSE, **GIVEN})
    assert (blind.status_code, "申报材料已经更新" in words(blind)) == (409, True)
    assert not FindingOverride.objects.exists()


def test_the_timeline_tells_it_set_and_withdrawn_to_staff_and_not_to_the_applicant(world, arrived, enter):
    withdraw(override(arrived, world), world)
    where = address("application_detail", arrived.public_id)

    page = words(enter("sun").get(where))
    for told in (
        f"人工认定：{CLAUSE} 符合",
        f"依据：{GIVEN['basis']} {GIVEN['reason']}",
        "孙受理",
        "证书经复核不符。",
    ):
        assert told in page
    assert page.index(f"撤销人工认定：{CLAUSE} 符合") < page.rindex(f"人工认定：{CLAUSE} 符合"), "newest first"
    own = words(enter("lin").get(where))
    assert ("人工认定" in own, GIVEN["reason"] in own) == (False, False)


def test_what_it_is_about_is_not_deleted_under_it(world, arrived):
    made = override(arrived, world)

    Application.objects.filter(pk=arrived.pk).update(snapshot=None)
    with pytest.raises(ProtectedError):
        made.snapshot.delete()
    with pytest.raises(ProtectedError):
        arrived.delete()
    Application.objects.filter(pk=arrived.pk).update(snapshot=made.snapshot)


def test_an_application_with_one_is_cancelled_and_keeps_it(world, arrived, enter):
    made = override(arrived, world)

    services.cancel(application=arrived, by=world.people["feng"], clause="27号 正文八(三)", reason="违规查实。")

    arrived.refresh_from_db()
    assert arrived.status == Status.CANCELLED
    made.refresh_from_db()
    assert made.is_withdrawn is False
    assert f"人工认定：{CLAUSE} 符合" in words(enter("feng").get(address("application_detail", arrived.public_id)))


@pytest.mark.parametrize(
    "row",
    [
        {"reason": ""},
        {"basis": ""},
        {"withdrawn_reason": "只有理由"},
    ],
)
def test_the_database_itself_refuses_a_half_said_one(world, arrived, row):
    made = override(arrived, world)

    with pytest.raises(IntegrityError), transaction.atomic():
        FindingOverride.objects.filter(pk=made.pk).update(**row)


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_one(world, arrived):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time; the race is PostgreSQL's")

    def press() -> None:
        override(Application.objects.select_related("snapshot").get(pk=arrived.pk), world)

    assert sorted(at_once(press, press)) == ["Stale", "done"]
    assert FindingOverride.objects.count() == 1


def test_the_pages_set_and_withdraw_it(world, arrived, enter):
    sun = enter("sun")
    where = address("finding_override", arrived.public_id)
    form = sun.get(f"{where}?clause={CLAUSE}")
    assert f'<option value="{CLAUSE}" selected>' in form.content.decode()
    assert sun.post(where, {"clause": CLAUSE, "verdict": "met", "basis": " ", "reason": ""}).status_code == 422

    done = sun.post(where, {"clause": CLAUSE, **GIVEN, "seen_sha256": arrived.snapshot.sha256})
    assert done.url == f"{address('dossier_detail', arrived.public_id)}#{quote(f'clause-{CLAUSE}', safe='()')}"
    again = sun.post(where, {"clause": CLAUSE, **GIVEN, "seen_sha256": arrived.snapshot.sha256})
    assert (again.status_code, "已有人工认定" in words(again)) == (409, True)

    made = FindingOverride.objects.get()
    back = address("override_withdraw", arrived.public_id, made.public_id)
    page = sun.get(address("dossier_detail", arrived.public_id)).content.decode()
    assert (back in page, f"?clause={quote('五(一)1')}" in page, f"?clause={quote('五(一)3')}" in page) == (
        True, False, True,
    )  # fmt: skip
    assert sun.post(back, {"reason": ""}).status_code == 422
    assert sun.post(back, {"reason": "复核不符。"}).status_code == 302
    made.refresh_from_db()
    assert (made.withdrawn_reason, made.withdrawn_by) == ("复核不符。", world.people["sun"])


def test_the_list_of_clauses_tells_what_the_rules_find_and_which_one_has_been_set(world, arrived, enter):
    where = f"{address('finding_override', arrived.public_id)}?clause={quote(CLAUSE)}"
    override(arrived, world, clause="五(一)3")
    form = words(enter("sun").get(where))

    assert f"{CLAUSE}（系统核对：{word_of(check_verified(arrived).clauses[CLAUSE].verdict)}）博士学位" in form
    assert re.search(r"五\(一\)3（系统核对：\S+?，已有人工认定）", form)
    assert form.count("，已有人工认定") == 1
    assert f"dossier/#clause-{CLAUSE}" in enter("sun").get(where).content.decode()


def test_it_stands_on_paper_and_before_the_decision(world, arrived, enter):
    made = override(arrived, world)
    withdrawn = withdraw(override(arrived, world, clause="五(一)3"), world)

    paper = words(enter("chen").get(address("findings_paper", arrived.public_id)))
    decision = words(enter("sun").get(address("step_decide", arrived.public_id)))

    for told in (made.reason, "孙受理", "仅供参考", "2025年3月3日打印"):
        assert told in paper
    assert f"{CLAUSE} 认定为符合" in decision
    assert re.search(r"系统核对：\s+按已核验\s+尚不能判定\s+逐条查看", decision)
    assert headlines(arrived) == findings(arrived).panel.headlines
    assert withdrawn.clause not in decision


def test_it_stands_with_the_offices_opinion_on_the_review_form(world, arrived):
    override(arrived, world)
    withdraw(override(arrived, world, clause="五(一)3"), world)
    step = walk.waiting(arrived)
    step.snapshot_sha256 = arrived.snapshot.sha256

    assert decisions._step(step)["opinion"] == (
        f"{CLAUSE} 认定为符合（依据：{GIVEN['basis']}；孙受理，2025年3月3日）：{GIVEN['reason']}\n材料符合要求，予以受理。"
    )
    step.snapshot_sha256 = "0" * 64
    assert decisions._step(step)["opinion"] == "材料符合要求，予以受理。"


@pytest.mark.pins({"applications:findings_paper": 21})
def test_paper_with_one_override_and_with_many(world, arrived, enter):
    chen = enter("chen")
    override(arrived, world)
    alone = cost(chen, "applications:findings_paper", arrived.public_id)
    for number in range(30):
        made = override(arrived, world, clause="五(一)3", reason=f"第{number}次。")
        withdraw(made, world)

    assert cost(chen, "applications:findings_paper", arrived.public_id) == alone
