"""The portal's own fonts: cut from the system's, complete or not there at all."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from scripts import build_fonts, font_characters

ROOT = Path(__file__).resolve().parents[2]
# The builder as it is, on a few characters instead of 22,000.
PROGRAM = """
import sys
from pathlib import Path
from scripts import build_fonts, font_characters
font_characters.code_points = lambda: sorted(map(ord, {characters!r}))
build_fonts.build(Path(sys.argv[1]))
"""
NAMES = "林申报职称评审喆堃珺玥赟昇翀䶮㛃𬭎√□Aa19，（）"


def build(directory: Path, characters: str = NAMES) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(characters=characters), str(directory)], cwd=ROOT, start_new_session=True
    )


def test_characters_are_gbk_and_names_beyond() -> None:
    points = font_characters.code_points()
    assert len(points) == len(set(points)) > 22_000
    assert {chr(point) for point in points} >= set("一龥喆堃珺玥赟昇翀䶮㛃㸆𬭎✓□√€—……“”　")


def test_fonts_are_truetype_of_their_own_name_and_hold_every_character(tmp_path: Path) -> None:
    assert build(tmp_path).wait(timeout=120) == 0
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf8"))
    assert {(font["family"], font["weight"]) for font in manifest["fonts"]} == {
        (family, weight) for family in ("Portal Song", "Portal Hei") for weight in (400, 700)
    }
    for entry in manifest["fonts"]:
        font = TTFont(tmp_path / entry["file"])
        assert "glyf" in font
        assert "CFF " not in font
        assert (font["name"].getDebugName(1), font["OS/2"].usWeightClass) == (entry["family"], entry["weight"])
        cmap = font.getBestCmap()
        assert set(NAMES) - {chr(point) for point in cmap} == set()
        assert [c for c in NAMES if font["glyf"][cmap[ord(c)]].numberOfContours < 1] == []
    assert build_fonts.is_current(tmp_path / "manifest.json", manifest["key"])


def test_a_damaged_file_is_built_again(tmp_path: Path) -> None:
    assert build(tmp_path).wait(timeout=120) == 0
    manifest = tmp_path / "manifest.json"
    before, key = manifest.read_bytes(), json.loads(manifest.read_bytes())["key"]
    (tmp_path / "portal-song-400.ttf").write_bytes(b"half")
    assert not build_fonts.is_current(manifest, key)
    assert build(tmp_path).wait(timeout=120) == 0
    assert manifest.read_bytes() == before  # the same input gives the same bytes


@pytest.mark.slow
def test_killed_half_way_there_is_no_manifest_and_the_next_run_clears_up(tmp_path: Path) -> None:
    many = "".join(map(chr, range(0x4E00, 0x5600)))
    running = build(tmp_path, many)
    while not list(tmp_path.glob("partial-*/*.ttf")) and running.poll() is None:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert not (tmp_path / "manifest.json").exists()
    assert build(tmp_path).wait(timeout=120) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "manifest.json",
        "portal-hei-400.ttf",
        "portal-hei-700.ttf",
        "portal-song-400.ttf",
        "portal-song-700.ttf",
    ]
