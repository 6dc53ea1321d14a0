"""The procedure of the lithium policy, and its loud validation."""

from datetime import date
from fractions import Fraction

import msgspec
import pytest

from rules import catalog
from rules.documents import asked
from rules.formalities import PostGrades
from rules.stated import Figure, Share
from tests.rules.people import POLICY

PROCEDURE = catalog.get(POLICY).procedure


def test_titles_and_modes() -> None:
    assert PROCEDURE.title_of("associate_senior") == "高级工程师"
    assert list(PROCEDURE.titles.value.values()) == ["技术员", "助理工程师", "工程师", "高级工程师", "正高级工程师"]
    assert PROCEDURE.modes.value["assistant"] == "appointment"
    assert PROCEDURE.modes.value["associate_senior"] == "review"
    with pytest.raises(KeyError):
        PROCEDURE.title_of("boss")


def test_figures_of_the_notices() -> None:
    figures = (
        PROCEDURE.employer_notice_days,
        PROCEDURE.result_notice_days,
        PROCEDURE.draw_lead_days,
        PROCEDURE.pool.size.value,
        PROCEDURE.pool.skilled.value,
        PROCEDURE.panel.skilled.value,
        PROCEDURE.fee.value,
        PROCEDURE.applications_a_year.value,
    )
    assert figures == (5, 5, 7, 33, 3, 1, 0, 1)
    photographs = PROCEDURE.notices.employer.photographs
    assert photographs is not None
    assert (photographs.value, photographs.clause) == (1, "2023年度通知四(二)")


def test_shares_round_up() -> None:
    pool = PROCEDURE.pool
    assert (pool.full_senior.of(33), pool.enterprise.of(33), pool.non_public.of(10)) == (17, 10, 4)
    assert PROCEDURE.ballot.passing.fraction == Fraction(2, 3)
    assert (PROCEDURE.ballot.quorum.of(11), PROCEDURE.ballot.passing.of(9)) == (8, 6)


def test_steps_and_directions() -> None:
    assert [step.kind for step in PROCEDURE.steps] == ["employer", "supervisor", "office"]
    assert [direction.clause for direction in PROCEDURE.directions] == ["七(一)", "七(二)", "七(三)", "七(四)"]
    assert len({direction.code for direction in PROCEDURE.directions}) == 4


def test_what_no_notice_states_is_marked() -> None:
    assert [place for place, _why in PROCEDURE.to_confirm()] == [
        "notices.employer.posting_day_counts",
        "notices.result.posting_day_counts",
        "evidence.types",
        "evidence.max_bytes",
        "panel.size",
        "panel.odd",
        "ballot.quorum",
        "ballot.passing",
        "ballot.counts",
        "certificate.numbering",
        "sign_up",
        "cut_off",
        "windows[1]",
    ]


ENGINEERING = catalog.get("tianjin-engineering-2019").procedure


def test_post_ratios_bind_by_the_notices_own_word() -> None:
    ratios = [(ratio.value, ratio.clause) for one in (PROCEDURE, ENGINEERING) if (ratio := one.post_ratio)]
    assert ratios == [("must", "正文一"), ("generally", "正文二(四)2")]


def test_the_days_of_2023_and_a_cut_off_each_round_sets() -> None:
    for procedure in (PROCEDURE, ENGINEERING):
        days = [(window.stage, window.opens, window.closes) for window in procedure.windows]
        assert days == [
            ("plan", None, date(2023, 9, 15)),
            ("applicant", date(2023, 9, 18), date(2023, 11, 6)),
            ("supervisor", None, date(2023, 11, 6)),
            ("office", None, date(2023, 12, 31)),
            ("review", None, date(2024, 3, 31)),
        ]
        assert procedure.cut_off is not None
        assert (procedure.cut_off.value, procedure.cut_off.counting) == (None, "anniversaries")


def test_a_professional_qualification_brings_proof_of_appointment() -> None:
    (rule,) = ENGINEERING.documents
    qualified = asked(ENGINEERING.documents, "title", {"source": "professional_qualification"})
    assert [one.rule.documents for one in qualified] == [["专业技术人员职业资格证书", "用人单位聘任证明"]]
    assert asked(ENGINEERING.documents, "title", {"source": "review"}) == []
    assert asked(ENGINEERING.documents, "title", {}) == [(rule, ("source",))]


def test_what_39_leaves_to_the_plan_is_marked() -> None:
    assert {"modes", "pool.size"} <= dict(ENGINEERING.to_confirm()).keys()
    assert (ENGINEERING.pool.full_senior, ENGINEERING.pool.enterprise) == (None, None)
    assert PROCEDURE.pool.added_full_senior is not None
    assert (PROCEDURE.pool.added_full_senior.value, PROCEDURE.pool.added_full_senior.clause) == (10, "正文四(二)")


def test_a_false_commitment_costs_the_year() -> None:
    for procedure in (PROCEDURE, ENGINEERING):
        assert [one.clause for one in procedure.consequences][:2] == ["2023年度通知三(九)", "2023年度通知五(四)"]
        assert procedure.commitments[-1].clause == "2023年度通知三(九)"
        assert procedure.fee.value == 0


@pytest.mark.parametrize(
    ("type_", "data", "message"),
    [
        (Figure, {"value": 5}, "clause: needed unless the figure is marked to_confirm"),
        (Figure, {"value": 5, "clause": "一", "to_confirm": True}, "clause: needed unless"),
        (Figure, {"value": 5, "to_confirm": True}, "why: a setting says where its value comes from"),
        (Share, {"value": "0.5", "clause": "一"}, "value: '0.5' is not a share such as '2/3'"),
        (PostGrades, {"value": {"assistant": [12, 11]}, "clause": "一"}, "value: grades run from the first"),
        (Share, {"value": "3/2", "clause": "一"}, "value: '3/2' is not a share such as '2/3'"),
    ],
)
def test_refusals(type_: type, data: dict, message: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=message.replace("(", r"\(")):
        msgspec.convert(data, type_)
