"""The line through the pages of those who check: employer, supervising body, office."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications import commitments, dossiers, services
from applications.models import Attestation, Notice, Objection, QualificationCheck, StepState
from applications.services import attestable
from applications.status import Status
from applications.transitions import open_step
from portal import clock
from portal.models import AuditEntry
from tests.applications import walk
from tests.applications.filed import filed
from tests.applications.pages import address, words


@pytest.fixture
def submitted(draft):
    return walk.submit(draft)


@pytest.fixture
def waiting(world, round_):
    """An application at the employer's step, made without the way there."""
    return filed(world, round_, "lin")


def decide(client: Client, application, decision: str, **typed):
    """Presses the button of a decision page that shows what it shows now."""
    shown = {"seen_sha256": application.snapshot.sha256, "commitment_sha256": walk.COMMITMENT}
    return client.post(f"{address('step_decide', application.public_id)}?decision={decision}", {**shown, **typed})


def lines(*wanted: tuple[str, str]) -> dict[str, str]:
    typed = {"lines-TOTAL_FORMS": str(len(wanted)), "lines-INITIAL_FORMS": "0"}
    for order, (section, text) in enumerate(wanted):
        typed |= {f"lines-{order}-section": section, f"lines-{order}-text": text}
    return typed


def photograph() -> SimpleUploadedFile:
    return SimpleUploadedFile("公示照片.jpg", walk.picture().read(), "image/jpeg")


@pytest.mark.duty("TJ27-022", "TJ23-039", "TJ23-040", "TJ23-043", "JX81-045")
def test_an_application_walks_through_the_pages_to_acceptance(world, submitted, enter):
    employer, public_id = enter("wang"), submitted.public_id
    for record in dossiers.frozen(submitted.snapshot):
        verified = employer.post(address("item_verify", public_id, record.id), {f"{record.id}-confirmed": "yes"})
        assert verified.status_code == 302
    for clause in attestable(submitted):
        typed = {"clause": clause.number, "value": "yes"}
        assert employer.post(address("clause_attest", public_id), typed).status_code == 302
    assessed = {"performance": "passed", "ethics": "遵守职业道德。"}
    assert employer.post(address("application_assess", public_id), assessed).status_code == 302

    posted = employer.post(address("employer_notice_add"), {"applications": [submitted.pk]})
    notice = Notice.objects.get()
    assert posted.url == address("notice_manage", notice.public_id)
    assert (notice.days, notice.ends_on.isoformat()) == (5, "2025-03-10")

    assert decide(employer, submitted, "pass", commitment="on").status_code == 409
    early = employer.post(address("notice_close", notice.public_id))
    assert (early.status_code, "最早可于 2025年3月11日 00:00 结束" in words(early)) == (409, True)
    clock.move_to(notice.closes_at)
    bare = employer.post(address("notice_close", notice.public_id))
    assert (bare.status_code, "请先上传公示照片" in words(bare)) == (409, True)
    assert employer.post(address("photograph_add", notice.public_id), {"file": photograph()}).status_code == 302
    assert employer.post(address("notice_close", notice.public_id)).status_code == 302

    assert decide(employer, submitted, "pass").status_code == 422
    assert decide(employer, submitted, "pass", commitment="on").url == address("employer_list")
    signed = submitted.steps.get(kind="employer")
    assert (signed.statement, signed.decided_by, signed.snapshot_sha256) == (
        commitments.text(commitments.EMPLOYER), world.people["wang"], submitted.snapshot.sha256,
    )  # fmt: skip

    body = enter("zhao")
    unchecked = decide(body, submitted, "pass", conditions="on", quality="on")
    assert (unchecked.status_code, "上传材料与填报内容一致" in words(unchecked)) == (422, True)
    passed = decide(body, submitted, "pass", conditions="on", quality="on", uploads="on")
    assert passed.url == address("supervisor_list")
    read = words(enter("sun").get(address("dossier_detail", public_id)))
    assert ("本单位对推荐结果负责" in read, "3. 上传材料与填报内容一致" in read) == (True, True)
    assert decide(enter("sun"), submitted, "pass").url == address("office_list")

    submitted.refresh_from_db()
    assert submitted.status == Status.ACCEPTED
    assert set(submitted.steps.values_list("state", flat=True)) == {StepState.PASSED}


