"""Strict YAML into a policy. What YAML would read in a way nobody means is refused, with file and place."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

import msgspec
import yaml

from rules import readers, refusals
from rules.floor import Floor
from rules.model import Layer, Policy
from rules.notice import Notice

PackPart = TypeVar("PackPart", Policy, Layer, Floor, Notice)
readers.prepare(Policy, Layer, Floor, Notice)

Refusals = Iterator[tuple[str, str]]
Refuse = Callable[[yaml.ScalarNode], str]  # why a plain value is refused; empty where it is not
_Quickest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEYS: Final = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"})
PLAIN: Final = (
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
    return _parsed(text_of(path, path.name), path.name)


@lru_cache(maxsize=64)
def _parsed(text: str, file: str) -> Any:
    """What a text says, read once; nobody changes it. Raises PackError."""
    return document(text, file, _StrictLoader, _refuse_trap)


def text_of(path: Path, file: str) -> str:
    """What stands in a file that refusals call `file`. Raises PackError."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeError:
        raise PackError(file, "", "not UTF-8 text") from None


def loader_of(plain: Iterable[tuple[str, str, str]]) -> Any:
    """A loader to which all is text but `plain`: tags, each with its pattern and the characters it begins with."""

    class Loader(_Quickest):  # type: ignore[misc]
        yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    for tag, pattern, first in plain:
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))
    return Loader


_StrictLoader: Final = loader_of(PLAIN)


def document(text: str, file: str, loader_type: Any, refuse: Refuse | None = None) -> Any:
    """What a text says. Tags and keys given twice are refused; with `refuse` aliases are too, and what it refuses.

    Raises PackError.
    """
    loader = loader_type(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise PackError(file, "", "is empty")
        for place, message in _refused(root, loader, "", set(), refuse):
            raise PackError(file, place, message)
        return loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise PackError(file, place, error.problem or "cannot be parsed") from None
    except yaml.YAMLError as error:  # a character that YAML does not allow, found before there is a line to name
        raise PackError(file, "", str(error).partition("\n")[0]) from None
    finally:
        loader.dispose()


def _refused(node: yaml.Node, loader: Any, at: str, seen: set[int], refuse: Refuse | None) -> Refusals:
    """What is wrong in a node and under it, each with its place."""
    if id(node) in seen:
        if refuse is not None:
            yield at, "an alias: say it again, or give it a clause to refer to"
        return
    seen.add(id(node))
    if node.tag != _untagged(node, loader):
        yield at, "a tag: everything is read as it is written; leave it out"
    elif isinstance(node, yaml.MappingNode):
        yield from _refused_keys(node, at)
        for key, value in node.value:
            yield from _refused(value, loader, refusals.join(at, _said(key)), seen, refuse)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _refused(item, loader, f"{at}[{index}]", seen, refuse)
    elif isinstance(node, yaml.ScalarNode) and refuse is not None and (message := refuse(node)):
        yield at, message


def _refused_keys(node: yaml.MappingNode, at: str) -> Refusals:
    keys: set[str] = set()
    for key, _ in node.value:
        place = refusals.join(at, _said(key))
        if not isinstance(key, yaml.ScalarNode) or key.tag not in _KEYS:
            yield place, "a key must be text; quote it"
        elif key.value in keys:
            yield place, "key given twice"
        else:
            keys.add(key.value)


def _said(key: yaml.Node) -> str:
    """A key in a place; `?`, as YAML writes it, for one that is a list or a mapping."""
    return str(key.value) if isinstance(key, yaml.ScalarNode) else "?"


def _untagged(node: yaml.Node, loader: Any) -> str:
    """The tag that a node has without one of its own."""
    if isinstance(node, yaml.ScalarNode):
        return str(loader.resolve(yaml.ScalarNode, node.value, (not node.style, bool(node.style))))
    return str(loader.resolve(type(node), None, True))


def _refuse_trap(node: yaml.ScalarNode) -> str:
    if node.style or not _is_trap(node):
        return ""
    return f"{node.value} reads differently to different YAML parsers; quote it"


def _is_trap(node: yaml.ScalarNode) -> bool:
    """Plain text that YAML 1.1 would turn into something else: no, 010, 12:30, 2022-11-01, an empty value."""
    usual = yaml.SafeLoader.yaml_implicit_resolvers
    resolvers = [*usual.get(node.value[:1], []), *usual.get(None, [])]
    meant = next((tag for tag, pattern in resolvers if pattern.match(node.value)), "tag:yaml.org,2002:str")
    return bool(meant != node.tag)
