"""What a pack may not say: each refusal with its file and node, and the packs that stand say none of it."""

import ast
import copy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rules import catalog, lint, load
from rules.catalog import Entry
from rules.criteria import Node
from rules.lint import bounds, clauses, full_time, versions
from rules.model import Layer, Policy
from tests.rules.packs import read_from
from tests.rules.people import POLICY

RULES = Path(load.__file__).parent
PACK = load._parse(catalog.POLICIES / f"{POLICY}.yaml")
LAYER = load._parse(catalog.LAYERS / "tianjin-annual.yaml")
LEVEL = "levels.associate_senior"

PAPER = {"clause": "五(三)8", "label": "论文", "records": {"kind": ["paper", "monograph"]}}
AWARD = {"clause": "五(三)8", "label": "获奖", "records": {"kind": ["award"]}}
PROJECT = {"clause": "五(三)8", "label": "课题", "records": {"kind": ["research_project"]}}
HONOUR = {"clause": "五(三)8", "label": "荣誉", "records": {"of": "honours"}}
TOP_JOURNAL = {
    "clause": "五(三)8",
    "label": "高水平期刊",
    "records": {"kind": ["paper", "technical_report"], "where": {"venue": {"in": ["top_journal"]}}},
}
JUDGED = {"judged": "q"}


def changed(root: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    """A pack with one node replaced; a place is written as problems write it."""
    found = copy.deepcopy(root)
    *steps, last = place.replace("[", ".").replace("]", "").split(".")
    target: Any = found
    for step in steps:
        target = target[int(step) if step.isdigit() else step]
    target[int(last) if last.isdigit() else last] = value
    return found


def at(root: Any, place: str) -> Any:
    for step in place.replace("[", ".").replace("]", "").split("."):
        root = root[int(step) if step.isdigit() else step]
    return root


def said_of(pack: dict[str, Any]) -> list[str]:
    """What is said of a pack, but for its standing below the tier above and for clauses made up here."""
    entry = Entry(msgspec.convert(pack, Policy), msgspec.convert(LAYER, Layer))
    said = [str(problem).removeprefix(f"{POLICY}.yaml: ") for problem in lint.of_policy(entry)]
    return [line for line in said if " less than " not in line and " is no clause of " not in line]


def both_with(item: dict[str, Any]) -> dict[str, Any]:
    """The achievements, and beside them one thing more that everybody must have."""
    achievements = {**at(PACK, f"{LEVEL}.achievements")}
    return {"all_of": [achievements, item]}


def test_the_packs_in_use_are_not_refused() -> None:
    assert [str(problem) for problem in lint.every() if problem.refusal] == []


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        ("basic[0]", {"judged": "q"}, "basic[0]: belongs to no clause: a test is cited by the clause it stands in, or says in `reading` why there is none"),
        ("other_specialty", {"work": {"scope": "specialty", "years": 1}},
         "other_specialty: belongs to no clause: a test is cited by the clause it stands in, or says in `reading` why there is none"),
        ("basic[0].clause", "第一条", "basic[0]: '第一条' is no clause number"),
        ("basic[1].clause", "一(一)", f"{LEVEL}: clause 一(一) is said 2 times"),
        (f"{LEVEL}.ability", {"clause": "五(二)", "label": "l", "any_of": []}, f"{LEVEL}.ability: any_of of nothing"),
        ("sources", {"spare": {"title": "t", "number": "n"}}, "sources.spare: no clause names this document"),
        (f"{LEVEL}.qualification",
         {"clause": "五(一)", "label": "l", "any_of": [
             {"clause": "五(一)1", "label": "l", "not_status": []}, {"clause": "五(一)2", "label": "l", **JUDGED}]},
         f"{LEVEL}.qualification: any_of[1] (五(一)2) is out of reach: any_of[0] always passes"),
        (f"{LEVEL}.qualification",
         {"clause": "五(一)", "label": "l", "any_of": [{"records": {"kind": ["paper"], "count": 0}}, JUDGED]},
         f"{LEVEL}.qualification: any_of[1] (judged) is out of reach: any_of[0] always passes"),
        (f"{LEVEL}.qualification.any_of[0]",
         {"clause": "五(一)1", "label": "l", "rests_on": {"skill": "senior_technician"}, "work": {"scope": "specialty", "years": 5}},
         f"{LEVEL}.qualification: any_of[0] (五(一)1) decides nothing: any_of[2] passes whenever it does"),
        (f"{LEVEL}.exceptional.any_of[3].all_of[0].filled", 8,
         f"{LEVEL}.exceptional.any_of[3].all_of[0]: no dossier can meet filled"),
        (f"{LEVEL}.achievements.of[0].records.where.level", {"in": []},
         f"{LEVEL}.achievements.of[0]: no dossier can meet 五(三)1"),
        ("claims.direct", {"clause": "正文七(三)", "label": "l", "allowed": {"field": "status", "in": []}},
         "claims.direct: no dossier can meet 正文七(三)"),
    ],
)  # fmt: skip
def test_refusals_name_the_node(place: str, value: Any, message: str) -> None:
    assert message in said_of(changed(PACK, place, value))


