"""A test run's own PostgreSQL and Redis: what they are, and that nothing of them is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
import redis

from portal import environment
from scripts import servers

ROOT = Path(__file__).resolve().parents[2]


def test_postgresql_is_utf8_and_ours_is_no_superuser(monkeypatch: pytest.MonkeyPatch) -> None:
    with servers.workplace() as place, servers.postgresql(place) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        entry = environment.database("DATABASE_URL", "")
        connection = psycopg2.connect(dbname=entry["NAME"], user=entry["USER"], host=entry["HOST"])
        with connection.cursor() as cursor:
            cursor.execute(
                "select current_setting('server_encoding'), datcollate, current_setting('listen_addresses'), rolsuper, rolcreatedb"
                " from pg_database, pg_roles where datname = current_database() and rolname = current_user"
            )
            assert cursor.fetchone() == ("UTF8", "C.UTF-8", "", False, True)
        connection.close()
    assert not place.exists()


def test_redis_is_private() -> None:
    with servers.workplace() as place, servers.redis(place) as url:
        client = redis.Redis.from_url(url)
        assert client.set("key", "value") is True
        assert client.config_get("bind")["bind"] == "127.0.0.1"
        stranger = redis.Redis(port=client.connection_pool.connection_kwargs["port"])
        with pytest.raises(redis.AuthenticationError):
            stranger.get("key")
        client.close()
        stranger.close()


def test_a_killed_run_leaves_no_server() -> None:
    program = (
        "from scripts import servers\n"
        "with servers.workplace() as place, servers.postgresql(place), servers.redis(place):\n"
        "    print(place, flush=True); input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        place = run.stdout.readline().strip()
        assert [name for name in ("postgres", "redis") if not _running(place, name)] == []
        os.kill(run.pid, signal.SIGKILL)
    end = time.monotonic() + 20
    while (_running(place, "postgres") or _running(place, "redis")) and time.monotonic() < end:
        time.sleep(0.1)
    assert [name for name in ("postgres", "redis") if _running(place, name)] == []
    subprocess.run(["rm", "-rf", place], check=True)


def _running(place: str, name: str) -> bool:
    """Whether a server of this name works under the place: told by its command line or its working directory."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            directory = str((process / "cwd").readlink())
        except OSError:
            continue
        if name in command and (place in command or directory.startswith(place)):
            return True
    return False
