"""The processes an installation consists of, for `make run`, the containers and a service manager alike.

`python -m scripts.processes web|worker|beat|migrate` becomes that process; `health` asks the local web process.
"""

import os
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"


def web(*, bind: str, workers: int = 2, threads: int = 4, options: Sequence[str] = ()) -> list[str]:
    """gunicorn; threads wait for the database, PDFs are never made here."""
    return [
        str(BIN / "gunicorn"),
        "portal.wsgi:application",
        f"--bind={bind}",
        "--worker-class=gthread",
        f"--workers={workers}",
        f"--threads={threads}",
        "--timeout=60",
        "--graceful-timeout=10",
        "--max-requests=5000",
        "--max-requests-jitter=500",
        "--no-control-socket",
        "--log-level=warning",
        *options,
    ]


def worker(*, concurrency: int = 2, options: Sequence[str] = ()) -> list[str]:
    """Celery's worker: takes what job rows ask for."""
    return [
        str(BIN / "celery"),
        "--app=portal.celery:app",
        "--quiet",
        "worker",
        "--pool=prefork",
        f"--concurrency={concurrency}",
        "--loglevel=warning",
        "--without-gossip",
        "--without-mingle",
        *options,
    ]


def beat(*, options: Sequence[str] = ()) -> list[str]:
    """Celery's clock: wakes the sweeper and the nightly checks."""
    return [str(BIN / "celery"), "--app=portal.celery:app", "--quiet", "beat", "--loglevel=warning", *options]


def migrate() -> list[str]:
    return [str(BIN / "python"), "manage.py", "migrate", "--noinput"]


def ask_health() -> int:
    """0 when the web process on this machine answers, as a proxy in front of it would ask."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(
        f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health/",
        headers={"Host": host, "X-Forwarded-Proto": "https"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=5) as answer:
            return 0 if answer.status == 200 else 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 1


def command(name: str) -> list[str]:
    """The command line of a process, from the environment: PORT, WEB_WORKERS, WEB_THREADS, WORKER_CONCURRENCY."""
    env = os.environ
    if name == "web":
        workers, threads = int(env.get("WEB_WORKERS", "2")), int(env.get("WEB_THREADS", "4"))
        return web(bind=f"{env.get('HOST', '0.0.0.0')}:{env.get('PORT', '8000')}", workers=workers, threads=threads)  # noqa: S104  inside its container
    if name == "worker":
        return worker(concurrency=int(env.get("WORKER_CONCURRENCY", "2")))
    if name == "beat":
        return beat()
    if name == "migrate":
        return migrate()
    raise SystemExit(f"{name!r} is no process of the portal: name web, worker, beat, migrate or health.")


def main() -> None:
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if name == "health":
        sys.exit(ask_health())
    argv = command(name)
    os.chdir(ROOT)
    os.execv(argv[0], argv)  # noqa: S606  no shell stands between the service manager and the process


if __name__ == "__main__":
    main()
