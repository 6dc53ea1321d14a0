"""Case files are read strictly, and an answer is held against every word of what is expected."""

from pathlib import Path

import pytest

from rules import casebook, catalog
from rules.load import PackError
from tests.rules.packs import forget_cases, read_cases_from
from tests.rules.people import LEVEL, POLICY

BASE = "as_of: 2024-06-30\nbase: {status: employed}\n"
CASE = "cases:\n- {id: one, expect: {verdict: met}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    read_cases_from(tmp_path, monkeypatch)
    there = tmp_path / POLICY
    there.mkdir()
    return there


def write(folder: Path, text: str, name: str = "associate_senior") -> tuple[casebook.Case, ...]:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return casebook.cases(POLICY, LEVEL)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("cases: [", "line "),
        ("base: \x07", "unacceptable character"),
        (BASE + "cases: !!set {one, two}", "cases: a tag"),
        (BASE + "cases: &again [*again]", "cases[0]: expected `object`, got `array`"),
        (BASE + "? [cases]\n: []", "?: a key must be text"),
        (BASE + CASE + "colour: red", "colour: unknown key"),
        (BASE + "base: {}\n" + CASE, "base: key given twice"),
        ("base: {status: employed, status: employed}\n" + CASE, "base.status: key given twice"),
        (BASE, "cases: required key is left out"),
        ("base: {}\n" + CASE, "as_of: required key is left out"),
        ("as_of: 2024-06-30\n" + CASE, "base: required key is left out"),
        (BASE + "cases: [{id: a, expect: {}}]", "cases[0].expect: expects nothing"),
        (BASE + "cases: [{id: a, expect: {verdikt: met}}]", "cases[0].expect.verdikt: unknown key"),
        (BASE + "cases: [{id: a, expect: {verdict: yes}}]", "cases[0].expect.verdict: 'yes' is not one of met, unmet, open"),
        (BASE + "cases: [{id: a, expect: {clauses: {五(一): maybe}}}]",
         "cases[0].expect.clauses.五(一): 'maybe' is not one of met, unmet, open"),
        (BASE + "cases: [{id: a, sets: {}, expect: {verdict: met}}]", "cases[0].sets: unknown key"),
        (BASE + "cases: [{id: a, as_of: 2024-06-31, expect: {verdict: met}}]",
         "cases[0].as_of: '2024-06-31' is not a date written YYYY-MM-DD"),
        (BASE + "cases: [{id: a, set: {status: idle}, expect: {verdict: met}}]",
         "cases[0] (a): status: 'idle' is not one of"),
    ],
)  # fmt: skip
def test_refusals_name_file_and_place(folder: Path, text: str, message: str) -> None:
    with pytest.raises(PackError) as caught:
        write(folder, text)
    assert str(caught.value).startswith(f"cases/{POLICY}/associate_senior.yaml: {message}")


def test_the_other_files_of_a_level_need_the_first(folder: Path) -> None:
    with pytest.raises(PackError, match=r"associate_senior\.yaml: is not there"):
        write(folder, CASE, "associate_senior-more")


def test_a_level_without_a_base_has_none_to_give(folder: Path) -> None:
    (folder / "associate_senior.yaml").write_text(CASE, encoding="utf-8")
    with pytest.raises(PackError, match=r"associate_senior\.yaml: base: required key is left out"):
        casebook.base(POLICY, LEVEL)


def test_a_file_for_no_level_is_refused(folder: Path) -> None:
    with pytest.raises(PackError, match="'boss' is no level"):
        write(folder, BASE + CASE, "boss")


def test_an_id_is_given_once_a_level(folder: Path) -> None:
    (folder / "associate_senior.yaml").write_text(BASE + CASE, encoding="utf-8")
    with pytest.raises(PackError, match=f"{POLICY}/associate_senior/one: id given twice"):
        write(folder, CASE, "associate_senior-more")