@pytest.mark.duty("JX81-043")
def test_the_employer_reads_the_commitment_that_it_signs(world, submitted, enter):
    for prepared in (walk.verify_all, walk.assess):
        prepared(submitted, world)
    walk.sit_out(walk.post(submitted, world), world)

    page = enter("wang").get(f"{address('step_decide', submitted.public_id)}?decision=pass")

    assert [clause in words(page) for clause in commitments.EMPLOYER] == [True] * len(commitments.EMPLOYER)
    form = page.context["form"]
    assert form["commitment_sha256"].value() == walk.COMMITMENT
    assert form["seen_sha256"].value() == submitted.snapshot.sha256


def test_a_page_opened_before_the_material_changed_decides_nothing(world, round_, enter):
    application = filed(world, round_, "lin", at="supervisor")

    late = decide(enter("zhao"), application, "refuse", note="不符合。", seen_sha256="0" * 64)
    bare = decide(enter("zhao"), application, "refuse", note="不符合。", seen_sha256="")

    assert (late.status_code, "申报材料已经更新" in words(late)) == (409, True)
    assert (bare.status_code, "页面已经过期" in words(bare)) == (422, True)
    assert walk.waiting(application).kind == "supervisor"


def test_verifying_goes_on_to_the_next_record_nobody_looked_at(submitted, enter):
    records = dossiers.frozen(submitted.snapshot)
    first, second = records[0].id, records[1].id

    went = enter("wang").post(address("item_verify", submitted.public_id, first), {f"{first}-confirmed": "yes"})

    assert went.url == f"{address('step_verify', submitted.public_id)}#record-{second}"


def test_a_denial_without_its_reason_is_asked_for_on_the_same_page(submitted, enter):
    record = dossiers.frozen(submitted.snapshot)[0].id
    client, where = enter("wang"), address("item_verify", submitted.public_id, record)

    bare = client.post(where, {f"{record}-confirmed": "no", f"{record}-reason": " "})
    told = client.post(where, {f"{record}-confirmed": "no", f"{record}-reason": "与原件不符。"})

    assert (bare.status_code, told.status_code) == (422, 302)
    assert "核验不属实须写明理由" in words(bare)
    assert bare.context["form"].prefix == record
    after = dossiers.frozen(submitted.snapshot)[0]
    assert (after.confirmed, after.reason) == (False, "与原件不符。")


def test_a_denied_clause_wants_words(waiting, enter):
    number = attestable(waiting)[0].number
    client, where = enter("wang"), address("clause_attest", waiting.public_id)

    assert client.post(where, {"clause": number, "value": "no"}).status_code == 422
    assert client.post(where, {"clause": number, "value": "no", "note": "受过批评。"}).status_code == 302
    assert Attestation.objects.values_list("clause", "value", "note").get() == (number, False, "受过批评。")


def test_the_findings_stand_as_claimed_and_as_verified(world, submitted, enter):
    where = address("dossier_detail", submitted.public_id)
    kept = QualificationCheck.objects.count()
    client = enter("wang")

    before = {row.clause: row for row in client.get(where).context["findings"].rows}
    walk.verify_all(submitted, world)
    after = {row.clause: row for row in client.get(where).context["findings"].rows}

    assert (before["五(一)2"].claimed, before["五(一)2"].verified) == ("met", "open")
    assert before["五(一)2"].waits_for == "有关条目尚待核验"
    assert (after["五(一)2"].verified, after["五(一)2"].waits_for) == ("met", "")
    assert after["一(一)"].waits_for.startswith("待有权人员确认")
    assert [(after[clause].verified, after[clause].verified_word) for clause in ("五(一)1", "五(一)3")] == [
        ("spared", "未用到"), ("spared", "未用到"),
    ]  # fmt: skip
    assert QualificationCheck.objects.count() == kept


@pytest.mark.duty("TJ23-028")
@pytest.mark.parametrize(("said", "flagged"), [(True, True), (False, False), (None, False)])
def test_who_is_covered_by_a_paper_not_in_hand_is_pointed_out_to_the_officers(draft, enter, said, flagged):
    item = draft.items.get(kind="basics")
    details = item.details if said is None else {**item.details, "front_line": said}
    services.change_item(item=item, facts=item.facts, details=details, by=draft.applicant)

    page = words(enter("wang").get(address("dossier_detail", walk.submit(draft).public_id)))

    told = "请核对：申报人填写为疫情防控一线人员（2023年度通知三(四)）。疫情防控一线人员的政策文件不在手"
    assert (told in page) is flagged


