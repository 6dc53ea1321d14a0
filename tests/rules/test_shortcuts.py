"""What the engine leaves out to be fast changes no answer: weighing, hopeful looks, promises kept on reading."""

import gc
import random
from datetime import date
from typing import Any

import pytest

from rules import assignment, catalog, earliest, routes
from rules.compiler import compile_level
from rules.criteria import Node
from rules.dossier import Dossier, decode
from rules.engine import judge, judge_by
from rules.predicates import records
from rules.predicates.noting import Rule
from rules.predicates.records import RecordsRule, places
from rules.verdict import Note, Verdict, figures
from rules.view import Anchor, View, Window
from tests.rules import random_people
from tests.rules.people import AS_OF, LEVEL, POLICY, qualified
from tests.rules.test_soundness import gaps

DAY = date.fromisoformat(AS_OF)
LEVELS = sorted((policy, level) for policy in catalog.ids() for level in catalog.get(policy).levels)


def people(count: int, share: float) -> list[Dossier]:
    rng = random.Random(count)
    return [decode(gaps(random_people.person(rng), rng, share)) for _ in range(count)]


def record_rules(policy: str, level: Any) -> list[RecordsRule]:
    found: list[RecordsRule] = []

    def watch(_node: Node, rule: Rule) -> None:
        if isinstance(rule, RecordsRule):
            found.append(rule)

    entry = catalog.get(policy)
    compile_level(entry.policy, entry.layer, level, watch)
    return found


@pytest.mark.parametrize(("policy", "level"), LEVELS)
def test_what_is_weighed_is_what_is_explained(policy: str, level: str):
    windows = [Window(opens=date.min), Window(opens=date(2022, 6, 30)), Window(closed=True), Window(missing="titles")]
    rules = record_rules(policy, level)
    for dossier in people(40, 0.15):
        for window in windows:
            for rule in rules:
                view = View(dossier, DAY, window=window)
                found = rule.explained(view) if rule.sieve.list_of(dossier) is not None else []
                by_verdict = {
                    verdict: tuple(one.used[0] for one in found if one.verdict is verdict)
                    for verdict in (Verdict.MET, Verdict.OPEN)
                }
                met, possible = rule.counted(view)
                assert places(rule.spec.of, met) == by_verdict[Verdict.MET]
                assert places(rule.spec.of, possible) == by_verdict[Verdict.OPEN]


def test_no_day_is_left_out_that_would_do(monkeypatch: pytest.MonkeyPatch):
    dossiers = people(150, 0.02)
    found = [judge(POLICY, LEVEL, dossier, as_of=DAY).earliest for dossier in dossiers]
    assert len({day is None for day in found}) == 2
    monkeypatch.setattr(earliest, "never_met", lambda *_: False)
    assert [judge(POLICY, LEVEL, dossier, as_of=DAY).earliest for dossier in dossiers] == found


def test_the_earliest_day_is_looked_for_once_and_when_it_is_read(monkeypatch: pytest.MonkeyPatch):
    asked = []
    search = earliest.first_met

    def searched(*given: Any, **named: Any) -> date | None:
        asked.append(given)
        return search(*given, **named)

    monkeypatch.setattr(earliest, "first_met", searched)
    result = judge(POLICY, LEVEL, decode(qualified(titles=[])), as_of=DAY)
    assert result.verdict == "unmet"
    assert not asked
    assert result.earliest is result.earliest is None
    assert len(asked) == 1


def test_a_path_without_a_record_says_what_else_it_asks_when_it_is_read():
    result = judge(POLICY, LEVEL, decode(qualified(titles=[])), as_of=DAY)
    clause = result.clauses["五(一)2"]
    assert [note.kind for note in clause.notes] == ["title_absent", "degree_held"]


def test_a_judged_dossier_leaves_no_cycle_behind():
    entry, dossiers = catalog.get(POLICY), people(20, 0.1)
    judge_by(entry, LEVEL, dossiers[0], as_of=DAY)
    gc.collect()
    gc.disable()
    try:
        for dossier in dossiers:
            result = judge_by(entry, LEVEL, dossier, as_of=DAY)
            assert result.to_dict()
            del result
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_hopeful_view_and_its_paths_share_nothing_with_the_others():
    memo: dict[Any, Any] = {}
    dossier = decode(qualified())
    plain, hopeful = View(dossier, DAY, memo=memo), View(dossier, DAY, memo=memo, hopeful=True)
    assert plain.same is not hopeful.same
    anchor = Anchor(next(iter(judge(POLICY, LEVEL, dossier, as_of=DAY).clauses.values())).found)
    assert hopeful.on(anchor).hopeful
    assert hopeful.on(anchor).same is not plain.on(anchor).same
    assert list(figures(())) == []


def test_what_is_kept_for_the_next_dossier_stays_small_and_holds_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(records, "KEPT", 2)
    monkeypatch.setattr(assignment, "KEPT", 2)
    rules: list[RecordsRule] = []
    entry = catalog.get(POLICY)
    level = compile_level(
        entry.policy, entry.layer, LEVEL, lambda _, rule: rules.append(rule) if isinstance(rule, RecordsRule) else None
    )
    assert level.achievements
    items = level.achievements.items
    for dossier in people(60, 0.1):
        fresh = routes.assess(level, dossier, DAY, in_force=True, memo={})
        assert fresh.verdict.word == judge(POLICY, LEVEL, dossier, as_of=DAY).verdict
        assert all(len(rule._met) <= 2 for rule in rules)
        assert all(len(item.kept) <= 2 for item in items)
    met = [found for rule in rules for found in rule._met.values()]
    assert met
    assert all(isinstance(note, Note) for found in met for note in found.notes)
    ways = [way for item in items for kept in item.kept.values() for way in kept]
    assert ways
    assert not any(way.reasons for way in ways)
