"""A Redis of a test's own that keeps nothing, to be killed and to come back at the same address."""

import socket
import subprocess
from pathlib import Path
from typing import Self

from redis import Redis
from redis.exceptions import ConnectionError as Unreachable

from tests.processes.installation import wait_for


class OwnRedis:
    def __init__(self, place: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.place, self.url = place, f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            cwd=self.place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_for(self.answers, 30)

    def answers(self) -> bool:
        try:
            return bool(Redis(port=self.port).ping())
        except Unreachable:
            return False

    def kill(self) -> None:
        """kill -9: what it held is gone."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
