"""Which policy, of which day; and what a pack must say of each clause."""

import re
from datetime import date
from pathlib import Path

import pytest

from rules import catalog
from rules.catalog import UnknownPolicy
from tests.rules.packs import read_from
from tests.rules.people import LEVEL, POLICY

ENTRY = catalog.get(POLICY)


def test_loaded_once() -> None:
    assert catalog.get(POLICY) is ENTRY
    assert POLICY in catalog.ids()


def test_hash_is_of_pack_and_layer() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", ENTRY.sha256)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2022, 10, 31), False),
        (date(2022, 11, 1), True),
        (date(2025, 10, 31), True),
        (date(2025, 11, 1), False),
    ],
)
def test_in_force(day: date, holds: bool) -> None:
    assert catalog.in_force(ENTRY, day) is holds
    assert catalog.choose("tianjin", "lithium_battery", LEVEL, day) is (ENTRY if holds else None)


@pytest.mark.parametrize(
    ("region", "specialty", "level"),
    [("jiangsu", "lithium_battery", LEVEL), ("tianjin", "mechanical", LEVEL), ("tianjin", "lithium_battery", "boss")],
)
def test_nothing_is_chosen_for_others(region: str, specialty: str, level: str) -> None:
    assert catalog.choose(region, specialty, level, date(2025, 3, 3)) is None


def test_a_correction_takes_the_place_of_what_it_corrects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (catalog.POLICIES / f"{POLICY}.yaml").read_text(encoding="utf-8")
    corrected = text.replace(f"id: {POLICY}\n", f"id: {POLICY}-2\ncorrects: {POLICY}\n", 1)
    (tmp_path / f"{POLICY}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / f"{POLICY}-2.yaml").write_text(corrected, encoding="utf-8")
    read_from(tmp_path, monkeypatch)
    assert [entry.id for entry in catalog.current()] == [f"{POLICY}-2"]
    assert catalog.correction_of(POLICY) == f"{POLICY}-2"
    assert catalog.correction_of(f"{POLICY}-2") is None
    chosen = catalog.choose("tianjin", "lithium_battery", LEVEL, date(2024, 1, 1))
    assert chosen is catalog.get(f"{POLICY}-2")
    assert catalog.get(POLICY).policy.corrects is None  # what was opened under it goes on


def test_unknown_names_say_what_there_is() -> None:
    with pytest.raises(UnknownPolicy, match=r"^policy: 'x' is not one of .*tianjin-lithium-2022"):
        catalog.get("x")
    with pytest.raises(UnknownPolicy, match=r"^level: 'boss' is not one of .*associate_senior"):
        ENTRY.level("boss")


def test_every_clause_of_the_level_is_there() -> None:
    numbers = [clause.number for clause in ENTRY.clauses(LEVEL)]
    assert numbers == [
        "一(一)", "一(二)", "一(三)", "一(四)",
        "五(一)", "五(一)1", "五(一)2", "五(一)3",
        "五(二)", "五(二)1", "五(二)2", "五(二)3", "五(二)4",
        "五(三)", "五(三)1", "五(三)2", "五(三)3", "五(三)4", "五(三)5", "五(三)6", "五(三)7",
        "五(四)", "五(四)1", "五(四)2", "五(四)3", "五(四)4",
        "正文七(五)", "正文七(三)", "正文七(二)", "2023年度通知三(三)", "2023年度通知一(四)", "2023年度通知一(五)",
    ]  # fmt: skip


def test_every_clause_is_cited() -> None:
    cited = {clause.number: str(clause.citation) for clause in ENTRY.clauses(LEVEL)}
    assert cited["五(三)7"] == "津人社局发〔2022〕27号 五(三)7"
    assert cited["2023年度通知一(五)"] == "天津市2023年度职称评审工作通知 一(五)"


def test_groups_that_only_count_are_not_attested() -> None:
    assert catalog.counting_groups() >= {"五(一)", "五(三)", "五(四)"}
    assert not catalog.counting_groups() & {"五(二)", "一(四)", "五(三)6"}


def test_gaps_are_declared() -> None:
    assert {gap.clause for gap in ENTRY.not_encoded} >= {"正文一", "正文七(八)", "2023年度通知三(一)"}
