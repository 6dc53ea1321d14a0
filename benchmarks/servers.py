"""Gunicorn servers on loopback, measured in interleaved rounds: requests a second, and processor time a request."""

import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.report import ROOT

WORKERS, CONNECTIONS = 2, 2
TICK = os.sysconf("SC_CLK_TCK")
_turn = itertools.count()


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int
    database_pid: int

    def seconds(self) -> float:
        """Processor time used so far by its workers and by the database."""
        return sum(map(_seconds, (self.pid, *_children(self.pid), self.database_pid, *_children(self.database_pid))))


@contextmanager
def gunicorn(application: str, env: dict[str, str], database_pid: int) -> Iterator[Server]:
    """Serves an application with two synchronous workers."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "-b", f"127.0.0.1:{port}", "-w", str(WORKERS)]
    process = subprocess.Popen([*command, "--log-level", "warning", "--no-control-socket"], cwd=ROOT, env=env)
    try:
        wait_for(port)
        yield Server(port, process.pid, database_pid)
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on port {port}")


@dataclass
class Page:
    """A page to measure, its addresses asked in turn; a figure a round in `rates` (requests/s) and `costs` (s/request)."""

    name: str
    server: Server
    paths: list[str]
    cookie: str = ""
    headers: str = ""
    status: int = 200
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def measure(self, seconds: float) -> None:
        counts, failures = [0] * CONNECTIONS, []
        used, began = self.server.seconds(), time.monotonic()
        threads = [
            threading.Thread(target=self._ask, args=(began + seconds, counts, index, failures))
            for index in range(CONNECTIONS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise RuntimeError(f"{self.name}: {failures[0]}")
        self.rates.append(sum(counts) / (time.monotonic() - began))
        self.costs.append((self.server.seconds() - used) / max(sum(counts), 1))

    def _ask(self, end: float, counts: list[int], index: int, failures: list[str]) -> None:
        try:
            while time.monotonic() < end:
                self.ask_once()
                counts[index] += 1
        except (RuntimeError, OSError) as failure:
            failures.append(str(failure))

    def ask_once(self) -> str:
        """The answer's head. Bare sockets: the client shares the processors with what it measures."""
        turn = next(_turn)
        path = self.paths[turn % len(self.paths)]
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        with socket.socket() as line:
            line.settimeout(30)
            # Each time from another address of the loopback net: throttles by address are not what is measured.
            line.bind((f"127.{turn // 250 % 250 + 1}.{turn % 250 + 1}.1", 0))
            line.connect(("127.0.0.1", self.server.port))
            line.sendall(
                f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}{self.headers}Connection: close\r\n\r\n".encode()
            )
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
        if head.split(" ", 2)[1] != str(self.status):
            raise RuntimeError(f"{path} answers {head.splitlines()[0]}")
        return head

    @property
    def rate(self) -> float:
        return median(self.rates)

    @property
    def cost(self) -> float:
        return median(self.costs)


def interleave(pages: list[Page], *, rounds: int, seconds: float) -> None:
    """Measures every page once a round, so that a busy minute of the machine meets them all alike."""
    for page in pages:
        page.measure(1)
        page.rates.clear()
        page.costs.clear()
    for _ in range(rounds):
        for page in pages:
            page.measure(seconds)


def _children(parent: int) -> list[int]:
    text = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(pid) for pid in text.split()]


def _seconds(pid: int) -> float:
    """A process's own time and that of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICK
