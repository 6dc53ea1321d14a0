"""Two policies over many dossiers: who changes, by which clauses, a bad case told in its place, one case at a time."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules import batch, catalog
from rules.catalog import Entry
from rules.simulation import Change, ClauseChange, SimulatedCase, Simulation, read_lines
from tests.rules.people import AS_OF, LEVEL, POLICY, qualified, title


@pytest.fixture(scope="module")
def stricter(tmp_path_factory: pytest.TempPathFactory) -> Entry:
    return Entry.read(draft(tmp_path_factory.mktemp("draft"), "- seniority: 5", "- seniority: 7"))


def draft(folder: Path, old: str, new: str) -> Path:
    """The pack with one line of it changed."""
    text = (catalog.POLICIES / f"{POLICY}.yaml").read_text(encoding="utf-8")
    assert old in text
    path = folder / f"{POLICY}.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def case(identity: str, dossier: dict[str, Any], **more: Any) -> SimulatedCase:
    return SimulatedCase(id=identity, level=LEVEL, as_of=date.fromisoformat(AS_OF), dossier=dossier, **more)


def since(day: str) -> dict[str, Any]:
    return qualified(titles=[title(obtained=day, appointed=day)])


def test_a_threshold_moved_changes_those_between_the_two(stricter: Entry) -> None:
    run = Simulation(catalog.get(POLICY), stricter)
    people = [
        case("seven years", since("2017-06-30")),
        case("six years", since("2018-06-30")),
        case("a day short of seven", since("2017-07-01")),
        case("four years", since("2020-06-30")),
    ]
    lost = (ClauseChange("五(一)2", "met", "unmet"),)
    assert list(run.changes(people)) == [
        Change(id="six years", level=LEVEL, before="met", after="unmet", clauses=lost),
        Change(id="a day short of seven", level=LEVEL, before="met", after="unmet", clauses=lost),
    ]
    assert (run.judged, run.changed, run.failed) == (4, 2, 0)
    assert run.by_change == {("met", "unmet"): 2}
    assert run.by_clause == {lost[0]: 2}


def test_the_way_back_tells_the_gain(stricter: Entry) -> None:
    [change] = Simulation(stricter, catalog.get(POLICY)).changes([case("six years", since("2018-06-30"))])
    assert (change.before, change.after, change.clauses) == (
        "unmet", "met", (ClauseChange("五(一)2", "unmet", "met"),)
    )  # fmt: skip


def test_a_clause_that_goes_another_way_than_the_verdict_is_not_named(tmp_path: Path) -> None:
    """五(三)1 opens to a district's award while seven years are asked: what is lost is lost by 五(一)2."""
    award = {"kind": "award", "date": "2023-01-01", "level": "district", "grade": "third", "personal_certificate": True}
    path = draft(tmp_path, "- seniority: 5", "- seniority: 7")
    text = path.read_text(encoding="utf-8")
    asked = "where: {level: {at_least: provincial}, grade: {at_least: third}, personal_certificate: {is: true}}"
    path.write_text(text.replace(asked, asked.replace("provincial", "district")), encoding="utf-8")
    person = qualified(titles=[title(obtained="2018-01-10", appointed="2018-03-01")])
    person["achievements"].append(award)
    [change] = Simulation(catalog.get(POLICY), Entry.read(path)).changes([case("one", person)])
    assert change.clauses == (ClauseChange("五(一)2", "met", "unmet"),)


def test_a_bad_case_is_told_in_its_place_and_the_rest_go_on(stricter: Entry) -> None:
    run = Simulation(catalog.get(POLICY), stricter)
    lines = [
        b"{",
        json.dumps({"id": "key", "level": LEVEL, "as_of": AS_OF, "dossier": {"title": []}}).encode(),
        json.dumps({"id": "level", "level": "professor", "as_of": AS_OF, "dossier": {}}).encode(),
        b"",
        json.dumps({"id": "date", "level": LEVEL, "as_of": "2024-6-30", "dossier": {}}).encode(),
        json.dumps(
            {"id": "good", "policy": POLICY, "level": LEVEL, "as_of": AS_OF, "dossier": since("2018-06-30")}
        ).encode(),
    ]
    told = [(change.id, change.error) for change in run.changes(read_lines(lines))]
    assert [identity for identity, _ in told] == [None, "key", "level", None, "date", "good"]
    assert told[1][1] == "title: unknown key"
    assert told[2][1].startswith("level: 'professor' is not one of")
    assert told[3][1] == "the line is blank"
    assert told[4][1] == "as_of: '2024-6-30' is not a date written YYYY-MM-DD"
    assert told[5][1] == ""
    assert (run.judged, run.failed) == (1, 5)