def test_the_outlook_is_shown_when_asked_for(submitted, enter):
    where, client = address("dossier_detail", submitted.public_id), enter("wang")

    assert "各层级对照" not in words(client.get(where))
    page = words(client.get(where + "?outlook"))
    for told in ("怎样才能符合", "由单位或评委会确认", "各层级对照", "与津人社局发〔2019〕39号对照"):
        assert told in page


def test_the_dossier_shows_every_record_and_its_evidence_and_no_identity_number(submitted, enter):
    page = enter("wang").get(address("dossier_detail", submitted.public_id))
    records = dossiers.frozen(submitted.snapshot)

    shown = [record for chapter in page.context["chapters"] for record in chapter.records]

    assert {record.id for record in shown} == {record.id for record in records}
    assert sum(len(record.pieces) for record in shown) == sum(len(record.evidence) for record in records)
    assert "120104********1016" in words(page)
    assert "120104198805121016" not in page.content.decode()


@pytest.mark.duty("TJ23-042")
def test_a_level_closes_on_its_day(world, round_, enter):
    application = filed(world, round_, "lin", at="supervisor")
    clock.move_to(clock.end_of(round_.supervisor_closes_on))

    late = decide(enter("zhao"), application, "pass", conditions="on", quality="on", uploads="on")

    assert late.status_code == 409
    assert "本环节审核已于 2025年4月30日 24:00 截止" in words(late)


def test_a_return_lists_everything_once_with_a_day(waiting, enter):
    client = enter("wang")
    due = (clock.today() + timedelta(days=7)).isoformat()

    nothing = decide(client, waiting, "return", due_on=due, note="请补正。", **lines(("", ""), ("", "")))
    half = decide(client, waiting, "return", due_on=due, note="请补正。", **lines(("education", "")))
    more = decide(client, waiting, "return", due_on=due, note="写了一半", more="1", **lines(("education", "证书")))
    done = decide(
        client, waiting, "return", due_on=due, note="请补正。", **lines(("education", "补传证书。"), ("", ""))
    )

    assert (nothing.status_code, "退回须逐项列出" in words(nothing)) == (409, True)
    assert (half.status_code, "请写明这一部分怎样补正" in words(half)) == (422, True)
    assert (more.status_code, len(more.context["lines"].forms), "写了一半" in words(more)) == (200, 4, True)
    assert done.url == address("employer_list")
    waiting.refresh_from_db()
    assert waiting.status == Status.RETURNED
    step = waiting.steps.get(state=StepState.RETURNED)
    assert step.corrections == [{"section": "education", "text": "补传证书。"}]


def test_a_second_return_is_refused_with_the_way_out(submitted, enter):
    client = enter("wang")
    due = (clock.today() + timedelta(days=7)).isoformat()
    wanted = {"due_on": due, "note": "请补正。", **lines(("education", "补传证书。"))}
    decide(client, submitted, "return", **wanted)
    walk.submit(submitted)

    again = decide(client, submitted, "return", **wanted)

    assert again.status_code == 409
    assert "请审核通过，或写明理由不予通过" in words(again)


REFUSED = {
    "employer": ("wang", Status.NOT_RECOMMENDED),
    "supervisor": ("zhao", Status.NOT_RECOMMENDED),
    "office": ("sun", Status.NOT_ACCEPTED),
}


@pytest.mark.parametrize("level", REFUSED)
def test_a_refusal_wants_its_reason(world, round_, enter, level):
    clerk, status = REFUSED[level]
    application, client = filed(world, round_, "lin", at=level), enter(clerk)

    assert decide(client, application, "refuse", note="").status_code == 422
    assert decide(client, application, "refuse", note="考核不合格。").status_code == 302
    application.refresh_from_db()
    assert application.status == status


def test_the_page_says_what_is_still_to_do_before_recommending(submitted, enter):
    page = words(enter("wang").get(address("application_detail", submitted.public_id)))

    for reason in ("还有 26 项材料没有核验", "尚未填写业绩考核结果", "尚未在单位内部公示"):
        assert reason in page


EVERYBODY = ("wang", "zhao", "sun", "wu", "zheng", "feng", "chen", "lin", "zhou")


@pytest.mark.parametrize("name", ["step_verify", "step_decide"])
def test_acts_are_the_open_levels_own(waiting, enter, name):
    where = address(name, waiting.public_id)

    got = {person: enter(person).get(where).status_code for person in EVERYBODY}

    refused = {"feng": 403, "chen": 403, "lin": 403}
    assert got == {**dict.fromkeys(EVERYBODY, 404), **refused, "wang": 200}
    assert Client().get(where).status_code == 302


