"""The Debian packages that the portal needs, each with its reason, and how they get installed."""

import importlib.util
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

INSTALLER = Path(__file__).resolve().parent / "apt_install.sh"
# What apt may need to reach its servers and sudo would otherwise drop.
PROXY_VARIABLES = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


class CannotInstallError(RuntimeError):
    """Packages are missing and this user may not install them; the message holds the line to type."""


@dataclass(frozen=True, slots=True)
class Package:
    """`command` found on PATH, or a match of `glob`, counts as installed, however it came there."""

    name: str
    reason: str
    command: str = ""
    glob: str = ""


RUNTIME = (
    Package("libpango-1.0-0", "lays out the text of PDFs (WeasyPrint)"),
    Package("libpangoft2-1.0-0", "lays out the text of PDFs (WeasyPrint)"),
    Package("libharfbuzz-subset0", "embeds fonts into PDFs; without it a certificate takes 7 s instead of 0.1 s"),
    Package("fonts-noto-cjk", "Song and Hei faces that the portal's own fonts are cut from"),
    Package("ca-certificates", "lets pip and npm check whom they download from"),
)
VENV = Package("python3-venv", "makes the environment .venv")
DEVELOPMENT = (
    Package("postgresql", "the database the tests run on", glob="/usr/lib/postgresql/*/bin/initdb"),
    Package("redis-server", "broker and cache the tests run on", command="redis-server"),
    Package("chromium", "the browser of the browser tests", command="chromium"),
    Package("poppler-utils", "reads PDFs back with other eyes than those that wrote them", command="pdftotext"),
    Package(
        "clamav-daemon", "looks for viruses in the tests of uploads, with a signature of ours", glob="/usr/sbin/clamd"
    ),
    Package("docker-compose", "validates docker-compose.yml; no engine is run", command="docker-compose"),
)


def missing(*, development: bool) -> list[Package]:
    """The packages that are to be installed: of the runtime, and with `development` of the tests too."""
    wanted = [*RUNTIME, *(DEVELOPMENT if development else ())]
    if not (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv")):
        wanted.insert(0, VENV)
    if shutil.which("dpkg-query") is None:
        return [package for package in wanted if not _found(package)]
    installed = _installed([package.name for package in wanted])
    return [package for package in wanted if package.name not in installed and not _found(package)]


def install(packages: list[Package]) -> None:
    """Installs the packages without a question; raises CannotInstallError where this user cannot."""
    names = [package.name for package in packages]
    if shutil.which("apt-get") is None:
        raise CannotInstallError(
            "This is no Debian and apt-get is missing. Install what these Debian packages hold by your own means: "
            + " ".join(names)
        )
    command = ["sh", str(INSTALLER), *names]
    if os.geteuid() != 0:
        if not _sudo_works():
            raise CannotInstallError(
                f"System packages are missing. Type this line, then start again:\n\n    {_as_root(command)}\n"
            )
        proxies = [f"{name}={os.environ[name]}" for name in PROXY_VARIABLES if name in os.environ]
        command = ["sudo", "-n", "env", *proxies, *command]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    importlib.invalidate_caches()


def _installed(names: list[str]) -> set[str]:
    listed = subprocess.run(
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *names], capture_output=True, text=True, check=False
    )
    pairs = (line.split() for line in listed.stdout.splitlines())
    return {pair[0] for pair in pairs if pair[1:] == ["installed"]}


def _found(package: Package) -> bool:
    return bool(package.command and shutil.which(package.command)) or bool(
        package.glob and any(Path("/").glob(package.glob.lstrip("/")))
    )


def _as_root(command: list[str]) -> str:
    """The line a person types to run a command as root: by sudo, or with root's password where there is no sudo."""
    line = shlex.join(command)
    return f"sudo {line}" if shutil.which("sudo") else f"su -c {shlex.quote(line)}"


def _sudo_works() -> bool:
    if shutil.which("sudo") is None:
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
