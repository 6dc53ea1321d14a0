"""Web and worker live and end together: real processes, real signals."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# One child that ends when asked; one that does not listen and has put a grandchild into a session of its own.
PROGRAM = """
import signal, sys
from pathlib import Path
from scripts.supervisor import ChildDiedError, StopRequestedError, Supervisor
place = Path(sys.argv[1])
def child(name, code):
    text = f"import os, signal, subprocess, sys, time; open(r'{place}/{name}.pid', 'w').write(str(os.getpid())); {code}"
    supervisor.start(name, [sys.executable, "-c", text], cwd=place, env={"PATH": "/usr/bin:/bin"})
grandchild = f"import os, signal, time; signal.signal(15, signal.SIG_IGN); open(r'{place}/grandchild.pid', 'w').write(str(os.getpid())); time.sleep(600)"
with Supervisor() as supervisor:
    child("willing", "time.sleep(600)")
    child("deaf", f"signal.signal(15, signal.SIG_IGN); subprocess.Popen([sys.executable, '-c', {grandchild!r}], start_new_session=True); time.sleep(600)")
    if len(sys.argv) > 2:
        child("mortal", "time.sleep(1); sys.exit(7)")
    try:
        supervisor.watch()
    except ChildDiedError as error:
        print(error)
    except StopRequestedError:
        print("asked to stop")
"""
NAMES = ("willing", "deaf", "grandchild")


def start(place: Path, *more: str) -> subprocess.Popen[str]:
    # As a background job of a shell has it: SIGINT ignored from the start.
    ignore = lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)  # noqa: E731
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(place), *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=ignore,  # noqa: PLW1509  there are no threads here
    )


def pids(place: Path) -> list[int]:
    end = time.monotonic() + 30
    files = [place / f"{name}.pid" for name in NAMES]
    while time.monotonic() < end:
        if all(file.exists() and file.read_text() for file in files):
            return [int(file.read_text()) for file in files]
        time.sleep(0.05)
    raise AssertionError("the children did not start")


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_children_and_grandchildren(tmp_path: Path, number: signal.Signals) -> None:
    supervisor = start(tmp_path)
    started = pids(tmp_path)
    supervisor.send_signal(number)
    time.sleep(0.5)
    supervisor.send_signal(number)  # the second one cuts the waiting for the deaf child short
    output, _ = supervisor.communicate(timeout=30)
    assert output == "asked to stop\n"
    assert [pid for pid in started if alive(pid)] == []


def test_one_death_ends_all_and_is_named(tmp_path: Path) -> None:
    supervisor = start(tmp_path, "mortal")
    started = pids(tmp_path)
    output, _ = supervisor.communicate(timeout=40)
    assert output == "mortal ended with status 7\n"
    assert [pid for pid in started if alive(pid)] == []


def test_a_killed_supervisor_takes_its_children_along(tmp_path: Path) -> None:
    supervisor = start(tmp_path)
    willing, deaf, grandchild = pids(tmp_path)
    supervisor.kill()
    supervisor.wait(timeout=10)
    try:
        end = time.monotonic() + 10
        while alive(willing) and time.monotonic() < end:
            time.sleep(0.05)
        assert not alive(willing)
    finally:
        for pid in (deaf, grandchild):  # deaf on purpose: the kernel's SIGTERM is what real children listen to
            os.kill(pid, signal.SIGKILL)
