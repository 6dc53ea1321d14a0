"""The locks carry hashes and no addresses, and every dependency says why it is there."""

import json
import re
from pathlib import Path

import pytest

from scripts import frontend

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [ROOT / "requirements" / "runtime.txt", ROOT / "requirements" / "dev.txt"]
PINNED = re.compile(r"^([a-z0-9-]+(?:\[[a-z0-9,-]+\])?)==(\S+)")


def pins(lock: Path) -> dict[str, str]:
    return {m[1]: m[2] for line in lock.read_text(encoding="utf8").splitlines() if (m := PINNED.match(line))}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(lock: Path) -> None:
    statements = re.sub(r"\\\n", " ", lock.read_text(encoding="utf8")).splitlines()
    requirements = [line for line in statements if line.strip() and not line.lstrip().startswith("#")]
    unhashed = [line[:60] for line in requirements if not (PINNED.match(line) and "--hash=sha256:" in line)]
    assert unhashed == []
    assert len(requirements) == len(pins(lock)) > 0


@pytest.mark.parametrize("lock", [*LOCKS, ROOT / "package-lock.json", ROOT / ".npmrc"], ids=lambda path: path.name)
def test_no_lock_names_an_address(lock: Path) -> None:
    assert re.findall(r"\S*(?:://|--index|--find-links|--extra-index)\S*", lock.read_text(encoding="utf8")) == []


def test_tests_run_on_the_versions_that_are_installed() -> None:
    runtime, development = map(pins, LOCKS)
    assert {name: development.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("name", ["runtime.in", "dev.in"])
def test_every_dependency_has_its_reason(name: str) -> None:
    lines = (ROOT / "requirements" / name).read_text(encoding="utf8").splitlines()
    asked_for = [line for line in lines if line and not line.startswith(("#", "-r"))]
    assert [line for line in asked_for if not re.search(r"\S\s+# \w+", line)] == []


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_dependency_stands_in_its_lock(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf8").splitlines()
    asked_for = {
        re.split(r"[\s\[<>=!~;]", line)[0].lower() for line in lines if line and not line.startswith(("#", "-r"))
    }
    pinned = {pin.partition("[")[0] for pin in pins(ROOT / "requirements" / f"{name}.txt")}
    assert len(asked_for) > 3
    assert sorted(asked_for - pinned) == []


def test_front_end_lock_has_a_hash_for_every_package() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf8"))["packages"]
    assert [
        name for name, package in packages.items() if name and not package.get("integrity", "").startswith("sha512-")
    ] == []
    manifest = json.loads((ROOT / "package.json").read_text(encoding="utf8"))
    asked_for = manifest["dependencies"] | manifest["devDependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked_for} == asked_for


def test_every_front_end_library_has_its_reason_and_is_served() -> None:
    manifest = json.loads((ROOT / "package.json").read_text(encoding="utf8"))
    asked_for = set(manifest["dependencies"] | manifest["devDependencies"])
    assert {name for name, reason in frontend.REASONS.items() if len(reason.split()) > 2} == asked_for
    assert {file.split("/")[0] for files in frontend.COPIED.values() for file in files} == asked_for


def test_npm_is_told_to_keep_addresses_out() -> None:
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text(encoding="utf8").splitlines()