def test_the_dossier_is_read_by_those_it_reached_and_the_watch(waiting, enter):
    where = address("dossier_detail", waiting.public_id)

    got = {person: enter(person).get(where).status_code for person in EVERYBODY}

    assert got == {**dict.fromkeys(EVERYBODY, 404), "wang": 200, "feng": 200, "chen": 200, "lin": 403}
    watched = AuditEntry.objects.filter(scope=waiting.scope, act="application.observe")
    assert sorted(watched.values_list("actor", flat=True)) == ["冯职称", "陈监督"]


def test_the_watch_reads_and_has_no_buttons(waiting, enter):
    watch = enter("chen")

    listed = watch.get(address("watch_list"))
    page = watch.get(address("application_detail", waiting.public_id))

    assert [row.pk for row in listed.context["page"]] == [waiting.pk]
    assert address("dossier_detail", waiting.public_id) in page.content.decode()
    assert "/decide/" not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "welcome"),
    [
        ("employer_list", {"wang", "wu"}),
        ("employer_notice_add", {"wang", "wu"}),
        ("supervisor_list", {"zhao"}),
        ("office_list", {"sun", "zheng"}),
        ("round_manage_list", {"sun", "zheng", "feng", "chen"}),
        ("round_add", {"sun", "zheng"}),
        ("watch_list", {"feng", "chen"}),
        ("notice_manage_list", {"wang", "wu", "zhao", "sun", "zheng", "feng", "chen"}),
    ],
)
def test_lists_open_to_their_roles_alone(waiting, enter, name, welcome):
    got = {person: enter(person).get(address(name)).status_code for person in EVERYBODY}

    assert got == {person: 200 if person in welcome else 403 for person in EVERYBODY}


def test_another_employer_sees_nothing(waiting, enter):
    assert list(enter("wu").get(address("employer_list")).context["page"]) == []


def test_a_list_is_filtered_by_name_status_and_what_waits(world, round_, enter):
    client, here = enter("wang"), filed(world, round_, "lin")
    gone = filed(world, round_, "zhou", at="supervisor")

    def found(**asked) -> list[str]:
        return [row.number for row in client.get(address("employer_list"), asked).context["page"]]

    assert found() == [here.number, gone.number]
    assert found(scope="waiting") == found(q="林") == found(q=here.number) == [here.number]
    assert found(q="王") == found(status="accepted") == []
    assert found(status="in_approval") == found(round="nonsense", status="nonsense") == found()


def test_an_objection_is_registered_read_on_record_and_settled(world, waiting, enter):
    notice = walk.post(waiting, world)
    client, entry = enter("wang"), notice.entries.get()
    typed = {"text": "署名不实。", "contact": "演示 13800009999"}

    lodged = client.post(address("objection_add", notice.public_id, entry.public_id), typed)
    objection = Objection.objects.get()
    settle = address("objection_settle", objection.public_id)
    page = client.get(settle)
    half = client.post(settle, {"upheld": "no", "outcome": ""})
    done = client.post(settle, {"upheld": "no", "outcome": "经核查属实。"})

    assert lodged.url == done.url == address("notice_manage", notice.public_id)
    assert "演示 13800009999" in words(page)
    assert AuditEntry.objects.filter(act="objection.read_contact", actor="王人事").count() == 2
    assert half.status_code == 422
    entry.refresh_from_db()
    assert entry.held is False
    assert enter("zhao").get(settle).status_code == 404


def test_no_more_than_the_open_step_is_offered_for_a_notice(world, waiting, enter):
    client = enter("wang")
    offered = client.get(address("employer_notice_add")).context["form"].fields["applications"].queryset
    assert list(offered) == [waiting]

    notice = walk.post(waiting, world)
    assert client.get(address("employer_notice_add")).context["waiting"] is False

    client.post(address("notice_withdraw", notice.public_id), {"reason": "名单有误。"})
    assert client.get(address("employer_notice_add")).context["waiting"] is True


def test_what_waits_leads_from_home(world, waiting, enter):
    home = words(enter("wang").get("/"))
    assert "待核验、公示和推荐的申报" in home
    walk.post(waiting, world)
    assert "待上传公示照片的公示" in words(enter("wang").get("/"))
    assert open_step(waiting).kind == "employer"
