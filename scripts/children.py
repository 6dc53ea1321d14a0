"""Child processes that do not outlive whoever started them."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)


def dies_with_parent(number: signal.Signals) -> None:
    """In a new child, before it becomes its program: the kernel sends it `number` when its parent is gone."""
    _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def adopt_orphans() -> None:
    """From now on descendants whose parent dies become children of this process, so that it can end them."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(
    command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None, keep_open: Sequence[int] = ()
) -> None:
    """Runs a command to its end; killed with this process. `keep_open`: descriptors it inherits.

    Raises subprocess.CalledProcessError where it fails.
    """
    subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=dict(env if env is not None else os.environ),
        check=True,
        stdin=subprocess.DEVNULL,
        pass_fds=tuple(keep_open),
        preexec_fn=lambda: dies_with_parent(signal.SIGKILL),
    )


def children_of(parent: int) -> list[int]:
    """The living or unreaped children of a process, from /proc."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found


def end_children(*, sparing: Collection[int] = ()) -> None:
    """Kills every child of this process but the spared, with its group, and what then becomes a child."""
    while left := [pid for pid in children_of(os.getpid()) if pid not in sparing]:
        for pid in left:
            kill_group(pid)
            try:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            except (ProcessLookupError, ChildProcessError):
                continue  # it ended by itself


def kill_group(leader: int) -> None:
    """Kills the process group a child leads or led; this process's own group never."""
    if leader != os.getpgrp():
        try:
            os.killpg(leader, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return  # nobody left in it, or it never was a group
