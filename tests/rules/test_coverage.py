"""A leaf is seen at a value by a case that brings it there, from a path it belongs to; questions by attestation."""

from collections import Counter
from typing import Any

import pytest

from rules import casebook, catalog, coverage
from rules.coverage import Leaf
from rules.verdict import Verdict
from tests.rules.people import LEVEL, POLICY, attested, qualified

Q = f"levels.{LEVEL}.qualification"
DOCTOR = [{"level": "doctor", "awarded": "2023-07-01"}]


def leaf(monkeypatch: pytest.MonkeyPatch, place: str, says: str, **changes: Any) -> str:
    """At which values a leaf is seen by one case."""
    example = {"id": "x", "policy": POLICY, "level": LEVEL, "as_of": "2024-06-30", "expect": {"verdict": "met"}}
    case = casebook.from_example({**example, "dossier": qualified(**changes)})
    monkeypatch.setattr(casebook, "cases", lambda _policy, level: (case,) if level == LEVEL else ())
    found = {(one.place, one.says): one for one in coverage.of(catalog.get(POLICY))}
    seen = found[place, says].seen
    return " ".join(value.word for value in coverage.VALUES for _ in range(seen[value]))


@pytest.mark.parametrize(
    ("place", "says", "changes", "seen"),
    [
        ("basic[0]", "judged", {}, "met"),
        ("basic[0]", "judged", {"attestations": attested(**{"一(一)": False})}, "unmet"),
        ("basic[0]", "judged", {"attestations": attested(**{"一(一)": None})}, "open"),
        (f"levels.{LEVEL}.ability", "own_text", {"attestations": attested(**{"五(二)": False})}, "unmet"),
        (f"{Q}.any_of[0]", "rests_on", {}, "unmet"),
        (f"{Q}.any_of[0]", "work", {}, ""),  # nobody's work is counted from a degree that is not there
        (f"{Q}.any_of[0]", "rests_on", {"education": DOCTOR}, "met"),
        (f"{Q}.any_of[0]", "work", {"education": DOCTOR}, "unmet"),
        (f"{Q}.any_of[0]", "work", {"education": DOCTOR, "attestations": attested(**{"五(一)1": True})}, "unmet"),
        (f"{Q}.any_of[1].all_of[1]", "seniority", {"titles": []}, ""),
        (f"levels.{LEVEL}.achievements.of[2]", "records", {}, "met"),
        (f"levels.{LEVEL}.achievements.of[2]", "records", {"titles": []}, ""),
        ("claims.direct", "judged", {}, ""),
        ("claims.direct", "judged", {"claims": ["direct"]}, "open"),
        ("exclusions[0].node", "flexible_agreement", {}, ""),
        ("exclusions[0].node", "flexible_agreement", {"status": "flexible"}, "open"),
        ("layers/tianjin-annual.yaml: exclusions[0].node.all_of[0]", "not_status", {}, "met"),
        ("other_specialty", "work", {}, "met"),
    ],
)
def test_seen(monkeypatch: pytest.MonkeyPatch, place: str, says: str, changes: dict[str, Any], seen: str) -> None:
    assert leaf(monkeypatch, place, says, **changes) == seen


@pytest.mark.parametrize("policy_id", catalog.ids())
def test_every_leaf_is_seen_at_every_value_it_can_have(policy_id: str) -> None:
    lacking = [leaf for leaf in coverage.of(catalog.get(policy_id)) if leaf.lacking]
    assert [(one.place, one.says, [value.word for value in one.lacking]) for one in lacking] == []


def test_every_leaf_of_every_pack_is_listed_once() -> None:
    for policy_id in catalog.ids():
        leaves = [(one.place, one.says) for one in coverage.of(catalog.get(policy_id))]
        assert len(leaves) == len(set(leaves))


def test_what_a_leaf_lacks_leaves_out_what_it_can_never_be() -> None:
    assert Leaf("x", "一", "question", Counter()).lacking == [Verdict.OPEN]
    assert Leaf("x", "一", "judged", Counter({Verdict.MET: 2})).lacking == [Verdict.UNMET, Verdict.OPEN]


def test_a_case_whose_dossier_cannot_be_read_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    unread = {"id": "x", "policy": POLICY, "level": LEVEL, "as_of": "2024-06-30", "dossier": {"status": "idle"},
              "expect": {"error_contains": "status"}}  # fmt: skip
    case = casebook.from_example(unread)
    monkeypatch.setattr(casebook, "cases", lambda _policy, _level: (case,))
    assert all(not one.seen for one in coverage.of(catalog.get(POLICY)))
