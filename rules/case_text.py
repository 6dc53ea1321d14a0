"""The YAML of a case file: only null, true, false and numbers are anything but text.

A day is text here, as it is in a dossier. Aliases and merges are welcome, a key given twice is not.
"""

from pathlib import Path
from typing import Any, Final

from rules import load

_CaseLoader: Final = load.loader_of(
    (*load.PLAIN, ("float", r"^-?[0-9]+\.[0-9]+$", "-0123456789"), ("merge", r"^<<$", "<"))
)


def parse(path: Path, name: str) -> Any:
    """What a file says. Raises PackError with `name` and the place."""
    return load.document(load.text_of(path, name), name, _CaseLoader)
