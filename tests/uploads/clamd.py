"""A real clamd of our own: it knows one signature, ours, and needs no download."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAM = Path("/usr/sbin/clamd")
# Harmless, and looked for by nobody else.
SIGNATURE = b"title-review-portal: a file with this line is refused by the test's own signature"
NAME = "Portal.Test.Signature"
PATIENCE = 60


class Clamd:
    """A daemon at a socket in a directory of its own; leaving ends it."""

    def __init__(self, place: Path) -> None:
        self.place, self.address = place, str(place / "clamd.socket")
        self.process: subprocess.Popen[bytes] | None = None
        (place / "signatures").mkdir()
        (place / "signatures" / "portal.ndb").write_text(f"{NAME}:0:*:{SIGNATURE.hex()}\n", encoding="ascii")
        lines = [
            f"LocalSocket {self.address}", f"DatabaseDirectory {place / 'signatures'}", f"TemporaryDirectory {place}",
            "Foreground yes", "MaxThreads 2", "SelfCheck 0",
        ]  # fmt: skip
        (place / "clamd.conf").write_text("\n".join(lines) + "\n", encoding="ascii")
        # AppArmor knows the daemon by its path and would keep the installed one out of this directory.
        shutil.copy(PROGRAM, place / "clamd")

    def start(self) -> None:
        command = [self.place / "clamd", f"--config-file={self.place / 'clamd.conf'}"]
        with (self.place / "log").open("wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        end = time.monotonic() + PATIENCE
        while not Path(self.address).exists():
            said = (self.place / "log").read_text(encoding="utf8", errors="replace")
            assert self.process.poll() is None, said
            assert time.monotonic() < end, said
            time.sleep(0.05)

    def hang(self) -> None:
        """It goes on listening and answers nothing."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        Path(self.address).unlink(missing_ok=True)


@contextmanager
def running() -> Iterator[Clamd]:
    """The daemon; its path is short, as a socket's has to be."""
    if not PROGRAM.exists():
        pytest.fail(f"{PROGRAM} is missing (Debian package clamav-daemon); `make test` installs it.")
    with tempfile.TemporaryDirectory(prefix="portal-clamd-") as folder:
        daemon = Clamd(Path(folder))
        try:
            daemon.start()
            yield daemon
        finally:
            daemon.stop()
