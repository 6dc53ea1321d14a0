"""Run inside the child: takes away what a hostile file could use. Imports nothing of the portal."""

import resource

CPU_SECONDS = 5
MEMORY = 256 << 20
LARGEST_OUTPUT = 64 << 20


def impose() -> None:
    """Limits processor time, memory (over what the interpreter holds already), output size and open files for good."""
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