@pytest.mark.parametrize("never", [0, 1])
def test_a_count_that_cannot_be_reached(never: int) -> None:
    """2 of 2 with one that no dossier meets, where the notice's count can no longer be reached."""
    items = copy.deepcopy(at(PACK, f"{LEVEL}.achievements.of")[:2])
    items[never]["records"]["where"]["level"] = {"in": []}
    achievements = {**at(PACK, f"{LEVEL}.achievements"), "of": items}
    found = said_of(changed(PACK, f"{LEVEL}.achievements", achievements))
    assert f"{LEVEL}.achievements: no dossier can meet 五(三)" in found


@pytest.mark.parametrize(
    ("item", "family"),
    [
        (PAPER, "papers"),
        (AWARD, "awards"),
        (PROJECT, "projects and funds"),
        (TOP_JOURNAL, "a journal's tier"),
        (HONOUR, "titles of honour"),
    ],
)
def test_a_gate_that_the_notices_bar(item: dict[str, Any], family: str) -> None:
    found = said_of(changed(PACK, f"{LEVEL}.achievements", both_with(item)))
    assert found == [f"{LEVEL}: {family}: the only way through 五(三)8"]


def test_gates_that_only_together_leave_no_other_way() -> None:
    either = {"clause": "五(三)8", "label": "l", "any_of": [
        {key: value for key, value in item.items() if key == "records"} for item in (PAPER, AWARD, HONOUR)]}  # fmt: skip
    found = said_of(changed(PACK, f"{LEVEL}.achievements", both_with(either)))
    families = "papers, awards, projects and funds, a journal's tier, titles of honour"
    assert found == [f"{LEVEL}: {families} together: the only way through 五(三)8"]


def test_a_count_that_only_papers_can_complete() -> None:
    items = [{**PAPER, "clause": f"五(三){number}"} for number in (1, 2)]
    achievements = {**at(PACK, f"{LEVEL}.achievements"), "of": [*items, at(PACK, f"{LEVEL}.achievements.of[2]")]}
    found = said_of(changed(PACK, f"{LEVEL}.achievements", achievements))
    assert f"{LEVEL}: papers: the only way through 五(三)" in found


def test_a_qualification_by_awards_alone_where_no_exception_helps() -> None:
    pack = changed(PACK, f"{LEVEL}.qualification", {"clause": "五(一)", "label": "l", "any_of": [AWARD, JUDGED]})
    assert said_of(pack) == []
    pack = changed(PACK, f"{LEVEL}.qualification", {**AWARD, "clause": "五(一)"})
    pack = changed(pack, f"{LEVEL}.exceptional", {**AWARD, "clause": "五(四)"})
    assert f"{LEVEL}: awards: the only way through 五(一)" in said_of(pack)


