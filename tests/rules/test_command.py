"""manage.py check_eligibility: one dossier, a batch, standard input, exit statuses. No database is touched."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.rules.people import AS_OF, LEVEL, POLICY, qualified, title

ARGUMENTS = ("--policy", POLICY, "--level", LEVEL, "--as-of", AS_OF)


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("check_eligibility", *arguments, stdout=out)
    return out.getvalue()


def dossier_file(tmp_path: Path, dossier: Any) -> str:
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps(dossier), encoding="utf-8")
    return str(path)


def case(**changes: Any) -> dict[str, Any]:
    return {"id": "c", "policy": POLICY, "level": LEVEL, "as_of": AS_OF, "dossier": qualified(), **changes}


def batch(tmp_path: Path, lines: list[str]) -> tuple[list[dict[str, Any]], int]:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    out = io.StringIO()
    status = 0
    try:
        call_command("check_eligibility", "--batch", str(path), stdout=out)
    except SystemExit as stop:
        status = int(stop.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_a_tree_that_a_person_can_read(tmp_path: Path) -> None:
    lines = run(dossier_file(tmp_path, qualified(consents=[])), *ARGUMENTS).splitlines()
    assert lines[0] == "✓ 符合申报条件（正常申报）"
    assert "  ✓ 五(二)　专业能力：已确认符合" in lines
    assert "    ✗ 五(一)1　博士学位，其后从事相关工作满2年：没有博士学历学位" in lines
    assert "        → 取得博士学历学位" in lines


def test_ways_levels_and_another_policy_below_the_tree(tmp_path: Path) -> None:
    young = qualified(titles=[title(obtained="2020-03-01", appointed="2020-03-01")], performance_assessment="passed")
    asked = ("--advise", "--levels", "--against", "tianjin-engineering-2019")
    lines = run(dossier_file(tmp_path, young), *ARGUMENTS, *asked).splitlines()
    said = lines[lines.index("怎样才能符合") :]
    assert said[1:4] == [
        "正常申报：不符合申报条件", "  1. 等到2025年3月1日：届时五(一)2随时间经过而符合", "破格申报：不符合申报条件",
    ]  # fmt: skip
    assert said[said.index("各层级") + 1].startswith(
        "已取得工程师职称；高级工程师：2025年3月1日起符合，或以破格申报，再有1项"
    )
    beside = said[said.index("政策对照") + 1 :]
    assert [line.split("　")[:2] for line in beside[:2]] == [
        ["甲", "津人社局发〔2022〕27号"], ["乙", "津人社局发〔2019〕39号"],
    ]  # fmt: skip
    assert beside[2] == "　 甲乙 条款（≠ 结论不同，－ 没有该条款）"
    assert "　 ✗✗ 五(一)　学历和资历" in beside
    assert any(line.startswith("≠ －✗ 正文二(一)4") for line in beside)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--json", "--advise"), "--json gives the contract's answer"),
        (("--against", "nowhere"), "policy: 'nowhere' is not one of"),
        (("--against", "zhejiang-battery-2020", "--level", "full_senior"), "level: 'full_senior' is not one of"),
    ],
)
def test_what_cannot_be_said_beside_the_tree(more: tuple[str, ...], said: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=said):
        run(dossier_file(tmp_path, qualified()), *ARGUMENTS, *more)


def test_json(tmp_path: Path) -> None:
    answer = json.loads(run(dossier_file(tmp_path, qualified()), *ARGUMENTS, "--json"))
    assert (answer["id"], answer["verdict"], answer["route"], answer["earliest"]) == (None, "met", "ordinary", AS_OF)


def test_opened(tmp_path: Path) -> None:
    path = dossier_file(tmp_path, qualified())
    answer = json.loads(run(path, *ARGUMENTS, "--opened", "2025-11-01", "--json"))
    assert answer["excluded_by"] == ["not_in_force"]


def test_a_dossier_that_cannot_be_read(tmp_path: Path) -> None:
    path = dossier_file(tmp_path, qualified(titles=[{"grade": "x"}]))
    with pytest.raises(CommandError, match=r"^titles\[0\]\.grade: unknown key$") as caught:
        run(path, *ARGUMENTS)
    assert caught.value.returncode == 1


def test_a_dossier_that_cannot_be_read_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = dossier_file(tmp_path, qualified(titles=[{"grade": "x"}]))
    with pytest.raises(SystemExit) as stop:
        call_command("check_eligibility", path, *ARGUMENTS, "--json")
    assert stop.value.code == 1
    assert json.loads(capsys.readouterr().out) == {"id": None, "error": "titles[0].grade: unknown key"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Missing: DOSSIER, --policy, --level, --as-of."),
        (("nowhere.json", *ARGUMENTS), "nowhere.json: No such file or directory"),
        (("x.json", "--batch", "-"), "Give a dossier or --batch, not both."),
        (("x.json", "--policy", POLICY, "--level", LEVEL, "--as-of", "2024-6-30"), "is not a date written YYYY-MM-DD"),
        (("x.json", "--policy", POLICY, "--level", LEVEL, "--as-of", "2024-W26-7"), "is not a date written YYYY-MM-DD"),
    ],
)
def test_usage(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message.replace("(", r"\(")):
        run(*arguments)


def test_a_batch_answers_in_order_and_goes_on_after_an_error(tmp_path: Path) -> None:
    lines = [
        json.dumps(case(id="first")),
        json.dumps(case(id="second", dossier=qualified(achievements=[{"grade": "forth"}]))),
        "",
        "not json",
        json.dumps(case(id="third", level="boss")),
        json.dumps(case(id="fourth", opened="2025-11-01")),
        json.dumps(case(id="fifth", as_of="2024-6-30")),
        '{"id": "sixth", "policy": "p", "policy": "p"}',
        json.dumps(case(id=7, policy=None)),
        "[]",
    ]
    answers, status = batch(tmp_path, lines)
    assert status == 1
    assert [answer["id"] for answer in answers] == [
        "first",
        "second",
        None,
        None,
        "third",
        "fourth",
        "fifth",
        "sixth",
        7,
        None,
    ]
    assert answers[0]["verdict"] == "met"
    assert answers[1]["error"].startswith("achievements[0].grade: 'forth' is not one of special")
    assert answers[2]["error"] == "the line is blank"
    assert answers[4]["error"].startswith("level: 'boss' is not one of ")
    assert answers[5]["excluded_by"] == ["not_in_force"]
    assert answers[6]["error"] == "as_of: '2024-6-30' is not a date written YYYY-MM-DD"
    assert answers[7]["error"] == "policy: key given twice"
    assert answers[8]["error"] == "policy: expected `str`, got `null`"


def test_blank_lines_are_answered_where_a_further_line_follows(tmp_path: Path) -> None:
    blank = {"id": None, "error": "the line is blank"}
    answers, status = batch(tmp_path, ["", "  \t", json.dumps(case(id=1)), "\r", json.dumps(case(id=2)), "", " ", ""])
    assert [answer if "error" in answer else answer["id"] for answer in answers] == [blank, blank, 1, blank, 2]
    assert status == 1


@pytest.mark.parametrize("lines", [[], [""], ["", " ", "\t"], [json.dumps(case()), "", ""]])
def test_blank_lines_at_the_end_are_no_lines(tmp_path: Path, lines: list[str]) -> None:
    answers, status = batch(tmp_path, lines)
    assert (len(answers), status) == (sum(bool(line.strip()) for line in lines), 0)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--policy", POLICY), "--policy: for one dossier"),
        (("--level", LEVEL, "--as-of", AS_OF), "--level, --as-of: for one dossier"),
        (("--opened", AS_OF), "--opened: for one dossier"),
        (("--advise", "--levels"), "--advise, --levels: for one dossier"),
        (("--against", POLICY), "--against: for one dossier"),
    ],
)
def test_what_a_batch_would_not_heed_is_refused(more: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run("--batch", "nowhere.jsonl", *more)


def test_a_batch_without_errors_ends_well(tmp_path: Path) -> None:
    answers, status = batch(tmp_path, [json.dumps(case(expect={"verdict": "met"}, why="said so"))])
    assert (status, len(answers)) == (0, 1)
    assert list(answers[0]) == ["id", "verdict", "route", "clauses", "excluded_by", "earliest"]


def test_an_answer_is_one_line_to_every_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(case(id="a\u2028b\u2029c\x85d"), ensure_ascii=False) + "\n")
    call_command("check_eligibility", "--batch", str(path))
    (answer,) = capsys.readouterr().out.splitlines()
    assert json.loads(answer)["id"] == "a\u2028b\u2029c\x85d"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.dumps(case()).encode() + b"\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert json.loads(run("--batch", "-"))["verdict"] == "met"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(qualified()).encode())))
    assert json.loads(run("-", *ARGUMENTS, "--json"))["verdict"] == "met"
