"""Packs are read strictly: what YAML would read in a way nobody means is refused, with file and place."""

from pathlib import Path

import pytest

from rules import catalog, load
from rules.load import PackError, load_layer, load_policy, sha256
from tests.rules.people import POLICY

PACK = (catalog.POLICIES / f"{POLICY}.yaml").read_text(encoding="utf-8")
LAYER = "id: x\nsource: {title: t, number: n}\n"


def slipped(old: str, new: str) -> str:
    """The pack with a slip in its first such place from 高级工程师 on."""
    below, level, rest = PACK.partition("\n  associate_senior:\n")
    assert old in rest
    return below + level + rest.replace(old, new, 1)


def refusal(tmp_path: Path, text: str) -> str:
    path = tmp_path / "pack.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_layer(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "pack.yaml: is empty"),
        ("id: x\nid: y", "pack.yaml: id: key given twice"),
        ("source: {title: t, title: u}", "pack.yaml: source.title: key given twice"),
        ("exclusions: [{node: no}]",
         "pack.yaml: exclusions[0].node: no reads differently to different YAML parsers; quote it"),
        ("id: 010", "pack.yaml: id: 010 reads differently to different YAML parsers; quote it"),
        ("id: 12:30", "pack.yaml: id: 12:30 reads differently to different YAML parsers; quote it"),
        ("id: 2022-11-01", "pack.yaml: id: 2022-11-01 reads differently to different YAML parsers; quote it"),
        ("id: 1.5", "pack.yaml: id: 1.5 reads differently to different YAML parsers; quote it"),
        ("id: x\nlabel:", "pack.yaml: label:  reads differently to different YAML parsers; quote it"),
        ("a: &here {id: x}\nb: *here", "pack.yaml: b: an alias: say it again, or give it a clause to refer to"),
        ("id: !!int x", "pack.yaml: id: a tag: everything is read as it is written; leave it out"),
        ("id: \x07", "pack.yaml: unacceptable character #x0007: control characters are not allowed"),
        ("1: x", "pack.yaml: 1: a key must be text; quote it"),
        ("id: [", "pack.yaml: line "),
        (LAYER + "colour: red", "pack.yaml: colour: unknown key"),
        ("id: x", "pack.yaml: source: required key is left out"),
        (LAYER + "claims: {wish: {judged: q}}", "pack.yaml: claims.wish: 'wish' is not one of"),
        (LAYER + "exclusions: [{node: {clause: 一, label: l, judged: q, no_sanction: true}}]",
         "pack.yaml: exclusions[0].node: a node says exactly one thing; this one says judged, no_sanction"),
        (LAYER + "exclusions: [{node: {clause: 一, judged: q}}]",
         "pack.yaml: exclusions[0].node.label: a clause has one, and only a clause"),
    ],
)  # fmt: skip
def test_refusals_name_file_and_place(tmp_path: Path, text: str, message: str) -> None:
    assert refusal(tmp_path, text).startswith(message)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("grade: {at_least: third}", "grade: {at_least: forth}", "levels.associate_senior"),
        ("count: 2", "count: two", "levels.associate_senior.achievements.of[1].records.count"),
        ("at_least: 2\n      distinct", "at_least: 9\n      distinct", "levels.associate_senior.achievements.at_least"),
        ("rests_on: {education: doctor}", "rests_on: {education: sage}",
         "levels.associate_senior.qualification.any_of[0].rests_on.education"),
        ("kind: [award]", "kind: [awards]", "levels.associate_senior.achievements.of[0].records.kind[0]"),
        ("{value: 5, clause: 2023年度通知四(二)}", "{value: 5}", "procedure.notices.employer.work_days.clause"),
    ],
)  # fmt: skip
def test_a_slip_in_the_pack_is_found(tmp_path: Path, old: str, new: str, place: str) -> None:
    path = tmp_path / f"{POLICY}.yaml"
    path.write_text(slipped(old, new), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        catalog.Entry.read(path)
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'to: "2025-10-31"',
            'to: "2022-10-31"',
            "effective.to: 2022-10-31 is before 2022-11-01, the day it is in force from",
        ),
        (
            'opens: "2023-09-18"',
            'opens: "2023-11-07"',
            "procedure.windows[1].closes: 2023-11-06 is before 2023-11-07, the day it opens",
        ),
    ],
)
def test_days_the_wrong_way_round(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / f"{POLICY}.yaml"
    assert PACK.count(old) == 1
    path.write_text(PACK.replace(old, new), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_policy(path)
    assert str(caught.value) == f"{POLICY}.yaml: {message}"


def test_a_day_is_long_enough(tmp_path: Path) -> None:
    path = tmp_path / f"{POLICY}.yaml"
    path.write_text(PACK.replace('to: "2025-10-31"', 'to: "2022-11-01"'), encoding="utf-8")
    assert load_policy(path).effective.until == load_policy(path).effective.since


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("words: {at_least", "wards: {at_least", "achievements: has no field 'wards'"),
        ("evaluators.count: {at_least: 1}", "evaluators.age: {at_least: 1}", "achievements: has no field 'evaluators.age'"),
        ("venue: {in: [journal,", "venue: {in: [jornal,",
         "achievements.venue: 'jornal' is not one of journal, top_journal, provincial_conference"),
        ("concluded: {is: true}", "concluded: {is: closed}", "achievements.concluded: expected `bool | null`, got `str`"),
        ("grade: {at_least: third}", "grade: {at_least: 3}", "achievements.grade: expected `str | null`, got `int`"),
        ("author: {in: [first, second, corresponding]}", "author: {at_least: second}",
         "author has no ranking that holds 'second'"),
    ],
)  # fmt: skip
def test_a_test_that_no_record_could_pass(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / f"{POLICY}.yaml"
    path.write_text(slipped(old, new), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        catalog.Entry.read(path)
    assert str(caught.value) == f"{POLICY}.yaml: levels.associate_senior: {message}"


def test_hash_is_of_what_is_said(tmp_path: Path) -> None:
    one, two, three = (tmp_path / f"{name}.yaml" for name in "abc")
    one.write_text("id: x\nlabel: y\n", encoding="utf-8")
    two.write_text("# a comment\nlabel: 'y'\nid: x\n", encoding="utf-8")
    three.write_text("id: x\nlabel: z\n", encoding="utf-8")
    assert sha256(one) == sha256(two) != sha256(three)
    assert sha256(one, three) != sha256(three, one)


def test_the_pack_itself_loads() -> None:
    assert load_policy(catalog.POLICIES / f"{POLICY}.yaml").id == POLICY
    assert load._parse(catalog.LAYERS / "tianjin-annual.yaml")["id"] == "tianjin-annual"
