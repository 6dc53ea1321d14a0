"""A real file system of 8 MiB, for what happens where it is full."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MIB = 1 << 20
MOUNT = 'mount -t tmpfs -o size=8m,mode=700 tmpfs "$0" && echo mounted && exec sleep 600'


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """The small disk, seen through a process that alone has it: when that ends, it is gone."""
    place.mkdir()
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, place]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as holder:
        said = holder.stdout.readline().strip()
        if said != "mounted":
            pytest.skip(f"the kernel lets nobody mount here: {holder.stderr.read().strip()}")
        try:
            yield Path(f"/proc/{holder.pid}/root{place}")
        finally:
            holder.kill()


def fill(disk: Path, leave: int) -> Path:
    """Fills the disk but for so many bytes."""
    filler, state = disk / "filler", os.statvfs(disk)
    with filler.open("wb") as out:
        out.write(bytes(max(state.f_bavail * state.f_frsize - leave, 0)))
    return filler
