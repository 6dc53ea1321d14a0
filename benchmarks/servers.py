"""Gunicorn servers on loopback and a small client that measures them in interleaved rounds."""

import http.client
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
from statistics import median

from benchmarks.report import ROOT

WORKERS, CONNECTIONS = 2, 2
_address = itertools.count()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def gunicorn(application: str, **environment: str) -> Iterator[int]:
    """Serves an application with two synchronous workers; yields the port."""
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            application,
            "-b",
            f"127.0.0.1:{port}",
            "-w",
            str(WORKERS),
            "--log-level",
            "warning",
        ],
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


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
    """A page to measure; `rates` collects requests per second, one figure a round."""

    name: str
    port: int
    path: str
    cookie: str = ""
    rates: list[float] = field(default_factory=list)

    def measure(self, seconds: float) -> None:
        counts = [0] * CONNECTIONS
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._ask, args=(end, counts, index)) for index in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.rates.append(sum(counts) / seconds)

    def _ask(self, end: float, counts: list[int], index: int) -> None:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        while time.monotonic() < end:
            # Every request from an address of its own on the loopback net: throttles by address are not what is measured.
            source = (f"127.{next(_address) % 250 + 1}.{index}.1", 0)
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=source)
            line.request("GET", self.path, headers=headers)
            answer = line.getresponse()
            answer.read()
            line.close()
            if answer.status != 200:
                raise RuntimeError(f"{self.path} answers {answer.status}")
            counts[index] += 1

    @property
    def rate(self) -> float:
        return median(self.rates)


def interleave(pages: list[Page], *, rounds: int = 3, seconds: float = 2.0) -> None:
    """Measures every page once a round, so that a busy minute of the machine meets them all alike."""
    for page in pages:
        page.measure(0.5)
        page.rates.clear()
    for _ in range(rounds):
        for page in pages:
            page.measure(seconds)
