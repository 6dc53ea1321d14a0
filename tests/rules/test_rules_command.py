"""manage.py rules: what it prints and how it ends. No database is touched."""

import io
import shutil
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from rules import casebook, catalog
from tests.rules.packs import read_from
from tests.rules.people import POLICY
from tests.rules.test_lint import AWARD, JUDGED, LEVEL, PACK, PAPER, PROJECT, both_with, changed

CASE = "as_of: 2024-06-30\nbase: {status: retired}\ncases:\n- {id: one, expect: {verdict: %s}}\n"


def run(*arguments: str) -> tuple[list[str], int]:
    out = io.StringIO()
    status = 0
    try:
        call_command("rules", *arguments, stdout=out)
    except SystemExit as stop:
        status = int(stop.code or 0)
    return out.getvalue().splitlines(), status


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packs of its own, with the layers and floors that stand."""
    read_from(tmp_path, monkeypatch)
    return tmp_path


def write(folder: Path, pack: dict, name: str = POLICY) -> None:
    text = yaml.dump(pack, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, _data: object) -> bool:
        return True


def test_the_packs_in_use_pass() -> None:
    lines, status = run("lint")
    assert status == 0
    assert lines[-1].startswith(f"{len(catalog.ids())} packs: 0 refused, ")


@pytest.mark.duty("TJ27-018", "TJ23-021")
def test_papers_as_the_only_way_through_a_level_are_refused(packs: Path) -> None:
    write(packs, changed(PACK, f"{LEVEL}.achievements", both_with(PAPER)))
    lines, status = run("lint")
    assert status == 1
    assert f"refused  {POLICY}.yaml: {LEVEL}: papers: the only way through 五(三)8" in lines


@pytest.mark.duty("TJ27-018", "TJ23-023")
@pytest.mark.parametrize(("gate", "family"), [(AWARD, "awards"), (PROJECT, "projects and funds")])
def test_other_gates_that_the_notices_bar_are_refused(packs: Path, gate: dict, family: str) -> None:
    write(packs, changed(PACK, f"{LEVEL}.achievements", both_with(gate)))
    lines, status = run("lint")
    assert status == 1
    assert f"refused  {POLICY}.yaml: {LEVEL}: {family}: the only way through 五(三)8" in lines


@pytest.mark.duty("TJ27-018")
def test_a_degree_with_years_as_the_only_gate_is_refused(packs: Path) -> None:
    pack = changed(PACK, "levels", {"associate_senior": {
        "label": "高级工程师", "qualification": PACK["levels"]["associate_senior"]["qualification"]}})  # fmt: skip
    write(packs, pack)
    lines, status = run("lint")
    assert status == 1
    assert f"refused  {POLICY}.yaml: {LEVEL}: a degree with years is all that 五(一) and the level ask" in lines


@pytest.mark.duty("TJ23-022")
def test_a_clause_that_asks_how_somebody_studied_is_refused(packs: Path) -> None:
    write(packs, changed(PACK, f"{LEVEL}.ability", {**JUDGED, "clause": "五(二)", "label": "education.full_time"}))
    lines, status = run("lint")
    assert status == 1
    place = f"{LEVEL}.ability.label"
    assert f"refused  {POLICY}.yaml: {place}: reads full_time: how somebody studied is never judged" in lines


@pytest.mark.duty("TJ39-016")
def test_a_specialty_weaker_than_its_city_is_refused(packs: Path) -> None:
    city = catalog.LAYERS.parent / "tianjin-engineering-2019.yaml"
    (packs / city.name).write_bytes(city.read_bytes())
    write(packs, changed(PACK, f"{LEVEL}.qualification.any_of[0].work.years", 1))
    lines, status = run("lint")
    assert status == 1
    refusal = "asks less than tianjin-engineering-2019 (years): work: asks 1 where the tier above asks 2"
    assert f"refused  {POLICY}.yaml: {LEVEL}.qualification.any_of[0]: {refusal}" in lines


@pytest.mark.duty("TJ39-016")
def test_what_stands_weaker_is_shown_with_its_reason() -> None:
    lines, status = run("lint")
    assert status == 0
    known = (
        f"warning  {POLICY}.yaml: levels.full_senior.qualification: asks less than tianjin-engineering-2019 (opening)"
    )
    assert [line for line in lines if line.startswith(f"{known}, which stands: ")]


def test_a_pack_that_does_not_load_is_named(packs: Path) -> None:
    (packs / "broken.yaml").write_text("id: broken\nid: again\n", encoding="utf-8")
    lines, status = run("lint")
    assert status == 1
    assert "refused  broken.yaml: id: key given twice" in lines


def test_a_draft_outside_the_catalogue_is_linted(tmp_path: Path) -> None:
    write(tmp_path, changed(PACK, f"{LEVEL}.qualification.any_of[0].work.years", 1))
    path = str(tmp_path / f"{POLICY}.yaml")
    lines, status = run("lint", path)
    assert status == 1
    less = "asks less than tianjin-engineering-2019 (years): work: asks 1 where the tier above asks 2"
    refused = [line for line in lines if line.startswith("refused")]
    assert refused == [f"refused  {POLICY}.yaml: {LEVEL}.qualification.any_of[0]: {less}"]
    assert lines[-1].startswith("1 packs: 1 refused, ")


def test_a_draft_joins_the_catalogue_in_thought(tmp_path: Path) -> None:
    write(tmp_path, {**PACK, "id": "draft", "corrects": "zhejiang-battery-2020"}, "draft")
    write(tmp_path, {**PACK, "id": "draft-2", "corrects": POLICY}, "draft-2")
    paths = [str(tmp_path / f"{name}.yaml") for name in ("draft", "draft-2")]
    refused = [line for line in run("lint", *paths)[0] if line.startswith("refused")]
    assert refused == ["refused  draft.yaml: corrects: zhejiang-battery-2020 states another notice or specialty"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"id: draft\nid: again\n", "refused  draft.yaml: id: key given twice"),
        ("id: 锂".encode("gb18030"), "refused  draft.yaml: not UTF-8 text"),
    ],
)
def test_a_draft_that_does_not_load_is_told(tmp_path: Path, text: bytes, message: str) -> None:
    (tmp_path / "draft.yaml").write_bytes(text)
    assert run("lint", str(tmp_path / "draft.yaml")) == ([message, "1 packs: 1 refused, 0 warnings"], 1)


def test_a_layer_that_is_not_there_is_a_refusal(tmp_path: Path) -> None:
    write(tmp_path, {**PACK, "layer": "moon"})
    lines, _ = run("lint", str(tmp_path / f"{POLICY}.yaml"))
    assert lines[0] == f"refused  {POLICY}.yaml: layer: there is no layer 'moon'"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("nowhere.yaml",), "nowhere.yaml: No such file or directory"), (("x.yaml", "--lock"), "a draft is not locked")],
)
def test_what_cannot_be_linted(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run("lint", *arguments)


def test_every_case_comes_out_as_written() -> None:
    lines, status = run("cases")
    count = len(casebook.every())
    assert (lines, status) == ([f"{count} cases: {count} as expected, 0 not"], 0)


def test_a_case_that_comes_out_otherwise_is_named(packs: Path) -> None:
    write(packs, PACK)
    folder = packs / "cases" / POLICY
    folder.mkdir(parents=True)
    (folder / "associate_senior.yaml").write_text(CASE % "met", encoding="utf-8")
    assert run("cases", POLICY) == (
        [f"{POLICY}/associate_senior/one: verdict: 'unmet', expected 'met'", "1 cases: 0 as expected, 1 not"],
        1,
    )


def test_coverage_names_every_leaf_and_what_it_lacks(packs: Path) -> None:
    write(packs, changed(PACK, "levels", {"associate_senior": PACK["levels"]["associate_senior"]}))
    folder = packs / "cases" / POLICY
    folder.mkdir(parents=True)
    (folder / "associate_senior.yaml").write_text(CASE % "unmet", encoding="utf-8")
    lines, status = run("coverage", POLICY)
    assert status == 1
    assert (
        "      -     1     -  2023年度通知一(五) not_status (layers/tianjin-annual.yaml: exclusions[0].node.all_of[0])   lacks met, open"
        in lines
    )
    assert "      -     -     1  一(一) judged (basic[0])   lacks met, unmet" in lines
    assert f"      -     -     1  五(一)1 rests_on ({LEVEL}.qualification.any_of[0])   lacks met, unmet" in lines
    assert f"    n/a   n/a     -  正文七(二) question ({LEVEL}.claims.self_appointment.all_of[3])   lacks open" in lines
    assert (
        "  n/a: question: is asked inside a clause or an exclusion, where nobody attests it by itself: it is only ever open"
        in lines
    )
    assert lines[-1].startswith(f"{POLICY}: ")


def test_a_clause_in_words() -> None:
    papers = (
        "      · 论文或调查报告至少2项：学术期刊、高水平期刊或省部级学术会议，第一作者、第二作者或通讯作者，"
        "评议人为正高级工程师，2名以上评议人；单位认定的替代成果可代论文，由评委会判断"
    )
    assert run("explain", POLICY, "associate_senior", "五(三)6") == (
        [
            "【业绩成果】",
            "  五(三)6　专著（单部本人10万字以上），或论文、调查报告2篇以上　〔津人社局发〔2022〕27号 五(三)6〕",
            "    适用口径：两名正高级工程师的评议只约束论文和调查报告；企业认可的替代成果由评委会判断（正文七(三)）",
            "    · 符合其一：",
            "      · 专著至少1项：本人撰写10万字以上",
            papers,
            "不作判断：是否主要撰写人、引用数据和结论是否正确、有无应用价值由评委会判断",
        ],
        0,
    )


def test_a_level_in_words_has_every_clause_with_its_citation() -> None:
    for policy_id in catalog.ids():
        entry = catalog.get(policy_id)
        for level in entry.levels:
            text = "\n".join(run("explain", policy_id, level)[0])
            assert entry.policy.issuer in text
            for clause in entry.clauses(level):
                assert f"{clause.number}　{clause.label}　〔{clause.citation}〕" in text
                assert (clause.reading or "") in text
            own = entry.left_to_people(level)
            assert all((f"{gap.clause}　{gap.why}" in text) == (gap in own) for gap in entry.not_encoded)


def test_an_unverified_clause_says_so() -> None:
    lines, _ = run("explain", "jiangxi-lithium-2023", "associate_senior", "国家基本标准 高级工程师1")
    assert "    未核实：条款原文不在手，须由评审办事机构确认" in lines


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("x", "associate_senior"), "policy: 'x' is not one of "),
        ((POLICY, "boss"), "level: 'boss' is not one of "),
        ((POLICY, "associate_senior", "九(九)"), "clause: '九(九)' is not one of 一(一), "),
    ],
)
def test_explain_names_what_is_unknown(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError) as caught:
        run("explain", *arguments)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("act", ["cases", "coverage"])
def test_an_unknown_policy_is_named(act: str) -> None:
    with pytest.raises(CommandError, match=r"^policy: 'x' is not one of "):
        run(act, "x")


def test_that_no_notice_is_known_to_have_come_after_is_said_with_its_day() -> None:
    assert "截至2026年11月25日查询，没有已知的接续文件。" in run("explain", POLICY, "associate_senior")[0]


def test_what_came_after_a_notice_is_named(packs: Path) -> None:
    write(packs, {**changed(PACK, "successor", "next"), "no_successor_known": None})
    later = {**PACK, "id": "next", "effective": {"from": "2025-11-01"}, "source": {"title": "后来的", "number": "99号"}}
    write(packs, {**later, "no_successor_known": None}, "next")
    assert "接续文件：99号。" in run("explain", POLICY, "associate_senior")[0]
    assert not [line for line in run("explain", "next", "associate_senior")[0] if "接续文件" in line]


@pytest.mark.duty("TJ39-017")
def test_a_unit_with_its_own_review_keeps_its_own_criteria(packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pack stands under the city's: stricter is its own affair, weaker is refused."""
    notices = packs / "notices"
    shutil.copytree(catalog.NOTICES, notices)
    of_27 = (notices / "tianjin-2022-27.yaml").read_text(encoding="utf-8")
    (notices / "unit.yaml").write_text(of_27.replace("津人社局发〔2022〕27号", "单位1号", 1), encoding="utf-8")
    monkeypatch.setattr(catalog, "NOTICES", notices)
    city = catalog.LAYERS.parent / "tianjin-engineering-2019.yaml"
    (packs / city.name).write_bytes(city.read_bytes())
    years = f"{LEVEL}.qualification.any_of[0].work.years"
    unit = {**PACK, "id": "unit", "issuer": "示范单位", "source": {"title": "示范单位职称标准", "number": "单位1号"}}
    write(packs, changed(unit, years, 3), "unit")
    lines, _ = run("lint", "--lock")
    assert not [line for line in lines if line.startswith("refused  unit.yaml")]
    said, _ = run("explain", "unit", "associate_senior", "五(一)1")
    assert any("单位1号 五(一)1" in line for line in said)
    assert any("满3年" in line for line in said)
    write(packs, changed(unit, years, 1), "unit")
    catalog._read.cache_clear()
    assert any(line.startswith("refused  unit.yaml") and "asks 1 where" in line for line in run("lint")[0])


@pytest.mark.duty("TJ39-041")
def test_39_is_read_by_its_answers() -> None:
    filed = "\n".join(run("explain", "tianjin-engineering-2019", "intermediate", "正文二(三)5")[0])
    rank = "\n".join(run("explain", "tianjin-engineering-2019", "intermediate", "四(四)1")[0])
    committees = run("explain", "tianjin-engineering-2019", "intermediate", "正文二(三)2")[0]
    assert ("须先报市人社局备案" in filed, "（问答十四）" in filed) == (True, True)
    assert "适用口径：名次是本人在获奖人中的排名（问答二十二）" in rank
    assert any("由其自愿（问答十一）" in line for line in committees)


@pytest.mark.duty("JX81-001")
def test_jiangxi_cites_the_provinces_notice_for_what_it_leaves_open() -> None:
    for level in ("intermediate", "associate_senior"):
        assert any("赣人社字〔2023〕174号" in line for line in run("explain", "jiangxi-lithium-2023", level, "前言")[0])
