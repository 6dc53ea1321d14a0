"""A return is mended line by line: only what it names may change, each line is answered, and nothing else slips in."""

from datetime import date

import pytest

from applications import corrections, guards, services
from applications.corrections import MATTERS
from applications.errors import Refused
from applications.models import Application, ArchiveItem, Round
from applications.reading import title_of
from applications.sections import of_kind
from portal import clock
from portal.models import AuditEntry
from tests.applications import walk

DUE = date(2025, 3, 20)
CLOSED = (
    "这里不在“津能示范电池有限公司”退回补正的范围内，以已提交的内容为准，现在不能改动。"
    "确需一并更正的，请在补正期限内（2025年3月20日 24:00 前）联系该单位，由其补充补正要求后再改。"
)


def returned(application: Application, world, *lines: tuple[str, str, str]) -> Application:
    """Submitted and returned with lines of section, text and record (its id, or none)."""
    walk.submit(application)
    asked = [{"section": section, "text": text, "item": item} for section, text, item in lines]
    walk.decide(application, world.people["wang"], "return", note="不全。", corrections=asked, due_on=DUE)
    application.refresh_from_db()
    return application


def one(application: Application, kind: str) -> ArchiveItem:
    return application.items.get(kind=kind)


def refusal(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.reasons


def change(item: ArchiveItem, **facts: object) -> None:
    services.change_item(item=item, facts={**item.facts, **facts}, details=item.details, by=item.owner)


@pytest.fixture
def patent_returned(draft, world) -> Application:
    """Returned for its patent alone, and for the summary as a whole."""
    item = one(draft, "patent")
    return returned(draft, world, ("patents", "请补登记簿副本。", str(item.public_id)), ("summary", "请写明成果。", ""))


def test_a_line_names_the_record_in_the_words_it_was_submitted_with(patent_returned):
    item = one(patent_returned, "patent")

    kept = patent_returned.steps.get(state="returned").corrections

    assert kept[0] == {
        "section": "patents",
        "text": "请补登记簿副本。",
        "item": str(item.public_id),
        "name": title_of(of_kind("patent").part("patent"), item.facts, item.details),
    }
    assert kept[1] == {"section": "summary", "text": "请写明成果。"}


def test_a_record_of_another_section_or_of_nobody_is_not_returned(draft, world):
    walk.submit(draft)
    patent, wang = str(one(draft, "patent").public_id), world.people["wang"]

    def send(section: str, item: str) -> list[str]:
        line = {"section": section, "text": "请补正。", "item": item}
        return refusal(walk.decide, draft, wang, "return", note="不全。", corrections=[line], due_on=DUE)

    told = "所指的条目不在这一部分已提交的材料中，请重新选择条目，或不选条目而针对整个部分。"
    assert send("education", patent) == [told]
    assert send("patents", "00000000-0000-0000-0000-000000000000") == [told]


def test_resubmitting_is_refused_with_every_line_that_is_open(patent_returned):
    name = corrections.mending(patent_returned).lines[0].name
    by = patent_returned.applicant
    services.answer_correction(application=patent_returned, number=2, text="已补写。", by=by)
    signature = walk.sign(patent_returned)
    sent = {"by": by, "seen_sha256": signature.content_sha256, "signature": signature}

    reasons = refusal(services.submit, application=patent_returned, **sent)

    assert reasons == [
        f"补正要求第 1 项（专利：{name}：请补登记簿副本。）还没有写明怎样补正。请改好后在该处填写说明，再重新提交。"
    ]
    patent_returned.refresh_from_db()
    assert (patent_returned.status, patent_returned.snapshots.count()) == ("returned", 1)


def test_an_answer_is_kept_audited_replaced_and_taken_back(patent_returned):
    by = patent_returned.applicant
    for text in ("已补传。", "已补传登记簿副本第2页。"):
        services.answer_correction(application=patent_returned, number=1, text=text, by=by)

    asked = corrections.mending(patent_returned)
    assert [line.answer for line in asked.lines] == ["已补传登记簿副本第2页。", ""]
    assert [line.number for line in asked.left] == [2]
    services.reopen_correction(application=patent_returned, number=1, by=by)
    assert len(corrections.mending(patent_returned).left) == 2
    acts = AuditEntry.objects.filter(scope=patent_returned.scope, act__endswith="_correction").order_by("pk")
    assert [(entry.act, entry.reason) for entry in acts] == [
        ("application.answer_correction", "已补传。"),
        ("application.answer_correction", "已补传登记簿副本第2页。"),
        ("application.reopen_correction", ""),
    ]


@pytest.mark.parametrize(
    ("number", "text", "told"),
    [
        (1, " ", "请简短写明这一项是怎样补正的，退回单位复核时会看到。"),
        (1, "长" * 301, "补正说明最多 300 字，请写简短些。"),
        (1, "证件 12010419891105331X 已更正", "补正说明中不要写证件号码，请删去后再保存。"),
        (0, "已补。", "没有这一项补正要求，请刷新页面查看最新的要求。"),
        (3, "已补。", "没有这一项补正要求，请刷新页面查看最新的要求。"),
    ],
)
def test_an_answer_says_something_about_a_line_there_is(patent_returned, number, text, told):
    by = patent_returned.applicant
    answer = {"application": patent_returned, "number": number, "text": text, "by": by}
    assert refusal(services.answer_correction, **answer) == [told]


def test_lines_are_the_applicants_to_answer(patent_returned, world):
    answer = {"application": patent_returned, "number": 1, "text": "已补。", "by": world.people["wang"]}
    assert refusal(services.answer_correction, **answer) == ["只有申报人本人可以填写。"]


def test_what_is_not_named_is_closed_to_every_act(patent_returned):
    application, by = patent_returned, patent_returned.applicant
    unasked = application.items.filter(kind="education").first()
    other = {"kind": "patent", "facts": {"kind": "patent"}, "details": {"name": "另一项专利"}}
    acts = {
        "a record beside the named one": lambda: services.add_item(owner=by, application=application, **other),
        "a record elsewhere": lambda: services.add_item(
            owner=by, kind="post", facts={}, details={"unit": "某单位"}, application=application
        ),
        "leaving out": lambda: services.leave_out(application=application, item=unasked, by=by),
        "taking in": lambda: services.take_in(application=application, item=unasked, by=by),
        "a file": lambda: services.attach_evidence(
            application=application, item=unasked, upload=walk.picture(), name="证书.jpg", by=by
        ),
        "nothing to state": lambda: services.state_nothing(owner=by, section="honours", application=application),
        "what is applied for": lambda: services.change_draft(
            application=application,
            level="intermediate",
            employer=application.employer,
            direction=application.direction,
            claims=[],
            by=by,
        ),
    }
    assert {name: refusal(act) for name, act in acts.items()} == {name: [CLOSED] for name in acts}


def test_what_is_named_is_open(patent_returned):
    application, by = patent_returned, patent_returned.applicant
    patent, summary = one(application, "patent"), one(application, "summary")

    services.attach_evidence(application=application, item=patent, upload=walk.picture(), name="副本.jpg", by=by)
    services.leave_out(application=application, item=patent, by=by)
    services.take_in(application=application, item=patent, by=by)
    services.change_item(item=summary, facts={}, details={"text": "成果已转化。"}, by=by)
    before = application.snapshot
    walk.submit(application)

    old = {record["id"]: record for record in before.data["records"]}
    new = {record["id"]: record for record in application.snapshot.data["records"]}
    assert old.keys() == new.keys()
    assert {key for key in new if new[key] != old[key]} == {str(patent.public_id), str(summary.public_id)}


def test_what_changed_in_the_archive_does_not_slip_in(patent_returned):
    """The archive is one's own at any time; the application keeps what it was submitted with."""
    application, by = patent_returned, patent_returned.applicant
    education = application.items.filter(kind="education").first()
    change(education, level="doctor")
    services.remove_item(item=application.items.filter(kind="post").first(), by=by)
    services.add_item(owner=by, kind="patent", facts={"kind": "patent"}, details={"name": "另一项专利"})
    before = application.snapshot.data["records"]

    walk.submit(application)

    assert application.snapshot.data["records"] == before
    assert application.snapshot.revision == 2


def test_a_whole_section_takes_new_records(draft, world):
    returned(draft, world, ("patents", "请补报其他专利。", ""))
    facts = {**one(draft, "patent").facts}
    added = services.add_item(
        owner=draft.applicant,
        kind="patent",
        facts=facts,
        details={**one(draft, "patent").details, "name": "另一项专利", "representative": False},
        application=draft,
    )
    services.attach_evidence(
        application=draft, item=added, upload=walk.picture(), name="专利证书.jpg", by=draft.applicant
    )

    walk.submit(draft)

    assert str(added.public_id) in {record["id"] for record in draft.snapshot.data["records"]}


def test_what_is_applied_for_is_changed_where_a_line_says_so(draft, world):
    returned(draft, world, (MATTERS, "专业方向选错，请改选。", ""))
    assert refusal(services.add_item, owner=draft.applicant, kind="post", facts={}, details={}, application=draft) == [
        CLOSED
    ]

    services.change_draft(
        application=draft,
        level=draft.level,
        employer=draft.employer,
        direction="recycling",
        claims=[],
        by=draft.applicant,
    )
    walk.submit(draft)

    assert draft.snapshot.data["direction"] == "recycling"


def test_a_unit_that_takes_no_part_any_more_is_changed_unasked(patent_returned, world):
    employer = patent_returned.employer
    employer.is_active = False
    employer.save(update_fields=["is_active"])

    services.change_draft(
        application=patent_returned,
        level=patent_returned.level,
        employer=world.units["other_employer"],
        direction=patent_returned.direction,
        claims=[],
        by=patent_returned.applicant,
    )

    assert patent_returned.employer == world.units["other_employer"]


def test_a_unit_that_takes_no_part_any_more_opens_nothing_but_the_unit(patent_returned, world):
    employer = patent_returned.employer
    employer.is_active = False
    employer.save(update_fields=["is_active"])
    chosen = {
        "application": patent_returned,
        "level": patent_returned.level,
        "employer": world.units["other_employer"],
        "direction": patent_returned.direction,
        "claims": patent_returned.claims,
        "by": patent_returned.applicant,
    }
    for changed in ({"direction": "recycling"}, {"claims": ["exceptional"]}, {"topic": "正极材料"}):
        (reason,) = refusal(services.change_draft, **{**chosen, **changed})
        assert reason.startswith("退回时没有要求更改申报事项，现在只能改选用人单位")
    services.change_draft(**chosen)
    patent_returned.refresh_from_db()
    assert (patent_returned.employer, patent_returned.direction) == (world.units["other_employer"], "cells")


def test_widening_twice_asks_once(patent_returned, world):
    line = {"section": "education", "text": "请补传学位证书。", "item": ""}
    asked = {"application": patent_returned, "reason": "本人来电。", "by": world.people["wang"]}
    services.widen_return(asked=[line], **asked)

    assert refusal(services.widen_return, asked=[line], **asked) == ["这些补正要求已经列在退回清单中，不必重复补充。"]
    services.widen_return(asked=[line, {**line, "text": "并更正毕业日期。"}], **asked)
    lines = corrections.mending(patent_returned).lines
    assert [one.text for one in lines if one.section == "education"] == ["请补传学位证书。", "并更正毕业日期。"]


def test_nothing_is_asked_for_once_the_day_is_over(patent_returned, world):
    clock.move_to(clock.end_of(DUE))
    line = {"section": "education", "text": "请补传学位证书。", "item": ""}
    told = refusal(
        services.widen_return, application=patent_returned, asked=[line], reason="来电。", by=world.people["wang"]
    )
    assert told == ["补正期限 2025年3月20日 24:00 已经截止，申报人不能再补正，不能补充要求。"]


@pytest.mark.parametrize(
    ("open_still", "way_out"),
    [(True, "个人申报期还没有结束，可以撤回本次申报后重新申报。"), (False, "可以撤回本次申报")],
)
def test_whoever_mends_too_late_is_told_what_is_left_to_do(patent_returned, open_still, way_out):
    if not open_still:
        Round.objects.filter(pk=patent_returned.round_id).update(applicant_closes_on=DUE)
        patent_returned.refresh_from_db()
    clock.move_to(clock.end_of(DUE))

    (reason,) = guards.mended_in_time(patent_returned)
    assert reason.startswith("补正期限为 2025年3月20日 24:00，已经截止，不能再重新提交。")
    assert way_out in reason


def test_what_lacks_where_nobody_asked_is_not_asked_anew(patent_returned):
    """The form may have grown since: what was taken then and not returned now stands."""
    snapshot = patent_returned.snapshot
    assert services.gaps(patent_returned) == []
    summary = one(patent_returned, "summary")
    services.change_item(item=summary, facts={}, details={}, by=summary.owner)
    change(patent_returned.items.filter(kind="education").first(), level=None)

    assert {gap.section for gap in services.gaps(patent_returned)} == {"summary"}
    assert snapshot.revision == 1
