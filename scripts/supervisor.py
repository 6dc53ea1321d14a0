"""Several processes that live and end together."""

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, NoReturn, Self

from scripts import children

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE_SECONDS = 8.0
POLL_SECONDS = 0.1


class ChildDiedError(RuntimeError):
    """One of the processes ended by itself; the message names it and how it ended."""


class StopRequestedError(Exception):
    """Ctrl-C or a signal asked for the end."""


class Supervisor:
    """Starts processes and, on leaving, ends them with all their descendants.

    Each gets a session of its own, so that Ctrl-C reaches the supervisor alone; what loses its parent becomes the
    supervisor's child; and each is ended by the kernel when the supervisor itself is killed.
    """

    def __init__(self) -> None:
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.stop_requested = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        children.adopt_orphans()
        for number in STOP_SIGNALS:
            # Set even where a shell started us with SIGINT ignored, as it does for background jobs.
            self._before[number] = signal.signal(number, self._request_stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def start(
        self, name: str, command: Sequence[str], *, cwd: Path, env: Mapping[str, str], keep_open: Sequence[int] = ()
    ) -> None:
        """Starts a process under a name that messages use."""
        self.processes[name] = subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=tuple(keep_open),
            preexec_fn=lambda: children.dies_with_parent(signal.SIGTERM),  # noqa: PLW1509  there are no threads here
        )

    def wait_until_answers(self, url: str, *, seconds: float) -> None:
        """Returns when the page answers with success. Raises ChildDiedError, StopRequestedError or TimeoutError."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        last, end = "no answer", time.monotonic() + seconds
        while time.monotonic() < end:
            self.check()
            try:
                with opener.open(url, timeout=5):
                    return
            except urllib.error.HTTPError as error:
                last = f"status {error.code}"
            except OSError as error:
                last = str(error)
            time.sleep(POLL_SECONDS)
        raise TimeoutError(f"{url} did not answer within {seconds:.0f} s: {last}")

    def watch(self) -> NoReturn:
        """Stays until a process dies (ChildDiedError) or the end is asked for (StopRequestedError)."""
        while True:
            self.check()
            time.sleep(POLL_SECONDS)

    def check(self) -> None:
        if self.stop_requested:
            raise StopRequestedError
        for name, process in self.processes.items():
            if (status := process.poll()) is not None:
                how = f"by signal {signal.Signals(-status).name}" if status < 0 else f"with status {status}"
                raise ChildDiedError(f"{name} ended {how}")

    def stop(self) -> None:
        """Asks every process to end, waits a little, then ends whatever is left, grandchildren too."""
        self.stop_requested = False
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        end = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < end and not self.stop_requested:
            if all(process.poll() is not None for process in self.processes.values()):
                break
            time.sleep(POLL_SECONDS)
        for process in self.processes.values():
            children.kill_group(process.pid)
            process.wait()
        children.end_children()
        self.processes.clear()

    def _request_stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  the form of a handler
        # A second one, while stopping, cuts the waiting short.
        self.stop_requested = True


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