def test_another_file_takes_base_and_days_from_the_first(folder: Path) -> None:
    (folder / "associate_senior.yaml").write_text(BASE + "opened: 2024-05-01\n" + CASE, encoding="utf-8")
    more = "cases:\n- {id: two, set: {employer: {region: tianjin}}, opened: 2024-06-01, expect: {verdict: met}}\n"
    one, two = write(folder, more, "associate_senior-more")[::-1]
    assert {one.id, two.id} == {"one", "two"}
    first, second = sorted((one, two), key=lambda case: case.id)
    assert (str(first.as_of), str(first.opened)) == ("2024-06-30", "2024-05-01")
    assert (str(second.as_of), str(second.opened)) == ("2024-06-30", "2024-06-01")
    assert second.dossier is not None
    assert second.dossier.status == "employed"


def test_a_day_is_given_to_achievements_without_one(folder: Path) -> None:
    text = (
        BASE
        + "achievement_date: 2023-09-15\ncases:\n- id: a\n  set: {achievements: [{}, {date: null}, {date: 2020-01-01}]}\n  expect: {verdict: met}\n"
    )
    (case,) = write(folder, text)
    assert case.dossier is not None
    assert [item.date and str(item.date) for item in case.dossier.achievements or ()] == [
        "2023-09-15",
        None,
        "2020-01-01",
    ]


def test_null_leaves_a_key_out(folder: Path) -> None:
    (case,) = write(folder, BASE + "cases: [{id: a, set: {status: null}, expect: {verdict: met}}]")
    assert case.dossier is not None
    assert case.dossier.status is None


def test_a_dossier_that_cannot_be_read_may_be_what_is_expected(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = BASE + "cases: [{id: a, set: {status: idle}, expect: {error_contains: status}}]"
    (case,) = write(folder, text)
    assert case.differences() == []
    (folder / "associate_senior.yaml").write_text(
        text.replace("contains: status", "contains: titles"), encoding="utf-8"
    )
    forget_cases(monkeypatch)
    (case,) = casebook.cases(POLICY)
    assert case.differences() == [f"error: {case.refusal!r}, expected 'titles'"]


def test_an_unexpected_refusal_is_a_difference() -> None:
    example = {"id": "a", "policy": POLICY, "level": LEVEL, "as_of": "2024-06-30", "dossier": {"status": "idle"}}
    case = casebook.from_example({**example, "expect": {"verdict": "met"}})
    assert case.differences() == [f"error: {case.refusal!r}, expected None"]


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        ("{verdict: met}", "verdict: 'unmet', expected 'met'"),
        ("{route: ordinary}", "route: None, expected 'ordinary'"),
        ("{earliest: 2024-07-01}", "earliest: None, expected '2024-07-01'"),
        ("{excluded: false}", "excluded: True, expected False"),
        ("{excluded_by: []}", "excluded_by: ['2023年度通知一(五)'], expected []"),
        ("{clauses: {五(一): met}}", "五(一): 'open', expected 'met'"),
        ("{clauses: {五(九): met}}", "五(九): None, expected 'met'"),
        ("{missing: {五(一)1: [posts]}}", "missing of 五(一)1: ['education', 'posts'], expected ['posts']"),
        ("{judgement_in: [五(一)1]}", "judgement in 五(一)1: False, expected True"),
        ("{missing_in: [五(二)]}", "missing in 五(二): False, expected True"),
        ("{error_contains: status}", "error: none, expected 'status'"),
    ],
)  # fmt: skip
def test_every_word_of_what_is_expected_is_compared(folder: Path, expect: str, difference: str) -> None:
    (case,) = write(folder, BASE + f"cases: [{{id: a, set: {{status: retired}}, expect: {expect}}}]")
    assert case.differences() == [difference]


def test_what_is_expected_may_be_nothing_at_all(folder: Path) -> None:
    (case,) = write(folder, BASE + "cases: [{id: a, set: {status: retired}, expect: {route: null, earliest: null}}]")
    assert case.differences() == []


def test_cases_lie_beside_the_packs_and_are_none() -> None:
    assert POLICY in casebook.policies()
    assert set(casebook.policies()) <= set(catalog.ids())


def test_the_base_is_given_anew() -> None:
    casebook.base(POLICY, LEVEL)["status"] = "retired"
    assert casebook.base(POLICY, LEVEL)["status"] == "employed"
