"""`make run` after its set-up: demo, web and worker on SQLite, one address, one Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from scripts import children, run

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 7  # gunicorn and its two, the worker with its two and beat
# Everything of `make run` but the set-up, which a test must not do to the tree it runs in.
PROGRAM = """
import subprocess, sys, time
from scripts import run
with run.listen(int(sys.argv[1])) as listener:
    env = run.embedded_environment(run.address_of(listener))
    subprocess.run([run.PYTHON, "manage.py", "migrate", "--noinput", "--verbosity=0"], cwd=run.ROOT, env=env, check=True)
    sys.exit(run.start(listener, env, time.monotonic()))
"""


def test_a_taken_port_leads_to_the_next_free_one(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with run.listen(taken) as listener:
            port = listener.getsockname()[1]
            assert taken < port < taken + run.PORTS_TO_TRY
            assert run.address_of(listener) == f"http://127.0.0.1:{port}"
            assert capsys.readouterr().out == f"Port {taken} is taken; using {port}.\n"


def test_no_other_server_is_used_even_where_the_caller_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("PORTAL_ENV", "production")
    env = run.embedded_environment("http://127.0.0.1:1")
    assert {name: env.get(name) for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORTAL_ENV", "DEMO")} == {
        "DATABASE_URL": None,
        "REDIS_URL": None,
        "SECRET_KEY": None,
        "PORTAL_ENV": "local",
        "DEMO": "1",
    }


@pytest.mark.slow
def test_one_address_and_one_end(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "fonts").symlink_to(ROOT / "var" / "fonts")
    env = {name: value for name, value in os.environ.items() if name != "TEST_RUN"} | {"VAR_DIR": str(tmp_path / "var")}
    log = tmp_path / "log"
    with log.open("wb") as output:
        running = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "8700"],
            cwd=ROOT,
            env=env,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        end = time.monotonic() + 180
        while "Ready" not in log.read_text(encoding="utf8"):
            assert running.poll() is None, log.read_text(encoding="utf8")
            assert time.monotonic() < end
            time.sleep(0.2)
        text = log.read_text(encoding="utf8")
        found = re.search(r"Ready after \d+ s: (http://127\.0\.0\.1:\d+)/", text)
        assert found
        assert "林申报" in text
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{found[1]}/", timeout=30) as answer:
            assert answer.status == 200
        # The worker may be looking into the demo's files just now, each in a child that soon ends.
        while len(family := _descendants(running.pid)) != PROCESSES and time.monotonic() < end:
            time.sleep(0.2)
        assert len(family) == PROCESSES
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=60) == 0
        assert [pid for pid in family if Path(f"/proc/{pid}").exists()] == []
    finally:
        if running.poll() is None:
            for pid in [*_descendants(running.pid), running.pid]:
                os.kill(pid, signal.SIGKILL)
            running.wait()
    assert list((tmp_path / "var").glob("run-*")) == []


def _descendants(pid: int) -> list[int]:
    return [below for child in children.children_of(pid) for below in (child, *_descendants(child))]
