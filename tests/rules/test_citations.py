"""A citation is held against the list of the notice's clauses: nodes, gaps, prose, and the procedure with its figures."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from rules import catalog, lint, load
from rules.lint import citations
from rules.load import PackError
from rules.model import Layer, Policy
from tests.rules.people import POLICY
from tests.rules.test_lint import LAYER, PACK, at, changed

OWN = "津人社局发〔2022〕27号"
ANNUAL = "天津市2023年度职称评审工作通知"
BOTH = f"{ANNUAL}, {OWN}"
SENIOR = "levels.associate_senior"
DAYS = "procedure.notices.employer.work_days"
STAGES = [window["stage"] for window in at(PACK, "procedure.windows")]
SUPERVISOR = f"procedure.windows[{STAGES.index('supervisor')}]"


def found(pack: dict[str, Any]) -> list[str]:
    problems = citations.problems(msgspec.convert(pack, Policy), "x", msgspec.convert(LAYER, Layer))
    return [str(problem).removeprefix("x: ") for problem in problems]


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        (f"{SENIOR}.achievements.of[6].clause", "五(三)9", f"'五(三)9' is no clause of {BOTH}"),
        (f"{SENIOR}.claims.self_appointment.clause", "正文九(九)", f"'正文九(九)' is no clause of {BOTH}"),
        ("exclusions[0].node.clause", "正文七(九)", f"'正文七(九)' is no clause of {BOTH}"),
        ("not_encoded[0].clause", "正文九", f"'正文九' is no clause of {BOTH}"),
        (f"{DAYS}.clause", "正文九(九)", f"'正文九(九)' is no clause of {BOTH}"),
        ("procedure.directions[0].clause", "七(五)", f"'七(五)' is no clause of {BOTH}"),
        ("procedure.steps[1].clause", "正文六(五)", f"'正文六(五)' is no clause of {BOTH}"),
        ("procedure.documents[0].clause", "2023年度通知一(六)", f"'2023年度通知一(六)' is no clause of {BOTH}"),
    ],
)
def test_a_clause_that_the_notice_does_not_have(place: str, value: str, message: str) -> None:
    assert found(changed(PACK, place, value)) == [f"{place}: {message}"]


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        (f"{DAYS}.value", 3, "2023年度通知四(二) does not state 3"),
        ("procedure.notices.result.work_days.value", 4, "2023年度通知四(四) does not state 4"),
        ("procedure.pool.enterprise.value", "1/10", "正文四(一) does not state 1/10"),
        ("procedure.pool.size.value", 32, "正文四(一) does not state 32"),
        (f"{SUPERVISOR}.closes", "2023-11-07", "2023年度通知四(二) does not state 2023-11-07"),
        ("procedure.fee.value", 1, "2023年度通知五(二) does not state 1"),
    ],
)
def test_a_figure_that_its_clause_does_not_state(place: str, value: Any, message: str) -> None:
    above = place.rpartition(".")[0]
    assert found(changed(PACK, place, value)) == [f"{above}.clause: {message}"]


def test_a_setting_is_free_and_what_it_sees_is_not() -> None:
    setting = {**at(PACK, "procedure.panel.size"), "value": 99}
    assert found(changed(PACK, "procedure.panel.size", setting)) == []
    assert found(changed(PACK, "procedure.panel.size", {**setting, "see": "正文十"})) == [
        f"procedure.panel.size.see: '正文十' is no clause of {BOTH}"
    ]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("levels.full_senior.qualification.weaker[0].why", "27号六(九)只说担任"),
        ("readings[0]", "须在本专业岗位工作满一年（正文七(九)）"),
        ("procedure.cut_off.why", "见2023年度通知九"),
    ],
)
def test_what_a_reason_or_a_reading_speaks_of(place: str, text: str) -> None:
    (refusal,) = found(changed(PACK, place, text))
    assert refusal.startswith(f"{place}: speaks of ")


def test_a_source_that_is_named_is_the_one_that_is_held_against() -> None:
    city = load._parse(catalog.POLICIES / "tianjin-engineering-2019.yaml")
    bar = "exclusions[0].node"
    assert at(city, bar)["source"] == "annual"
    assert found(changed(city, f"{bar}.clause", "正文二(三)4")) == [
        f"{bar}.clause: '正文二(三)4' is no clause of {ANNUAL}"
    ]


def test_the_years_of_a_degree_are_held_against_their_own_document() -> None:
    for early, message in (
        ({"years": 2, "source": "津人社局发〔2019〕39号", "clause": "正文二(四)1"}, "正文二(四)1 does not state 2"),
        ({"years": 1, "source": "津人社局发〔2019〕39号", "clause": "正文七(一)"}, "'正文七(一)' is no clause of 津人社局发〔2019〕39号"),
    ):  # fmt: skip
        layer = msgspec.convert({**LAYER, "early": early}, Layer)
        assert [str(problem) for problem in citations.problems(layer, "x")] == [f"x: early.clause: {message}"]


def test_a_document_without_a_list_is_told() -> None:
    pack = changed(PACK, "source.number", "津人社局发〔2030〕1号")
    assert found(pack) == ["source: no list of the clauses of 津人社局发〔2030〕1号: write it into notices/"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("number: n\nclauses: {正文: [一]}\nitems: {正文二: 1}", "a.yaml: items: 正文二 is not among the clauses"),
        ("number: n\nclauses: {正文: [一]}\nstates: {正文一1: ['1']}", "a.yaml: states: 正文一1 is not among the clauses"),
        ("number: n", "a.yaml: clauses: required key is left out"),
    ],
)  # fmt: skip
def test_a_list_that_contradicts_itself(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load.load_notice(tmp_path / "a.yaml")
    assert str(caught.value) == message


def test_a_list_that_cannot_be_read_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("number: n\nclauses: {正文: [一]}\n", encoding="utf-8")
    monkeypatch.setattr(catalog, "NOTICES", tmp_path)
    said = {str(problem) for problem in lint.of_policy(catalog.get(POLICY))}
    assert f"{tmp_path.name}/b.yaml: number: n has a list already" in said


def test_every_clause_that_a_level_reports_is_in_a_list() -> None:
    lists = [load.load_notice(path) for path in sorted(catalog.NOTICES.glob("*.yaml"))]
    numbers = frozenset[str]().union(*(notice.numbers for notice in lists))
    entries = [catalog.get(policy_id) for policy_id in catalog.ids()]
    assert {number for entry in entries for level in entry.levels.values() for number in level.clauses} <= numbers
