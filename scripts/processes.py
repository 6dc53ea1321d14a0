"""The processes an installation consists of, for `make run`, the containers and a service manager alike.

`python -m scripts.processes NAME` becomes that process: web, worker, beat, migrate, or static (an image's build).
`health`, `worker-health` and `beat-health` ask one of them whether it works, for a container's health check.
"""

import os
import socket
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from scripts import production

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
BEAT_SILENCE_SECONDS = 600


def web(*, bind: str, workers: int = 2, threads: int = 4, options: Sequence[str] = ()) -> list[str]:
    """gunicorn; threads wait for the database, PDFs are never made here."""
    return [
        str(BIN / "gunicorn"),
        "portal.wsgi:application",
        f"--bind={bind}",
        "--worker-class=portal.web_worker.Worker",
        "--preload",
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


def beat_is_awake() -> int:
    """0 when beat has lately written its schedule, which it does every three minutes."""
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    written = max((path.stat().st_mtime for path in var.glob("beat-schedule*")), default=0.0)
    return 0 if time.time() - written < BEAT_SILENCE_SECONDS else 1


def command(name: str) -> list[str]:
    """The command line of a process, from the environment: HOST, PORT, WEB_WORKERS, WEB_THREADS, WORKER_CONCURRENCY."""
    env = os.environ
    manage = [str(BIN / "python"), "manage.py"]
    match name:
        case "web":
            bind = f"{env.get('HOST', '0.0.0.0')}:{env.get('PORT', '8000')}"  # noqa: S104  all of its container's
            return web(bind=bind, workers=int(env.get("WEB_WORKERS", "2")), threads=int(env.get("WEB_THREADS", "4")))
        case "worker":
            return worker(concurrency=int(env.get("WORKER_CONCURRENCY", "2")))
        case "beat":
            return beat()
        case "migrate":
            return [*manage, "migrate", "--noinput"]
        case "static":
            return [*manage, "collectstatic", "--noinput", "--verbosity=0"]
        case "worker-health":
            node = f"celery@{socket.gethostname()}"
            return [
                str(BIN / "celery"),
                "--app=portal.celery:app",
                "inspect",
                "ping",
                f"--destination={node}",
                "--timeout=10",
            ]
        case _:
            raise SystemExit(
                f"{name!r} is no process of the portal: name web, worker, beat, migrate, static or a health check."
            )


def main() -> None:
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    os.chdir(ROOT)
    match name:
        case "health":
            sys.exit(ask_health())
        case "beat-health":
            sys.exit(beat_is_awake())
        case "static":
            os.environ.update(production.throwaway(database_url="postgresql:///none", redis_url="redis://none"))
    argv = command(name)
    os.execv(argv[0], argv)  # noqa: S606  no shell stands between the service manager and the process


if __name__ == "__main__":
    main()
