"""`make test`: every check and every test, on servers of its own; says at the end what held and what did not.

DATABASE_URL and REDIS_URL, where given, are used instead of own servers. `--lint` runs only what needs no database,
`--pytest ARGS…` only pytest with those arguments, `--prove` the tests with the counted proofs at full count,
`--coverage` the tests with the lines counted that they reach.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import FrameType

from scripts import children, production, servers
from scripts.install import ROOT, VENV, install

BIN = VENV / "bin"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
NOT_FOR_TESTS = (
    "DEMO",
    "DEBUG",
    "PORTAL_ENV",
    "VAR_DIR",
    "SITE_URL",
    "SECRET_KEY",
    "FIELD_KEYS",
    "DIGEST_KEY",
    "ALLOWED_HOSTS",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its name, its command, and what its environment adds to that of the run."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    status: int
    seconds: float
    closing_line: str


class InterruptedRunError(Exception):
    """A signal ended the run."""


def main(arguments: list[str]) -> int:
    mode, *rest = arguments or ["--all"]
    install(development=True, database=False)
    for number in STOP_SIGNALS:
        signal.signal(number, _interrupt)
    children.adopt_orphans()
    try:
        if mode == "--lint":
            return _report([_run(step, dict(os.environ)) for step in lint_steps()])
        with test_environment() as env:
            chosen = {"--pytest": [pytest_step(rest)], "--prove": pytest_steps(), "--coverage": coverage_steps()}
            steps = chosen.get(mode) or all_steps(env)
            return _report([_run(step, env) for step in steps])
    except InterruptedRunError:
        print("\nInterrupted; what this run started has ended.", flush=True)
        return 130
    except servers.ServerError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def lint_steps() -> list[Step]:
    return [
        Step("ruff check", (str(BIN / "ruff"), "check", "."), {}),
        Step("ruff format", (str(BIN / "ruff"), "format", "--check", "."), {}),
        Step("mypy", (str(BIN / "mypy"), "."), {}),
        Step("import contracts", (str(BIN / "lint-imports"),), {}),
    ]


def django_steps(env: Mapping[str, str]) -> list[Step]:
    manage = (str(BIN / "python"), "manage.py")
    return [
        Step("migrations match models", (*manage, "makemigrations", "--check", "--dry-run"), {}),
        Step(
            "production settings",
            (*manage, "check", "--deploy", "--fail-level", "WARNING"),
            production.throwaway(database_url=env["DATABASE_URL"], redis_url=env["REDIS_URL"]),
        ),
    ]


def pytest_step(arguments: list[str]) -> Step:
    return Step("pytest", (str(BIN / "python"), "-m", "pytest", *arguments), {})


def pytest_steps() -> list[Step]:
    """The suite on PostgreSQL and Redis, and its marked part on the embedded installation."""
    pytest = (str(BIN / "python"), "-m", "pytest", "--create-db", "-q", "--durations=15")
    side_by_side = f"-n{min(4, max(2, os.cpu_count() or 2))}"
    return [
        Step("tests on PostgreSQL", (*pytest, side_by_side), {}),
        Step("tests on embedded SQLite", (*pytest, "-m", "embedded"), {"DATABASE_URL": "", "REDIS_URL": ""}),
    ]


def coverage_steps() -> list[Step]:
    """The suite once more, slowly: which lines and branches no test reaches."""
    coverage = (str(BIN / "python"), "-m", "coverage")
    return [
        Step("tests under coverage", (*coverage, "run", "-m", "pytest", "--create-db", "-q"), {}),
        Step("lines that no test reaches", (*coverage, "report", "--skip-covered", "--show-missing"), {}),
    ]


def all_steps(env: Mapping[str, str]) -> list[Step]:
    return [*lint_steps(), *django_steps(env), *pytest_steps()]


@contextmanager
def test_environment() -> Iterator[dict[str, str]]:
    """The environment of the tests; the servers it names live as long as the context."""
    env = {name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}
    with ExitStack() as stack:
        place = stack.enter_context(servers.workplace())
        if not env.get("DATABASE_URL"):
            env["DATABASE_URL"] = stack.enter_context(servers.postgresql(place))
        if not env.get("REDIS_URL"):
            env["REDIS_URL"] = stack.enter_context(servers.redis(place))
        if not os.access(env.get("HOME", ""), os.W_OK):
            env["HOME"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-home-"))
        # Threads meet in a file only; the embedded step's database is one, PostgreSQL does not look at it.
        env["TEST_SQLITE"] = str(place / "embedded.sqlite3")
        yield env | {"PORTAL_ENV": "local", "TEST_RUN": "1", "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"}


def _run(step: Step, env: Mapping[str, str]) -> Outcome:
    """Runs a step with its output passed on; the last line that says something closes it."""
    print(f"\n== {step.name}", flush=True)
    began, closing, running_before = time.monotonic(), "", children.children_of(os.getpid())
    process = subprocess.Popen(
        step.command,
        cwd=ROOT,
        env={**env, **step.env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=lambda: children.dies_with_parent(signal.SIGTERM),  # noqa: PLW1509  there are no threads here
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            closing = line.decode(errors="replace").strip() or closing
        status = process.wait()
    except InterruptedRunError:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        children.end_children(sparing=running_before)
    return Outcome(step.name, status, time.monotonic() - began, closing)


def _report(outcomes: list[Outcome]) -> int:
    width = max(len(outcome.name) for outcome in outcomes)
    print("\n== summary")
    for outcome in outcomes:
        mark = "ok    " if outcome.status == 0 else "FAILED"
        print(f"{mark}  {outcome.name:<{width}}  {outcome.seconds:6.1f} s  {outcome.closing_line}")
    return int(any(outcome.status for outcome in outcomes))


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  the form of a handler
    for further in STOP_SIGNALS:
        signal.signal(further, signal.SIG_IGN)  # the cleaning up is not interrupted again
    raise InterruptedRunError


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