def test_a_line_is_told_as_the_batch_tells_it(stricter: Entry) -> None:
    whole = {"id": "twice", "policy": POLICY, "level": LEVEL, "as_of": AS_OF, "dossier": qualified()}
    text = json.dumps(whole).encode()
    lines = [
        text.replace(b'"dossier": {', b'"dossier": {"status": "retired", '),
        text[:-1] + b', "level": "technician"}',
        text[:-1] + b', "id": "other"}',
        json.dumps({**whole, "dossier": qualified(status="rich")}).encode(),
        json.dumps({**whole, "extra": 1}).encode(),
        b"[]",
        b"",
        text,
    ]
    told = list(Simulation(catalog.get(POLICY), catalog.get(POLICY)).changes(read_lines(lines)))
    answers = [answer for answer in batch.answer_lines(lines) if "error" in answer]
    assert [(change.id, change.error) for change in told] == [(answer["id"], answer["error"]) for answer in answers]
    assert [identity for identity, _ in ((change.id, change.error) for change in told)] == [
        "twice", "twice", None, "twice", "twice", None, None,
    ]  # fmt: skip
    assert told[0].error == "status: key given twice"


def test_a_case_of_another_policy_is_left_out(stricter: Entry) -> None:
    run = Simulation(catalog.get(POLICY), stricter)
    person = {"level": LEVEL, "as_of": AS_OF, "dossier": since("2018-06-30")}
    lines = [
        json.dumps({"id": "theirs", "policy": "zhejiang-battery-2020", **person}).encode(),
        json.dumps({"id": "ours", "policy": POLICY, **person}).encode(),
        json.dumps({"id": "unsaid", **person}).encode(),
    ]
    told = [(change.id, change.left_out, change.after) for change in run.changes(read_lines(lines))]
    assert told == [("theirs", "zhejiang-battery-2020", ""), ("ours", "", "unmet"), ("unsaid", "", "unmet")]
    assert (run.judged, run.changed, run.failed, run.left_out) == (2, 2, 0, 1)


def test_a_change_of_the_route_is_a_change(stricter: Entry) -> None:
    """Six years as 工程师 and a national patent award: by 五(一)2 now, by the exception once seven years are asked."""
    award = {
        "kind": "award",
        "award_type": "patent",
        "date": "2023-01-01",
        "level": "national",
        "grade": "gold",
        "rank": 1,
    }
    person = since("2018-06-30")
    person["achievements"].append(award)
    for old, new, before, after in (
        (catalog.get(POLICY), stricter, "met (ordinary)", "met (exceptional)"),
        (stricter, catalog.get(POLICY), "met (exceptional)", "met (ordinary)"),
    ):
        run = Simulation(old, new)
        [change] = run.changes([case("one", person)])
        assert (change.before, change.after) == (before, after)
        assert [clause.clause for clause in change.clauses] == ["五(一)2"]
        assert run.by_change == {(before, after): 1}


def test_a_draft_is_judged_as_though_it_had_been_in_force(tmp_path: Path) -> None:
    later = Entry.read(draft(tmp_path, 'from: "2022-11-01"', 'from: "2025-01-01"'))
    person = case("one", since("2018-06-30"))
    assert list(Simulation(catalog.get(POLICY), later).changes([person])) == []
    [change] = Simulation(catalog.get(POLICY), later, in_force=True).changes([person])
    assert (change.before, change.after) == ("met", "unmet")


def test_cases_are_taken_one_at_a_time(stricter: Entry) -> None:
    taken: list[int] = []

    def people() -> Iterator[SimulatedCase]:
        for number in range(1000):
            taken.append(number)
            yield case(str(number), since("2018-06-30"))

    changes = Simulation(catalog.get(POLICY), stricter).changes(people())
    assert (next(changes).id, next(changes).id, taken) == ("0", "1", [0, 1])
