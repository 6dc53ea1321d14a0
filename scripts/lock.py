"""`make lock`: writes the locks anew from requirements/*.in and package.json, then checks them for every target.

The locks carry hashes and no addresses: whichever index pip and npm are set to serves them. uv does the resolving;
it is taken from PATH or put into var/lock-tools.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts import frontend
from scripts.install import PYTHON, REQUIREMENTS, ROOT, install, var_directory

UV_VERSION = "0.13.8"
OLDEST_PYTHON = "3.11"
PYTHONS = ("3.11", "3.12", "3.13")
MACHINES = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28")
COMPILE = (
    "--universal",
    "--python-version",
    OLDEST_PYTHON,
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
)


def main() -> int:
    uv = _uv()
    for name, constraints in (
        ("runtime", []),
        ("dev", ["--constraint", "requirements/runtime.txt"]),
        ("openfisca", []),
    ):
        source, lock = f"requirements/{name}.in", f"requirements/{name}.txt"
        upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
        subprocess.run(
            [uv, "pip", "compile", *COMPILE, *upgrade, source, *constraints, "--output-file", lock],
            cwd=ROOT,
            check=True,
        )
    install(development=True, database=False)
    frontend.npm(ROOT, PYTHON, "install", "--package-lock-only", "--ignore-scripts")
    frontend.strip_addresses(ROOT / "package-lock.json")
    lacking = [target for target in ((m, p) for m in MACHINES for p in PYTHONS) if not has_wheels(uv, *target)]
    for machine, python in lacking:
        print(f"No wheel for some package on {machine} with Python {python}; see above.", file=sys.stderr)
    return int(bool(lacking))


def has_wheels(uv: str, machine: str, python: str) -> bool:
    """Whether every package of the locks has a wheel for this machine and Python; nothing is installed."""
    with tempfile.TemporaryDirectory() as nowhere:
        target = ["--python-platform", machine, "--python-version", python, "--target", nowhere]
        strict = ["--dry-run", "--quiet", "--only-binary", ":all:", "--require-hashes"]
        lock = str(REQUIREMENTS / "dev.txt")
        return (
            subprocess.run([uv, "pip", "install", *strict, *target, "-r", lock], cwd=ROOT, check=False).returncode == 0
        )


def _uv() -> str:
    if found := shutil.which("uv"):
        return found
    tools = var_directory(os.environ) / "lock-tools"
    if not (tools / "bin" / "uv").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", tools], check=True)
        subprocess.run([tools / "bin" / "python", "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}"], check=True)
    return str(Path(tools / "bin" / "uv"))


if __name__ == "__main__":
    sys.exit(main())
