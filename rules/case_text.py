"""The YAML of a case file: only null, true, false and numbers are anything but text.

Aliases and merges are welcome, a key given twice is not.
"""

import re
from pathlib import Path
from typing import Any

import yaml

from rules import refusals
from rules.load import PackError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = (
    ("null", r"^null$", "n"),
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?[0-9]+\.[0-9]+$", "-0123456789"),
    ("merge", r"^<<$", "<"),
)


class _CaseLoader(_Base):  # type: ignore[misc]
    """A day is text here, as it is in a dossier."""


_CaseLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in _PLAIN:
    _CaseLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def parse(path: Path, name: str) -> Any:
    """What a file says. Raises PackError with `name` and the place."""
    loader = _CaseLoader(path.read_text(encoding="utf-8"))
    try:
        root = loader.get_single_node()
        if root is None:
            raise PackError(name, "", "is empty")
        _refuse_doubles(root, name, "")
        return loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise PackError(name, place, error.problem or "cannot be parsed") from None
    finally:
        loader.dispose()


def _refuse_doubles(node: yaml.Node, name: str, at: str) -> None:
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            place = refusals.join(at, str(key.value))
            if key.value in keys:
                raise PackError(name, place, "key given twice")
            keys.add(key.value)
            _refuse_doubles(value, name, place)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _refuse_doubles(item, name, f"{at}[{index}]")
