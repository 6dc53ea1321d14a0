"""An embedded installation in a directory of its own, its processes started and ended as `make run` does."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
# What scripts/run.py does after the installing and the demo.
SERVE = """
import time
from scripts import run
with run.listen(0) as listener:
    run.serve(listener, run.embedded_environment(run.address_of(listener)), "", time.monotonic())
"""
READY = re.compile(r"Ready after .*http://127\.0\.0\.1:(\d+)/")


class Installation:
    """Web and worker of one directory; leaving ends them."""

    def __init__(self, place: Path) -> None:
        self.place, self.log = place, place / "processes.log"
        named_elsewhere = {"DATABASE_URL", "REDIS_URL", "FILES_DIR", "FILES_URL", "EMAIL_URL", "SITE_URL"}
        kept = {name: value for name, value in os.environ.items() if name not in named_elsewhere}
        self.environment = {**kept, "VAR_DIR": str(place), "DEMO": "1", "LOG_LEVEL": "WARNING", "PYTHONPATH": str(ROOT)}
        self.process: subprocess.Popen[bytes] | None = None
        self.port = 0

    def act(self, *words: str) -> object:
        """One of `tests.processes.acts` in a process of its own; its answer."""
        return self.answer(self.begin(*words))

    def begin(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.processes.acts", *words],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    @staticmethod
    def answer(begun: subprocess.Popen[str]) -> object:
        output, errors = begun.communicate(timeout=900)
        assert begun.returncode == 0, errors
        return json.loads(output)

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVE],
                cwd=ROOT, env={**self.environment, "PYTHONUNBUFFERED": "1"}, stdout=log, stderr=log,
            )  # fmt: skip
        wait_for(lambda: READY.search(self.said) or self.process.poll() is not None, 90)
        found = READY.search(self.said)
        assert found is not None, self.said
        self.port = int(found[1])
        return self

    def stop(self) -> list[int]:
        """Ctrl-C; the processes that were there a moment before."""
        assert self.process is not None
        there = descendants(self.process.pid)
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        return there

    def __exit__(self, *_: object) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf8")

    def unfinished_jobs(self) -> int:
        with sqlite3.connect(f"file:{self.place}/portal.sqlite3?mode=ro", uri=True, timeout=20) as database:
            return database.execute("SELECT count(*) FROM portal_job WHERE state <> 'done'").fetchone()[0]

    def letters(self) -> list[str]:
        """The names of the mails in the outbox, as often as each was sent."""
        texts = [path.read_text(encoding="utf8") for path in self.place.glob("outbox/*")]
        return sorted(re.findall(r"^Message-ID: <([^@]+)@", "\n".join(texts), re.MULTILINE))


class Browser:
    """One person's browser: its cookies, one connection a request."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.cookies = port, {"sessionid": session}

    def get(self, path: str) -> str:
        response, body = self._ask("GET", path)
        assert response.status == 200, (path, response.status)
        return body

    def post(self, path: str, fields: dict[str, str]) -> int:
        """The status of the answer."""
        return self._ask("POST", path, urlencode(fields))[0].status

    def _ask(self, method: str, path: str, body: str = "") -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return response, text


def descendants(parent: int) -> list[int]:
    """Every living process below one, from /proc."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        below.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = list(below.get(parent, []))
    for child in found:
        found += below.get(child, [])
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not so within {seconds} s"
        time.sleep(0.1)
