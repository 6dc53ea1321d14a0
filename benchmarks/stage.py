"""What the page benchmarks run on: PostgreSQL and Redis of their own, the data set, and the yardstick beside it.

The data set is dumped to var/bench once it is made; later runs restore it, as long as neither it nor a migration changes.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.report import ROOT
from scripts import servers

KEPT = ROOT / "var" / "bench"
NAMED_ELSEWHERE = ("DEMO", "DEBUG", "VAR_DIR", "DATABASE_URL", "REDIS_URL", "PORTAL_ENV", "FILES_DIR", "SITE_URL")


@dataclass(frozen=True, slots=True)
class Stage:
    """`ours` and `bare` are environments of gunicorn; `ids` is what `benchmarks.load` printed."""

    ours: dict[str, str]
    bare: dict[str, str]
    ids: dict[str, Any]
    bare_session: str
    database_pid: int


@contextmanager
def stage() -> Iterator[Stage]:
    with servers.workplace() as place, servers.postgresql(place) as database, servers.redis(place) as redis:
        (place / "var").mkdir()
        (place / "var" / "fonts").symlink_to(ROOT / "var" / "fonts")
        kept = {name: value for name, value in os.environ.items() if name not in NAMED_ELSEWHERE}
        ours = {**kept, "DATABASE_URL": database, "REDIS_URL": redis, "VAR_DIR": str(place / "var")}
        bare = {**kept, "PGHOST": database.partition("host=")[2], "PGUSER": servers.PG_USER}
        run("psql", "-qd", database, "-c", "create database bare")
        pid = int((place / "postgresql" / "data" / "postmaster.pid").read_text().split()[0])
        yield Stage(ours, bare, _loaded(database, ours), python("benchmarks.bare", bare), pid)


def _loaded(database: str, env: dict[str, str]) -> dict[str, Any]:
    """The ids of the data set, restored from its dump or made and dumped."""
    dump = KEPT / f"dataset-{_key()}.dump"
    KEPT.mkdir(parents=True, exist_ok=True)
    if dump.exists():
        run("pg_restore", "--no-owner", "--jobs=2", "-d", database, str(dump))
        run("psql", "-qd", database, "-c", "set client_min_messages to error; analyze")
        return _printed_ids(env)
    print("Making the data set of 5,000 applications; kept for later runs …", flush=True)
    ids = _printed_ids(env)
    run("psql", "-qd", database, "-c", "set client_min_messages to error; analyze")
    for old in KEPT.glob("dataset-*.dump"):
        old.unlink()
    part = dump.with_suffix(".part")
    run("pg_dump", "-Fc", "-Z1", "-d", database, "-f", str(part))
    part.rename(dump)
    return ids


def _printed_ids(env: dict[str, str]) -> dict[str, Any]:
    printed: dict[str, Any] = json.loads(python("benchmarks.load", env))
    return printed


def _key() -> str:
    """Changes with the data set's making and with every migration."""
    making = [ROOT / "benchmarks" / "dataset.py", ROOT / "demo" / "lin" / "records.json"]
    migrations = sorted(ROOT.glob("*/migrations/0*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in [*making, *migrations])).hexdigest()[:12]


def python(module: str, env: dict[str, str]) -> str:
    """What a module of ours prints."""
    done = subprocess.run(
        [sys.executable, "-m", module], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.splitlines()[-1]


def run(program: str, *words: str) -> None:
    """One of PostgreSQL's programs."""
    subprocess.run([servers.postgresql_programs() / program, *words], check=True)
