"""Run inside the child: takes away what a hostile file could use. Imports nothing of the portal."""

import ctypes
import errno
import resource

CPU_SECONDS = 5
MEMORY = 256 << 20
LARGEST_OUTPUT = 64 << 20
# linux/sched.h; os.unshare comes with Python 3.12.
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def impose() -> None:
    """Takes the network, and limits processor time, memory (over what the interpreter holds), output and open files."""
    leave_network()
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123  pathlib costs the child an import
        held = int(statm.read().split()[0]) * resource.getpagesize()
    for limit, value in (
        (resource.RLIMIT_AS, held + MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_OUTPUT),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def leave_network() -> bool:
    """Moves into a network of its own, where not even the loopback is up; false where the kernel does not allow it.

    The namespace of users beside it is what lets an ordinary account do so, and takes from root what it could do.
    """
    unshare = ctypes.CDLL(None).unshare
    return any(unshare(spaces) == 0 for spaces in (CLONE_NEWUSER | CLONE_NEWNET, CLONE_NEWNET))


def refusal_of(error: BaseException) -> str:
    """What an error that a child has caught says of the file: nothing, where it could not read or write at all."""
    number = getattr(error, "errno", None)
    if number in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO}:
        return "no_room"
    return "too_heavy" if number == errno.EFBIG else "broken"
