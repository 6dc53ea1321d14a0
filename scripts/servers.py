"""Servers of one's own for a test run: PostgreSQL and Redis from the system's packages, gone when the run is.

Their data lies in a new directory outside the clone; they end with the process that started them, even when that is
killed. Shared clusters and running servers are never touched.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from scripts import children

PG_USER = "portal"
START_SECONDS = 30
# The longest path a Unix socket may have is 107 bytes; PostgreSQL adds "/.s.PGSQL.5432".
LONGEST_SOCKET_DIRECTORY = 90
# Nothing of a test run outlives it, so nothing needs to reach the disk.
PG_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
}


class ServerError(RuntimeError):
    """A server did not start; the message says which and why."""


@contextmanager
def workplace() -> Iterator[Path]:
    """A new directory that other users may pass through, with a short path; removed afterwards."""
    parent = tempfile.gettempdir()
    if len(parent) > LONGEST_SOCKET_DIRECTORY - 30:
        parent = "/tmp"  # noqa: S108  the place for short socket paths
    directory = Path(tempfile.mkdtemp(prefix="portal-test-", dir=parent))
    directory.chmod(0o711)
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def postgresql(directory: Path) -> Iterator[str]:
    """A PostgreSQL of its own under `directory`, UTF8, reached by a Unix socket only; yields its DATABASE_URL."""
    programs = postgresql_programs()
    account = _server_account()
    home = directory / "postgresql"
    home.mkdir(mode=0o700)
    if account:
        shutil.chown(home, account, account)
    data, log = home / "data", home / "log"
    initdb: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    made = subprocess.run(initdb, user=account, group=account, cwd="/", capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise ServerError(f"PostgreSQL could not make its data directory: {made.stderr.strip()}")
    options = [part for name, value in PG_OPTIONS.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        server = _start([programs / "postgres", "-D", data, "-k", home, *options], output=output, account=account)
    try:
        psql: list[str | Path] = [programs / "psql", "-qAt", "-h", home, "-U", "postgres", "-d", "postgres", "-c"]
        _wait_for("PostgreSQL", server, log, lambda: _succeeds([*psql, "select 1"], account))
        # Not a superuser: what the portal takes away from itself must be gone in tests too.
        _succeeds([*psql, f"create role {PG_USER} login createdb createrole"], account)
        _succeeds([*psql, f"create database {PG_USER} owner {PG_USER}"], account)
        # Its directory is its user's alone; the tests come in through the socket.
        home.chmod(0o711)
        yield f"postgresql://{PG_USER}@/{PG_USER}?host={home}"
    finally:
        _end(server, signal.SIGINT)  # "fast": open transactions are rolled back


@contextmanager
def redis(directory: Path) -> Iterator[str]:
    """A Redis of its own on a free loopback port, nothing saved; yields its REDIS_URL."""
    program = shutil.which("redis-server", path="/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    if program is None:
        raise ServerError("redis-server is not installed.")
    password = secrets.token_hex(16)
    home = directory / "redis"
    home.mkdir(mode=0o700)
    port, log = _free_port(), home / "log"
    configuration = home / "redis.conf"
    configuration.write_text(
        f'port {port}\nbind 127.0.0.1\nrequirepass {password}\nsave ""\nappendonly no\ndir {home}\nlogfile ""\n',
        encoding="ascii",
    )
    with log.open("wb") as output:
        server = _start([program, configuration], output=output, account=None)
    try:
        _wait_for("Redis", server, log, lambda: _answers(port, password))
        yield f"redis://:{password}@127.0.0.1:{port}/0"
    finally:
        _end(server, signal.SIGTERM)


def postgresql_programs() -> Path:
    """The newest PostgreSQL's programs, which Debian keeps off PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise ServerError("PostgreSQL's server is not installed.")


def _server_account() -> str | None:
    """PostgreSQL refuses to be root: the account it runs under instead, or none where we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise ServerError("PostgreSQL does not run as root, and there is neither a postgres nor a nobody account.")


def _start(command: list[str | Path], *, output: IO[bytes], account: str | None) -> subprocess.Popen[bytes]:
    group = None if account is None else pwd.getpwnam(account).pw_gid
    return subprocess.Popen(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        user=account,
        group=group,
        extra_groups=[] if account else None,
        start_new_session=True,
        preexec_fn=lambda: children.dies_with_parent(signal.SIGINT),  # noqa: PLW1509  there are no threads here
    )


def _wait_for(name: str, server: subprocess.Popen[bytes], log: Path, answers: Callable[[], bool]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        if answers():
            return
        time.sleep(0.05)
    raise ServerError(f"{name} did not start: {log.read_text(encoding='utf8', errors='replace')[-2000:].strip()}")


def _succeeds(command: list[str | Path], account: str | None) -> bool:
    return subprocess.run(command, user=account, cwd="/", capture_output=True, check=False).returncode == 0


def _answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\n".encode())
            return connection.recv(16).startswith(b"+OK")
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _end(server: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if server.poll() is None:
        server.send_signal(number)
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
