"""Real worker processes on a database and a broker of their own, to be killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
ITEMS = 20  # a batch


class Workers:
    """A Celery worker with beat, as `make run` starts it, in a process group of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = {**os.environ, **environment, "PYTHONPATH": str(ROOT)}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "celery",
                "-A",
                "tests.portal.worker_app",
                "worker",
                "-B",
                "-c",
                "2",
                "--loglevel",
                "WARNING",
            ],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """kill -9 to the whole group: nothing is tidied up."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_) -> None:
        self.kill()

    def run(self, *arguments: str) -> str:
        """A management command in the same environment."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.portal.worker_app", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def wait_for(condition, seconds: float) -> float:
    """Waits until the condition holds; returns how long it took, fails after so many seconds."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, f"not so within {seconds} s"
        time.sleep(0.1)
    return time.monotonic() - started
