"""`make setup`: everything the portal needs on this machine, each part only where it is not there yet.

Runs on the system's bare Python (3.11 to 3.13) with nothing but its standard library. A part's stamp is written when
the part is finished, so a stop at any moment is mended by starting again.
"""

import argparse
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts import children, frontend, system_packages
from scripts.stamps import Stamps, key_of

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
SCRIPTS = ROOT / "scripts"
FONT_SOURCES = Path("/usr/share/fonts/opentype/noto")


class SetupError(RuntimeError):
    """The set-up cannot go on; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the set-up: what to tell, and what to do."""

    says: tuple[str, ...]
    does: Callable[[], None]


class Setup:
    """The set-up of this clone. `development`: with what the tests need; `database`: migrates it too."""

    def __init__(self, *, development: bool, database: bool, env: Mapping[str, str]) -> None:
        self.development, self.database, self.env = development, database, dict(env)
        self.var = var_directory(env)
        self.stamps = Stamps(ROOT / "var" / "stamps")  # they speak for this clone, wherever its data lies
        self.lock_descriptor = -1

    def run(self) -> None:
        """Brings up what is missing, saying first what that is.

        Raises SetupError, system_packages.CannotInstallError or subprocess.CalledProcessError.
        """
        if not (3, 11) <= sys.version_info[:2] <= (3, 13):
            raise SetupError(
                f"Python 3.11 to 3.13 is needed, this is {sys.version.split()[0]}. Name one: make PYTHON=python3.12"
            )
        self.stamps.directory.mkdir(parents=True, exist_ok=True)
        self.var.mkdir(parents=True, exist_ok=True)
        with self._alone():
            parts = list(self._missing_parts())
            if parts:
                print("Setup is about to")
                for sentence in (sentence for part in parts for sentence in part.says):
                    print(f"  - {sentence}", flush=True)
            for part in parts:
                started = time.monotonic()
                print(f"\n== {part.says[0]}", flush=True)
                part.does()
                print(f"   done in {time.monotonic() - started:.0f} s", flush=True)
            if self.database:
                self._migrate()
        print("Setup: everything is in place.", flush=True)

    def _missing_parts(self) -> Iterator[Part]:
        packages = system_packages.missing(development=self.development)
        if packages:
            reasons = tuple(f"    {package.name}: {package.reason}" for package in packages)
            yield Part(("install Debian packages", *reasons), lambda: system_packages.install(packages))
        lock = self._lock_file(development=self.development)
        environment_stands = self._environment_stands(development=self.development)
        if not environment_stands:
            what = f"install {_pinned(lock)} Python packages from {lock.name} into .venv (wheels only, hashes checked)"
            yield Part((what,), self._make_environment)
        if not (environment_stands and self.stamps.holds("frontend", self._frontend_key()) and frontend.is_there(ROOT)):
            yield Part(("fetch the front-end libraries of package-lock.json into static/vendor",), self._fetch_frontend)
        if not (self.stamps.holds("fonts", self._fonts_key()) and (self.var / "fonts" / "manifest.json").is_file()):
            yield Part(
                (f"build four Chinese fonts in {self.var / 'fonts'} (about a minute on two cores)",), self._build_fonts
            )
        if self.database and not (self.env.get("DATABASE_URL") or (self.var / "portal.sqlite3").is_file()):
            yield Part((f"make the database {self.var / 'portal.sqlite3'}",), self._migrate)

    def _make_environment(self) -> None:
        if VENV.is_symlink():
            raise SetupError(
                f".venv leads to {VENV.resolve()}, another clone's environment, which making it anew would empty. "
                "Remove the link, or set up there."
            )
        runtime_stands = self._environment_stands(development=False)
        # From here until the end the environment is neither one.
        self.stamps.remove("runtime", "development")
        if not runtime_stands:
            base: str = getattr(sys, "_base_executable", sys.executable)
            self._run([base, "-m", "venv", "--clear", VENV])
        lock = self._lock_file(development=self.development)
        pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"]
        self._run([*pip, "--progress-bar=off", "--require-hashes", "--only-binary=:all:", "-r", lock])
        self.stamps.write("runtime", self._environment_key(development=False))
        if self.development:
            self.stamps.write("development", self._environment_key(development=True))

    def _fetch_frontend(self) -> None:
        self.stamps.remove("frontend")
        frontend.fetch(ROOT, PYTHON, keep_open=[self.lock_descriptor])
        self.stamps.write("frontend", self._frontend_key())

    def _build_fonts(self) -> None:
        self._run([PYTHON, "-m", "scripts.build_fonts"])
        self.stamps.write("fonts", self._fonts_key())

    def _migrate(self) -> None:
        # Every time: a database restored from a backup may be older than the code, and asking costs a second.
        self._run([PYTHON, "manage.py", "migrate", "--noinput", "--verbosity=0"])

    def _run(self, command: list[str | Path]) -> None:
        children.run(command, cwd=ROOT, env=self.env, keep_open=[self.lock_descriptor])

    def _environment_stands(self, *, development: bool) -> bool:
        name = "development" if development else "runtime"
        return PYTHON.exists() and self.stamps.holds(name, self._environment_key(development=development))

    def _lock_file(self, *, development: bool) -> Path:
        return REQUIREMENTS / ("dev.txt" if development else "runtime.txt")

    def _environment_key(self, *, development: bool) -> str:
        return key_of([self._lock_file(development=development), sys.version, sys.base_prefix, str(VENV)])

    def _frontend_key(self) -> str:
        return key_of([ROOT / "package.json", ROOT / "package-lock.json", SCRIPTS / "frontend.py"])

    def _fonts_key(self) -> str:
        found = sorted(FONT_SOURCES.glob("Noto*CJK-*.ttc"))
        sources = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in found]
        return key_of(
            [
                SCRIPTS / "build_fonts.py",
                SCRIPTS / "font_characters.py",
                str(self.var),
                REQUIREMENTS / "runtime.txt",
                *sources,
            ]
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One set-up at a time; children hold the lock too, so that none still works when the next one begins."""
        with (ROOT / "var" / "setup.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Another set-up of this clone is at work; waiting for it.", flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
            self.lock_descriptor = lock.fileno()
            yield


def var_directory(env: Mapping[str, str]) -> Path:
    """Where everything made on this machine lies."""
    return Path(env.get("VAR_DIR") or ROOT / "var").resolve()


def install(*, development: bool = False, database: bool = True, env: Mapping[str, str] | None = None) -> None:
    """The set-up for callers that are programs: a failure ends them with its sentence and status 1."""
    try:
        Setup(development=development, database=database, env=os.environ if env is None else env).run()
    except (SetupError, system_packages.CannotInstallError) as error:
        sys.exit(f"\nSetup stopped: {error}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"\nSetup stopped: a step failed ({error}). Its own message stands above; mended, start again.")
    except KeyboardInterrupt:
        sys.exit("\nSetup stopped by you. Start again and it goes on where it was.")


def _pinned(lock: Path) -> int:
    return sum(
        "==" in line and not line.startswith((" ", "#")) for line in lock.read_text(encoding="utf8").splitlines()
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="make setup", description="Installs what the portal needs.")
    parser.add_argument("--development", action="store_true", help="with what the tests need")
    parser.add_argument("--no-database", dest="database", action="store_false", help="migrate nothing (images)")
    options = parser.parse_args()
    install(development=options.development, database=options.database)


if __name__ == "__main__":
    main()
