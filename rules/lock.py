"""`policies.lock`: the content of every policy in use, by the hash that rounds pin (the policy with its layer).

A line is added when a policy is released and never changed: rounds and findings rest on what it says. A correction is a
new version in a new file. Only a line that was never released is taken out by hand and written anew.
"""

import re
from pathlib import Path
from typing import Final

from rules import catalog
from rules.load import PackError

NAME: Final = "policies.lock"
_LINE: Final = re.compile(r"(?P<id>\S+) (?P<sha256>[0-9a-f]{64})")
_HEAD: Final = """\
# Every policy in use and the hash of its content, layer included. `manage.py rules lint --lock` adds a policy that
# is not here yet; a line that stands is never changed. A correction is a new version in a new file: docs/rules.md.
"""


def path() -> Path:
    return catalog.POLICIES / NAME


def read() -> dict[str, str]:
    """Hash by policy id. Raises PackError for a line that cannot be read; an absent file locks nothing."""
    if not path().exists():
        return {}
    locked: dict[str, str] = {}
    for number, line in enumerate(path().read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        found = _LINE.fullmatch(line)
        if found is None or found["id"] in locked:
            raise PackError(NAME, f"line {number}", "is not a policy id and its hash, once each")
        locked[found["id"]] = found["sha256"]
    return locked


def faults(content: dict[str, str]) -> list[tuple[str, str]]:
    """What is wrong between the lock and the policies in hand (`content`: hash by id), as policy id and reason."""
    locked = read()
    changed = [name for name, hash_ in content.items() if locked.get(name, hash_) != hash_]
    return [
        *((name, "has changed since it was locked; a correction is a new version in a new file") for name in changed),
        *((name, "is not locked: `manage.py rules lint --lock` adds it") for name in content if name not in locked),
        *((name, "is locked, and its file is gone") for name in locked if name not in content),
    ]


def add(content: dict[str, str]) -> list[str]:
    """Lock what is not locked yet, and nothing else; the ids added."""
    locked = read()
    added = sorted(content.keys() - locked.keys())
    lines = (f"{name} {hash_}\n" for name, hash_ in sorted({**content, **locked}.items()))
    path().write_text(_HEAD + "".join(lines), encoding="utf-8")
    return added
