"""`make test` uses the servers it is given, ends what it has started, and says by its exit status what held."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import run_tests, servers
from tests.architecture.sources import ROOT
from tests.tooling.test_servers import _running

GIVEN = {"DATABASE_URL": "postgres://portal@/given?host=/nowhere", "REDIS_URL": "redis://127.0.0.1:1/0"}
RUN = """
import sys
from scripts import run_tests
run_tests.install = lambda **_: None
step = run_tests.Step("waiting", (sys.executable, "-c", {step!r}), {{}})
run_tests.all_steps = lambda env: [step]
run_tests.lint_steps = lambda: [step]
sys.exit(run_tests.main({arguments!r}))
"""
WAITING = (
    "import os, sys, time; print('pid', os.getpid(), os.environ['TEST_SQLITE'], os.environ['DATABASE_URL'], flush=True);"
    "time.sleep(600)"
)


def refuse(_place):
    raise AssertionError("a server is started though one is given")


def test_given_servers_are_used_and_none_is_started(monkeypatch):
    for name, value in {**GIVEN, "DEMO": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(servers, "postgresql", refuse)
    monkeypatch.setattr(servers, "redis", refuse)
    with run_tests.test_environment() as env:
        assert {name: env[name] for name in GIVEN} == GIVEN
        assert ("DEMO" in env, env["PORTAL_ENV"], env["TEST_RUN"]) == (False, "local", "1")


def test_the_embedded_step_has_a_file_for_its_database(monkeypatch):
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)
    [step] = [step for step in run_tests.pytest_steps() if "embedded" in step.command]
    with run_tests.test_environment() as env:
        seen = {**env, **step.env}
        assert (seen["DATABASE_URL"], seen["REDIS_URL"]) == ("", "")
        folder = Path(seen["TEST_SQLITE"]).parent
        assert folder.is_dir()
    assert not folder.exists()


def test_an_interrupted_run_stops_its_step_and_its_servers():
    kept = {name: value for name, value in os.environ.items() if name not in GIVEN}
    with subprocess.Popen(
        [sys.executable, "-u", "-c", RUN.format(step=WAITING, arguments=[])],
        cwd=ROOT, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as run:  # fmt: skip
        line = next(line for line in run.stdout if line.startswith("pid "))
        _, pid, sqlite, address = line.split()
        place = str(Path(sqlite).parent)
        assert place in address
        assert [name for name in ("postgres", "redis") if not _running(place, name)] == []
        run.send_signal(signal.SIGINT)
        said = run.stdout.read()
        assert run.wait(timeout=60) == 130, said
    assert [name for name in ("postgres", "redis") if _running(place, name)] == []
    assert not Path("/proc", pid).exists()
    assert not Path(place).exists()


@pytest.mark.parametrize(("step", "status"), [("pass", 0), ("raise SystemExit(3)", 1)])
def test_a_failing_step_is_a_failing_run(step, status):
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(step=step, arguments=["--lint"])],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    assert ("FAILED" in done.stdout) == bool(status)
