"""Running a child with limits over one file, and reading its answer."""

import errno
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from portal.outside_transactions import outside_transactions

HERE = Path(__file__).parent
# The child's own limits end it far sooner; this is for one that sleeps.
PATIENCE_SECONDS = 20


def inspect_pdf(path: Path) -> dict[str, object]:
    """{"pages": n} or {"refusal": code} for a PDF on disk."""
    return _ask("pdf_child.py", str(path))


def reencode_picture(path: Path, output: Path, max_pixels: int) -> dict[str, object]:
    """{"width": w, "height": h} with `output` written, or {"refusal": code}, for a picture on disk."""
    return _ask("picture_child.py", str(path), str(output), str(max_pixels))


def draw_page(path: Path, output: Path, number: int) -> dict[str, object]:
    """{"width": w, "height": h} with `output` written as JPEG, or {"refusal": code}, for a page of a PDF on disk."""
    return _ask("page_child.py", str(path), str(output), str(number))


def draw_thumbnail(path: Path, output: Path) -> dict[str, object]:
    """{"width": w, "height": h} with `output` written as a small JPEG, or {"refusal": code}, for a file on disk."""
    return _ask("thumbnail_child.py", str(path), str(output))


def shrink_picture(path: Path, output: Path, most: int) -> dict[str, object]:
    """{"size": bytes} with `output` written as a JPEG of `most` bytes at most, or {"refusal": code}."""
    return _ask("shrink_child.py", str(path), str(output), str(most))


def join_pictures(output: Path, paths: Sequence[Path]) -> dict[str, object]:
    """{"pages": n} with `output` written as a PDF of these JPEGs in their order, or {"refusal": code}."""
    return _ask("join_child.py", str(output), *map(str, paths))


def cut_portrait(
    path: Path, output: Path, *, max_pixels: int, least: tuple[int, int], zoom: float, across: float, down: float
) -> dict[str, object]:
    """{"width": w, "height": h} with `output` written, or {"refusal": code}, for the frame in a JPEG on disk."""
    figures = (max_pixels, *least, zoom, across, down)
    return _ask("portrait_child.py", str(path), str(output), *map(str, figures))


def read_workbook(path: Path) -> dict[str, object]:
    """{"sheets": […]} or {"refusal": code} for an .xlsx on disk; the child tells what a row looks like."""
    return _ask("workbook_child.py", str(path))


@outside_transactions
def _ask(script: str, *arguments: str) -> dict[str, object]:
    """The child's answer; a child that was ended by a limit or broke down answers {"refusal": "too_heavy"}.

    Raises:
        OSError: it could not put down what it writes, which says nothing of the file.
    """
    with tempfile.TemporaryDirectory(prefix="portal-check-") as folder:
        try:
            done = subprocess.run(  # noqa: S603  our own script, arguments are paths we made
                [sys.executable, "-I", str(HERE / script), *arguments],
                cwd=folder, env={"LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL, capture_output=True,
                timeout=PATIENCE_SECONDS, check=False,
            )  # fmt: skip
            answer = json.loads(done.stdout) if done.returncode == 0 else {}
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            answer = {}
    if answer.get("refusal") == "no_room":
        raise OSError(errno.ENOSPC, f"{script} could not put down what it writes")
    return answer or {"refusal": "too_heavy"}
