"""Missing Debian packages: told with reasons, never asked for with a question."""

import shlex
import subprocess
from pathlib import Path

import pytest

from scripts import system_packages
from scripts.system_packages import CannotInstallError, Package

INSTALLER = Path(system_packages.__file__).parent / "apt_install.sh"


def test_who_may_not_install_is_given_the_line_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "apt-get").write_text("#!/bin/sh\n", encoding="ascii")
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))  # apt-get, but no sudo
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(CannotInstallError) as stopped:
        system_packages.install([Package("libone", "first"), Package("two-dev", "second")])
    line = next(line for line in str(stopped.value).splitlines() if line.lstrip().startswith("su "))
    become, option, typed = shlex.split(line)
    assert (become, option) == ("su", "-c")
    assert shlex.split(typed) == ["sh", str(INSTALLER), "libone", "two-dev"]


def test_a_sudo_that_would_ask_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, code in (("apt-get", "exit 0"), ("sudo", '[ "$1" = -n ] && exit 1; read answer')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{code}\n", encoding="ascii")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(CannotInstallError, match=r"sudo sh .*apt_install\.sh libone"):
        system_packages.install([Package("libone", "first")])


def test_only_what_is_missing_is_installed() -> None:
    assert system_packages.missing(development=True) == []


def test_every_package_has_its_reason() -> None:
    packages = [system_packages.VENV, *system_packages.RUNTIME, *system_packages.DEVELOPMENT]
    assert [package.name for package in packages if len(package.reason.split()) < 3] == []
    assert "libharfbuzz-subset0" in {package.name for package in system_packages.RUNTIME}


@pytest.mark.parametrize("script", ["apt_install.sh", "test_bare.sh", "test_bare_inside.sh"])
def test_shell_scripts_parse(script: str) -> None:
    assert subprocess.run(["sh", "-n", str(INSTALLER.parent / script)], check=False).returncode == 0
