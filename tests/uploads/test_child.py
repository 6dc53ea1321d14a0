"""The child that parses foreign files, looked at from outside while it waits for its file: what it may still do."""

import errno
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.file_checks import sandbox

MIB = 1 << 20
# Every child with its arguments; FILE is the one it opens first.
SCRIPTS = {
    "join_child.py": "output FILE",
    "page_child.py": "FILE output 1",
    "pdf_child.py": "FILE",
    "picture_child.py": "FILE output 40000000",
    "portrait_child.py": "FILE output 40000000 295 413 1 0.5 0.5",
    "shrink_child.py": "FILE output 2097152",
    "thumbnail_child.py": "FILE output",
    "workbook_child.py": "FILE",
}
HERE = Path(sandbox.__file__).parent
CONNECT = f"""
import socket, sys
sys.path.insert(0, {str(HERE)!r})
import limits
if "limited" in sys.argv: limits.impose()
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5).close()
    print("connected")
except OSError as error:
    print(error.errno)
"""


@contextmanager
def waiting_child(folder: Path, script: str) -> Iterator[int]:
    """A child as the sandbox starts it, held where it opens its file: a pipe that nobody has written to yet."""
    pipe = folder / "file"
    os.mkfifo(pipe)
    command = [sys.executable, "-I", HERE / script, *SCRIPTS[script].replace("FILE", str(pipe)).split()]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as child:
        writer = -1
        for _ in range(600):
            try:
                writer = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
                break
            except OSError as error:
                assert error.errno == errno.ENXIO  # noqa: PT017  nobody reads yet
                assert child.poll() is None
                time.sleep(0.05)
        assert writer >= 0, "the child never opened its file"
        try:
            yield child.pid
        finally:
            child.kill()
            os.close(writer)


def limit(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/limits").read_text(encoding="ascii").splitlines()
    [line] = [line for line in lines if line.startswith(name)]
    soft, hard = line.removeprefix(name).split()[:2]
    assert soft == hard, "it could raise the limit again"
    return int(soft)


def test_no_child_is_left_out():
    assert {path.name for path in HERE.glob("*_child.py")} == set(SCRIPTS)


@pytest.mark.parametrize("script", sorted(SCRIPTS))
def test_every_child_has_given_away_time_and_memory_before_it_opens_its_file(script, tmp_path):
    with waiting_child(tmp_path, script) as pid:
        held = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        left = limit(pid, "Max address space") - held
        assert 200 * MIB < left <= 256 * MIB
        assert limit(pid, "Max cpu time") == 5
        assert limit(pid, "Max file size") == 64 * MIB
        assert limit(pid, "Max open files") == 32
        assert limit(pid, "Max core file size") == 0


@pytest.fixture
def namespaces() -> None:
    """Skips, with the kernel's reason, where nobody here may have a network namespace; asked of another program."""
    asked = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--net"]
    answer = subprocess.run([*asked, "true"], capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip(f"the kernel allows no network namespace here: {answer.stderr.strip()}")


@pytest.mark.parametrize("script", sorted(SCRIPTS))
def test_every_child_has_a_network_of_its_own_before_it_opens_its_file(namespaces, script, tmp_path):
    with waiting_child(tmp_path, script) as pid:
        assert Path(f"/proc/{pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()
        devices = Path(f"/proc/{pid}/net/dev").read_text(encoding="ascii").splitlines()[2:]
        assert [line.split(":")[0].strip() for line in devices] == ["lo"]


def test_a_child_that_wants_to_connect_cannot(namespaces):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        free, limited = (
            subprocess.run(
                [sys.executable, "-I", "-c", CONNECT, port, *more], capture_output=True, text=True, check=True
            ).stdout.strip()
            for more in ((), ("limited",))
        )
    assert (free, limited) == ("connected", str(errno.ENETUNREACH))


def test_where_the_kernel_allows_no_namespace_the_other_limits_stand_all_the_same():
    """Numbers that name no namespace stand for a kernel that refuses."""
    refused = "import limits; limits.CLONE_NEWUSER = limits.CLONE_NEWNET = 1; limits.impose()"
    asked = "import resource; print(resource.getrlimit(resource.RLIMIT_CPU), limits.leave_network())"
    code = f"import sys; sys.path.insert(0, {str(HERE)!r}); {refused}; {asked}"
    said = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "(5, 5) False"