def test_a_degree_with_years_never_suffices() -> None:
    pack = copy.deepcopy(PACK)
    bare = at(pack, LEVEL)
    for part in ("ability", "achievements", "exceptional"):
        del bare[part]
    assert f"{LEVEL}: a degree with years is all that 五(一) and the level ask" in said_of(pack)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (f"{LEVEL}.label", "full_time"),
        (f"{LEVEL}.qualification.any_of[0].label", "education.full_time"),
    ],
)
def test_a_pack_that_reads_how_somebody_studied(place: str, value: str) -> None:
    assert said_of(changed(PACK, place, value)) == [f"{place}: reads full_time: how somebody studied is never judged"]


def test_a_field_of_that_name_is_found_among_the_keys() -> None:
    policy = msgspec.convert(changed(PACK, f"{LEVEL}.achievements.of[0].records.where.full_time", {"is": True}), Policy)
    assert [problem.place for problem in full_time.problems(policy, "x.yaml")] == [
        f"{LEVEL}.achievements.of[0].records.where.full_time"
    ]


def test_no_module_of_rules_reads_how_somebody_studied() -> None:
    """Declared in the dossier, said in Chinese for its schema, and named by the lint that bars it; read nowhere."""
    readers = []
    for path in sorted(RULES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            read = isinstance(node, ast.Attribute) and node.attr == "full_time" and not isinstance(node.value, ast.Name)
            named = isinstance(node, ast.Constant) and node.value == "full_time"
            if read or named:
                readers.append(str(path.relative_to(RULES)))
    assert readers == ["dossier_words.py", "lint/full_time.py"]


ALWAYS = {"not_status": []}
NEVER = {"allowed": {"field": "status", "in": []}}


@pytest.mark.parametrize(
    ("node", "comes_to"),
    [
        (ALWAYS, "always"),
        ({"nothing_more": True}, "always"),
        ({"continuing_education": 0}, "always"),
        ({"assessment": {"met": ["excellent", "competent", "basic", "incompetent"], "judged": []}}, "always"),
        ({"assessment": {"met": [], "judged": ["basic"]}}, "never"),
        ({"allowed": {"field": "performance_assessment", "in": ["passed", "failed"]}}, "always"),
        ({"allowed": {"field": "employer.region", "in": ["tianjin"]}}, "depends"),
        ({"not_status": ["employed", "freelance", "new_employment_form", "postdoc", "flexible", "civil_servant", "retired"]},
         "never"),
        ({"records": {"kind": ["paper"], "any_of": [{"author": {"in": []}}, {"author": {"in": []}}]}}, "never"),
        ({"records": {"kind": ["paper"], "any_of": [{"author": {"in": []}}, {"author": {"is": "first"}}]}}, "depends"),
        ({"all_of": [ALWAYS, ALWAYS]}, "always"),
        ({"all_of": [ALWAYS, NEVER]}, "never"),
        ({"any_of": [NEVER, JUDGED]}, "depends"),
        ({"any_of": [NEVER, ALWAYS]}, "always"),
        ({"at_least": 2, "of": [ALWAYS, ALWAYS, NEVER]}, "always"),
        ({"at_least": 2, "of": [ALWAYS, JUDGED, NEVER]}, "depends"),
        ({"at_least": 2, "of": [ALWAYS, NEVER, NEVER]}, "never"),
        ({"rests_on": {"education": "doctor"}, "nothing_more": True}, "depends"),
    ],
)  # fmt: skip
def test_what_a_node_can_come_to(node: dict[str, Any], comes_to: str) -> None:
    read = msgspec.convert(node, Node)
    found = "never" if not bounds.can(read, []) else "always" if bounds.always(read) else "depends"
    assert found == comes_to


def layer(**changes: Any) -> Layer:
    return msgspec.convert({**LAYER, **changes}, Layer)


@pytest.mark.parametrize(
    ("changes", "named", "message"),
    [
        ({}, False, "layers/x.yaml: no policy names this layer"),
        ({"claims": {"direct": {"clause": "2023年度通知三(三)", "label": "l", "judged": "q"}}}, True,
         "layers/x.yaml: claims.direct.source: a layer's clause names its document"),
        ({"claims": {"direct": {"judged": "q"}}}, True,
         "layers/x.yaml: claims.direct: belongs to no clause: a test is cited by the clause it stands in, or says in `reading` why there is none"),
        ({"sources": {**LAYER["sources"], "spare": {"title": "t", "number": "n"}}}, True,
         "layers/x.yaml: sources.spare: no clause names this document"),
    ],
)  # fmt: skip
def test_refusals_of_a_layer(changes: dict[str, Any], named: bool, message: str) -> None:
    policies = [msgspec.convert(PACK, Policy)] if named else []
    assert message in map(str, clauses.layer_problems(layer(**changes), "layers/x.yaml", policies))


@pytest.mark.parametrize(
    ("corrections", "message"),
    [
        ([{"id": "b", "corrects": POLICY}], None),
        ([{"id": "b", "corrects": POLICY}, {"id": "c", "corrects": "b"}], None),
        ([{"id": "b", "corrects": "moon"}], "b.yaml: corrects: 'moon' is no other policy"),
        ([{"id": "b", "corrects": "b"}], "b.yaml: corrects: 'b' is no other policy"),
        ([{"id": "b", "corrects": POLICY, "source": {"title": "t", "number": "n"}}],
         f"b.yaml: corrects: {POLICY} states another notice or specialty"),
        ([{"id": "b", "successor": POLICY}], f"b.yaml: successor: {POLICY!r} is no policy in force from a later day"),
        ([{"id": "b", "successor": POLICY, "effective": {"from": "2020-01-01"}, "no_successor_known": None}], None),
        ([{"id": "b", "successor": "moon"}], "b.yaml: successor: 'moon' is no policy in force from a later day"),
        ([{"no_successor_known": "2026-11-25"}], None),
        ([{"id": "b", "successor": POLICY, "effective": {"from": "2020-01-01"}, "no_successor_known": "2026-11-25"}],
         f"b.yaml: no_successor_known: {POLICY!r} is named as its successor"),
        ([{"id": "b", "corrects": POLICY}, {"id": "c", "corrects": POLICY}],
         f"b.yaml: corrects: {POLICY} is corrected 2 times"),
    ],
)  # fmt: skip
def test_a_correction_is_of_another_version_of_the_notice(
    corrections: list[dict[str, Any]], message: str | None
) -> None:
    policies = [msgspec.convert({**PACK, **changes}, Policy) for changes in ({}, *corrections)]
    assert next(map(str, versions.problems(policies)), None) == message


def test_a_pack_that_does_not_load_is_a_refusal_and_not_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "layers").mkdir()
    (tmp_path / "broken.yaml").write_text("id: broken\nid: again\n", encoding="utf-8")
    (tmp_path / "layers" / "named.yaml").write_text("id: other\nsource: {title: t, number: n}\n", encoding="utf-8")
    read_from(tmp_path, monkeypatch)
    monkeypatch.setattr(catalog, "LAYERS", tmp_path / "layers")
    monkeypatch.setattr(catalog, "FLOORS", tmp_path / "floors")
    (tmp_path / "floors").mkdir()
    (tmp_path / "floors" / "named.yaml").write_text("id: named\nsource: {title: t}\nlevels: {}\n", encoding="utf-8")
    assert [str(problem) for problem in lint.every()] == [
        "broken.yaml: id: key given twice",
        "floors/named.yaml: source.number: required key is left out",
        "layers/named.yaml: id: 'other' is not the file's name",
    ]
