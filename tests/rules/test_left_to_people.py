"""What the packs say they cannot decide: wherever a clause has words that no record tells, people are named for them."""

import pytest

from rules import catalog
from rules.criteria import Node
from tests.rules.test_rules_command import run

LITHIUM, ENGINEERING = "tianjin-lithium-2022", "tianjin-engineering-2019"
TIANJIN = (ENGINEERING, LITHIUM)
# Nothing of these clauses stands outside the facts, or the fact itself is put to people (`else_judged`).
WHOLE = {
    "四(一)", "四(一)2", "四(一)3", "四(三)", "四(四)", "四(四)2", "五(一)", "五(一)2", "五(三)", "五(四)", "五(四)2", "五(四)3",
    "二(一)", "三(一)", "六(一)", "六(三)", "六(四)",
}  # fmt: skip


def numbers(node: Node) -> set[str]:
    return {clause.clause for clause in node.clauses() if clause.clause}


def clauses_of_facts(policy_id: str) -> set[str]:
    """The clauses of the levels that records decide; what is attested as a whole (ability) left out."""
    found: set[str] = set()
    for level in catalog.get(policy_id).policy.levels.values():
        for part in (level.qualification, level.achievements, level.exceptional):
            found |= numbers(part) if part is not None else set()
    return found


@pytest.mark.parametrize("policy_id", TIANJIN)
def test_every_clause_that_records_decide_says_what_they_do_not_tell(policy_id: str) -> None:
    said = {gap.clause for gap in catalog.get(policy_id).not_encoded}
    assert clauses_of_facts(policy_id) - said == WHOLE & clauses_of_facts(policy_id)


@pytest.mark.parametrize("policy_id", TIANJIN)
@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("二(二)", "由人认定"),
        ("三(二)", "由人认定"),
        ("六(三)1", "关键技术问题"),
        ("六(三)2", "是否重大"),
        ("六(三)3", "论证深度"),
        ("六(三)5", "公认"),
    ],
)
def test_what_people_have_to_look_at_stands_with_its_clause(policy_id: str, clause: str, words: str) -> None:
    assert any(words in gap.why for gap in catalog.get(policy_id).not_encoded if gap.clause == clause)


@pytest.mark.parametrize("policy_id", TIANJIN)
def test_whether_a_plan_is_long_term_is_said_to_be_the_panels_matter(policy_id: str) -> None:
    lines, status = run("explain", policy_id, "associate_senior", "五(三)3")
    assert status == 0
    assert any("适用口径：看级别、排名和是否颁布" in line and "系统不作判断" in line for line in lines)
    assert any(line.startswith("不作判断：") and "中长期" in line for line in lines)


def test_the_lesser_words_of_27_are_not_read_into_its_engineers_clause() -> None:
    of_39 = "\n".join(run("explain", ENGINEERING, "intermediate", "四(三)2")[0])
    of_27 = "\n".join(run("explain", LITHIUM, "intermediate", "四(三)2")[0])
    assert "适用口径：看级别和是否颁布，省市按省部级" in of_39
    assert "不作判断：规划和决策是否属于中长期、重大" in of_39
    assert "不作判断：规划和决策是否属于中长期" not in of_27


def test_a_postdocs_fund_and_finished_project_are_left_to_the_office() -> None:
    said = "\n".join(run("explain", LITHIUM, "associate_senior", "正文七(二)")[0])
    assert "基金资助没有单独的种类，按课题填报" in said
    assert "课题已完成或基金已取得" in said


def test_skilled_workers_are_judged_by_the_same_conditions() -> None:
    (gap,) = (gap for gap in catalog.get(LITHIUM).not_encoded if gap.clause == "正文七(四)")
    assert "技能等级照填报采用" in gap.why


@pytest.mark.parametrize("policy_id", TIANJIN)
@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("2023年度通知一(一)", "港澳台和外籍人才按同样的条件"),
        ("2023年度通知一(二)", "津人社局发〔2022〕26号不在手"),
        ("2023年度通知三(一)", "在站博士后"),
        ("2023年度通知三(三)", "只说直接申报高级职称"),
    ],
)
def test_what_the_annual_notice_says_of_persons_without_a_test_of_its_own(
    policy_id: str, clause: str, words: str
) -> None:
    assert any(words in gap.why for gap in catalog.get(policy_id).not_encoded if gap.clause == clause)


@pytest.mark.parametrize(
    ("policy_id", "clauses"),
    [
        ("jiangxi-lithium-2023", ("正文三(六)", "正文三(七)", "正文三(八)", "正文三(十)1", "正文四(一)")),
        ("zhejiang-battery-2020", ("正文二(一)", "正文二(四)1", "正文二(四)2", "正文二(四)4", "正文四")),
    ],
)
def test_what_the_provinces_leave_to_their_offices(policy_id: str, clauses: tuple[str, ...]) -> None:
    assert {gap.clause for gap in catalog.get(policy_id).not_encoded} >= set(clauses)
