"""docker-compose.yml is valid, names processes that exist, and they run: here without an engine."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from scripts import processes, production, servers

ROOT = Path(__file__).resolve().parents[2]
# Of local installations and tests; production refuses most of them. VAR_DIR stays inside the image.
NOT_IN_CONTAINERS = {"DEMO", "DEBUG", "TEST_RUN", "FAST_PASSWORDS", "VAR_DIR"}
SECRETS = ("SECRET_KEY", "DIGEST_KEY", "FIELD_KEYS", "POSTGRES_PASSWORD", "REDIS_PASSWORD")


def compose(*arguments: str, **named: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("docker-compose")
    assert program, "docker-compose is one of the packages that make test installs"
    env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **named}
    # Another directory, so that a developer's own .env does not fill in what is to be missing.
    command = [program, "--project-directory", str(ROOT / "tests"), "-f", str(ROOT / "docker-compose.yml"), *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def filled_in() -> dict[str, str]:
    """.env.example with every secret given."""
    lines = (ROOT / ".env.example").read_text(encoding="utf8").splitlines()
    named = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert {name for name, value in named.items() if not value} == {
        *SECRETS, "EMAIL_URL", "CLAMD", "CONNECTORS", "FILES_URL",
    }  # fmt: skip
    return named | dict.fromkeys([*SECRETS, "EMAIL_URL"], "x")


def test_compose_is_valid_and_holds_the_five_roles() -> None:
    shown = compose("config", **filled_in())
    assert shown.returncode == 0, shown.stderr
    services = yaml.safe_load(shown.stdout)["services"]
    assert set(services) == {"db", "redis", "migrate", "web", "worker", "beat"}
    assert {name for name, service in services.items() if "healthcheck" not in service} == {"migrate"}
    assert services["web"]["environment"]["PORTAL_ENV"] == "production"


def test_every_setting_reaches_the_containers() -> None:
    """What settings.py reads is set by the file, handed on from .env, or one of the image's own."""
    settings = (ROOT / "portal" / "settings.py").read_text(encoding="utf8")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    service = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf8"))["services"]["web"]
    image = re.search(r"^ENV (PORTAL_ENV.*)$", (ROOT / "Dockerfile").read_text(encoding="utf8"), re.MULTILINE)
    of_the_image = set(re.findall(r"([A-Z_]+)=", image[1]))
    assert read - set(service["environment"]) - of_the_image == NOT_IN_CONTAINERS
    example = (ROOT / ".env.example").read_text(encoding="utf8")
    by_hand = {name for name in service["environment"] if name != "PORTAL_ENV"}
    assert {name for name in by_hand if not re.search(rf"^#? ?{name}=", example, re.MULTILINE)} == set()


@pytest.mark.parametrize("secret", [*SECRETS, "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "TRUSTED_PROXIES"])
def test_compose_refuses_a_missing_secret(secret: str) -> None:
    given = {name: value for name, value in filled_in().items() if name != secret}
    shown = compose("config", "--quiet", **given)
    assert shown.returncode != 0
    assert ".env.example" in shown.stderr


def test_every_command_and_health_check_is_a_process_of_the_portal() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf8"))["services"]
    named = [name for service in services.values() if "build" in service for name in service["command"]]
    checks = [s["healthcheck"]["test"][-1] for s in services.values() if "build" in s and "healthcheck" in s]
    assert named == ["migrate", "web", "worker", "beat"]
    assert checks == ["health", "worker-health", "beat-health"]
    for name in [*named, "worker-health"]:
        assert Path(processes.command(name)[0]).is_relative_to(ROOT / ".venv" / "bin")
    entry = next(
        line for line in (ROOT / "Dockerfile").read_text(encoding="utf8").splitlines() if line.startswith("ENTRYPOINT")
    )
    assert json.loads(entry.removeprefix("ENTRYPOINT ")) == ["python3", "-m", "scripts.processes"]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a production installation with servers of its own, migrated by its own entry command."""
    with servers.workplace() as place, servers.postgresql(place) as database, servers.redis(place) as broker:
        env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}
        env |= production.throwaway(database_url=database, redis_url=broker)
        env |= {
            "VAR_DIR": str(tmp_path_factory.mktemp("var")),
            "HOST": "127.0.0.1",
            "PORT": str(_free_port()),
            "WEB_WORKERS": "1",
        }
        migrated = _entry(env, "migrate")
        assert migrated.wait(timeout=120) == 0
        yield env


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _entry(env: dict[str, str], name: str) -> subprocess.Popen[bytes]:
    python = str(ROOT / ".venv" / "bin" / "python")
    return subprocess.Popen([python, "-m", "scripts.processes", name], cwd=ROOT, env=env, start_new_session=True)


def _until(holds: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.3)
    return False


def _ended(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(timeout=30)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.slow
def test_web_serves_and_its_health_check_tells(installation: dict[str, str]) -> None:
    assert _entry(installation, "health").wait(timeout=30) == 1  # nothing listens yet
    web = _entry(installation, "web")
    try:
        assert _until(lambda: _entry(installation, "health").wait(timeout=30) == 0)
        # Without the proxy's word that the line is safe, a page is only ever a redirect to https.
        request = urllib.request.Request(
            f"http://127.0.0.1:{installation['PORT']}/", headers={"Host": "portal.example"}
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
        with pytest.raises(urllib.error.HTTPError) as refused:
            opener.open(request, timeout=10)
        assert (refused.value.code, refused.value.headers["Location"]) == (301, "https://portal.example/")
    finally:
        assert _ended(web) == 0


@pytest.mark.slow
def test_worker_answers_its_health_check(installation: dict[str, str]) -> None:
    worker = _entry(installation, "worker")
    try:
        assert _until(lambda: _entry(installation, "worker-health").wait(timeout=60) == 0, seconds=90)
    finally:
        assert _ended(worker) == 0
    assert _entry(installation, "worker-health").wait(timeout=60) != 0


@pytest.mark.slow
def test_beat_writes_its_schedule(installation: dict[str, str]) -> None:
    assert _entry(installation, "beat-health").wait(timeout=30) == 1
    beat = _entry(installation, "beat")
    try:
        assert _until(lambda: _entry(installation, "beat-health").wait(timeout=30) == 0)
    finally:
        assert _ended(beat) == 0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:  # type: ignore[override]
        return None
