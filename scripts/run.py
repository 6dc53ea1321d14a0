"""`make run`: sets up, loads the demo, serves it on this machine; Ctrl-C ends all of it.

Embedded: SQLite and no other server. PORT names the first port to try.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts import processes
from scripts.install import PYTHON, ROOT, install, var_directory
from scripts.supervisor import ChildDiedError, StopRequestedError, Supervisor, complain

HOST = "127.0.0.1"
PORTS_TO_TRY = 100
START_SECONDS = 90


def main() -> int:
    began = time.monotonic()
    with listen(int(os.environ.get("PORT", "8000"))) as listener:
        env = embedded_environment(address_of(listener))
        install(env=env)
        return start(listener, env, began)


def start(listener: socket.socket, env: dict[str, str], began: float) -> int:
    """Loads the demo and serves it on the listening socket; the exit status."""
    try:
        personas = load_demo(env)
    except subprocess.CalledProcessError as error:
        complain(f"The demo could not be loaded ({error}).")
        return 1
    except KeyboardInterrupt:
        complain("Stopped before the start.")
        return 130
    return serve(listener, env, personas, began)


def serve(listener: socket.socket, env: dict[str, str], personas: str, began: float) -> int:
    """Runs web and worker until Ctrl-C (0) or until one of them dies (1)."""
    address = address_of(listener)
    (var_directory(env) / "static").mkdir(exist_ok=True)  # whitenoise warns where collectstatic never ran
    state = Path(tempfile.mkdtemp(prefix="run-", dir=var_directory(env)))
    try:
        with Supervisor() as supervisor:
            bind = f"fd://{listener.fileno()}"
            web = processes.web(bind=bind, options=["--graceful-timeout=3", f"--worker-tmp-dir={state}"])
            supervisor.start("web", web, cwd=ROOT, env=env, keep_open=[listener.fileno()])
            worker = processes.worker(options=["--beat", f"--schedule={state / 'beat'}"])
            supervisor.start("worker", worker, cwd=ROOT, env=env)
            supervisor.wait_until_answers(f"{address}/", seconds=START_SECONDS)
            seconds = time.monotonic() - began
            print(f"\n{personas.strip()}\n\nReady after {seconds:.0f} s: {address}/    (Ctrl-C ends it)\n", flush=True)
            try:
                supervisor.watch()
            except StopRequestedError:
                print("\nStopping; a job at work may finish …", flush=True)
                raise
    except StopRequestedError:
        print("Stopped: web and worker have ended.", flush=True)
        return 0
    except (ChildDiedError, TimeoutError) as error:
        complain(f"Stopped: {error}. The other processes have been ended too; what went wrong stands above.")
        return 1
    finally:
        shutil.rmtree(state, ignore_errors=True)


def embedded_environment(address: str) -> dict[str, str]:
    """The environment of the embedded installation: the caller's, less what would name other servers."""
    named_elsewhere = {
        "DATABASE_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "FIELD_KEYS",
        "DIGEST_KEY",
        "ALLOWED_HOSTS",
        "FILES_DIR",
        "FILES_URL",
        "DEBUG",
        "EMAIL_URL",
    }
    kept = {name: value for name, value in os.environ.items() if name not in named_elsewhere}
    # Nobody needs telling on every start that a machine of one's own is run as root.
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker"} if os.geteuid() == 0 else {}
    return kept | quiet | {"PORTAL_ENV": "local", "DEMO": "1", "SITE_URL": address, "PYTHONUNBUFFERED": "1"}


def load_demo(env: dict[str, str]) -> str:
    """Loads the demo where it is not loaded yet; the table of persona log-ins that the command prints."""
    print("Loading the demo …", flush=True)
    loaded = subprocess.run(
        [PYTHON, "manage.py", "load_demo"],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return loaded.stdout


def listen(first: int) -> socket.socket:
    """A listening socket on the first free port; it is handed to the web process, so nobody takes the port between."""
    for port in range(first, first + PORTS_TO_TRY):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            listener.close()
            continue
        if port != first:
            print(f"Port {first} is taken; using {port}.", flush=True)
        return listener
    sys.exit(f"No free port between {first} and {first + PORTS_TO_TRY - 1}. Name another one: make run PORT=9000")


def address_of(listener: socket.socket) -> str:
    return f"http://{HOST}:{listener.getsockname()[1]}"


if __name__ == "__main__":
    sys.exit(main())
