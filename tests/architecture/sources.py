"""The tree's own Python files, for the tests that read source."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("portal", "rules", "applications", "review", "certificates")


def python_files(*folders: str) -> list[Path]:
    """Tracked and untracked Python files below the folders (all of the tree without any), ignored ones left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    paths = [ROOT / name for name in listed if not folders or name.split("/")[0] in folders]
    return [path for path in paths if path.is_file()]


def parsed(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in python_files(*folders):
        yield path, ast.parse(path.read_text(encoding="utf8"), filename=str(path))
