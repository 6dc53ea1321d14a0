"""An installation as `make run` starts it, with the demo, and Chromium."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.walker import ROOT, Gallery
from tests.processes.installation import Installation

# As root in a container Chromium has no sandbox and little shared memory; the rest keeps it from calling home.
SWITCHES = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def portal(tmp_path_factory) -> Iterator[Installation]:
    """Web and worker on SQLite, the demo loaded."""
    with installed(tmp_path_factory.mktemp("journey")) as installation:
        yield installation


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Ended with the module: while Playwright runs, Django refuses the database to this thread.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def gallery(request: pytest.FixtureRequest) -> Gallery:
    """Pictures of test_journey go to var/journey, and so for every module; made anew."""
    folder = ROOT / "var" / request.path.stem.removeprefix("test_")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return Gallery(folder)


@contextmanager
def installed(place: Path) -> Iterator[Installation]:
    """An installation of its own with the demo, for a test that leaves it as no other expects it."""
    (place / "fonts").symlink_to(ROOT / "var" / "fonts")
    installation = Installation(place)
    for command in (["migrate", "--verbosity=0"], ["load_demo"]):
        manage(installation, *command)
    with installation:
        yield installation


def executable() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.fail("Chromium is not installed; `make test` installs it.")


def manage(installation: Installation, *command: str) -> str:
    """What a management command of that installation prints; it must end well."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env=installation.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout
