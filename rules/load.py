"""Strict YAML into a policy. What YAML would read in a way nobody means is refused, with file and place."""

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from rules import readers, refusals
from rules.floor import Floor
from rules.model import Layer, Policy
from rules.notice import Notice

PackPart = TypeVar("PackPart", Policy, Layer, Floor, Notice)
readers.prepare(Policy, Layer, Floor, Notice)

_PLAIN = (
    ("null", r"^null$", "n"),
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
)


class PackError(ValueError):
    """A pack that cannot be used: `file`, `place` (a path of keys, or line and column) and what is wrong."""

    def __init__(self, file: str, place: str, message: str) -> None:
        self.file = file
        self.place = place
        self.message = message
        super().__init__(f"{file}: {place}: {message}" if place else f"{file}: {message}")


_Quickest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Quickest):  # type: ignore[misc]
    """Only null, true, false and plain decimal integers are anything but text."""


_StrictLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in _PLAIN:
    _StrictLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def load_policy(path: Path) -> Policy:
    """Read one policy file. Raises PackError."""
    return _load(path, Policy)


def load_layer(path: Path) -> Layer:
    """Read one shared layer. Raises PackError."""
    return _load(path, Layer)


def load_floor(path: Path) -> Floor:
    """Read what stands above the policies that name it. Raises PackError."""
    return _load(path, Floor)


def load_notice(path: Path) -> Notice:
    """Read the list of a notice's clauses. Raises PackError."""
    return _load(path, Notice)


def sha256(*paths: Path) -> str:
    """Hash of what the files say: comments and layout do not count, the order of the files does."""
    content = json.dumps([_parse(path) for path in paths], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _load(path: Path, type_: type[PackPart]) -> PackPart:
    data = _parse(path)
    try:
        return msgspec.convert(data, type_)
    except msgspec.ValidationError as error:
        raise PackError(path.name, *refusals.explain(error, type_, data)) from None


def _parse(path: Path) -> Any:
    try:
        return _parsed(path.read_text(encoding="utf-8"), path.name)
    except UnicodeError:
        raise PackError(path.name, "", "not UTF-8 text") from None


@lru_cache(maxsize=64)
def _parsed(text: str, file: str) -> Any:
    """What a text says, read once; nobody changes it. Raises PackError."""
    loader = _StrictLoader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise PackError(file, "", "is empty")
        _refuse_traps(root, file, "", set())
        return loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise PackError(file, place, error.problem or "cannot be parsed") from None
    finally:
        loader.dispose()


def _refuse_traps(node: yaml.Node, file: str, at: str, seen: set[int]) -> None:
    if id(node) in seen:
        raise PackError(file, at, "an alias: say it again, or give it a clause to refer to")
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            place = refusals.join(at, str(key.value))
            if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
                raise PackError(file, place, "a key must be text; quote it")
            if key.value in keys:
                raise PackError(file, place, "key given twice")
            keys.add(key.value)
            _refuse_traps(value, file, place, seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _refuse_traps(item, file, f"{at}[{index}]", seen)
    elif isinstance(node, yaml.ScalarNode) and not node.style and _is_trap(node):
        raise PackError(file, at, f"{node.value} reads differently to different YAML parsers; quote it")


def _is_trap(node: yaml.ScalarNode) -> bool:
    """Plain text that YAML 1.1 would turn into something else: no, 010, 12:30, 2022-11-01, an empty value."""
    usual = yaml.SafeLoader.yaml_implicit_resolvers
    resolvers = [*usual.get(node.value[:1], []), *usual.get(None, [])]
    meant = next((tag for tag, pattern in resolvers if pattern.match(node.value)), "tag:yaml.org,2002:str")
    return bool(meant != node.tag)
