"""What packs may not say, with file and node: everything the loader cannot see from one node alone.

Reading and compiling refuse what is unknown, said twice or cannot be read; see docs/rules.md for the whole list.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from rules import catalog, load, lock
from rules.catalog import Entry
from rules.floor import Floor
from rules.lint import citations, clauses, full_time, only_way, tiers, versions
from rules.lint.problems import Problem
from rules.load import PackError
from rules.model import Layer, Policy

Shared = TypeVar("Shared", Layer, Floor)

__all__ = ["Problem", "every", "of_draft", "of_policy"]


def every() -> list[Problem]:
    """All there is to say of the packs, layers and floors in the catalogue, in the order of files."""
    found: list[Problem] = []
    policies: list[Policy] = []
    content: dict[str, str] = {}
    for policy_id in catalog.ids():
        try:
            entry = catalog.get(policy_id)
        except PackError as error:
            found.append(Problem(error.file, error.place, error.message))
            continue
        policies.append(entry.policy)
        content[policy_id] = entry.sha256
        found += of_policy(entry)
    of_all = (_of_layers(policies), _of_floors(policies), versions.problems(policies), _of_lock(content))
    return sorted({*found, *(problem for said in of_all for problem in said)})


def of_draft(path: Path) -> list[Problem]:
    """All there is to say of a pack file outside the catalogue, which it joins in thought. Raises OSError."""
    try:
        entry = Entry.read(path)
    except PackError as error:
        return [Problem(error.file, error.place, error.message)]
    among = [entry.policy, *(policy for policy in _loaded() if policy.id != entry.id)]
    joined = (problem for problem in versions.problems(among) if problem.file == path.name)
    return sorted({*of_policy(entry), *joined})


def _loaded() -> Iterator[Policy]:
    for policy_id in catalog.ids():
        with suppress(PackError):  # what is broken is told by every()
            yield catalog.get(policy_id).policy


def of_policy(entry: Entry) -> list[Problem]:
    """What is to be said of one policy that loads; it need not be in the catalogue."""
    file, policy = f"{entry.id}.yaml", entry.policy
    found = [
        *clauses.policy_problems(policy, file),
        *only_way.problems(policy, file),
        *full_time.problems(policy, file),
    ]
    found += _of_citations(policy, file, entry.layer)
    try:
        return [*found, *tiers.problems(policy, file, _above(policy))]
    except PackError as error:
        return [*found, Problem(file, "above", str(error))]


def _of_citations(part: Policy | Layer | Floor, file: str, layer: Layer | None = None) -> list[Problem]:
    try:
        return list(citations.problems(part, file, layer))
    except PackError as error:
        return [Problem(f"{catalog.NOTICES.name}/{error.file}", error.place, error.message)]


def _above(policy: Policy) -> Policy | Floor | None:
    """Raises PackError where what is named above is not there, or broken."""
    if policy.above is None:
        return None
    if policy.above in catalog.ids():
        return catalog.get(policy.above).policy
    path = catalog.FLOORS / f"{policy.above}.yaml"
    if not path.exists():
        raise PackError(path.name, "", "there is neither such a policy nor such a floor")
    return load.load_floor(path)


def _of_lock(content: dict[str, str]) -> Iterator[Problem]:
    try:
        yield from (Problem(lock.NAME, name, message) for name, message in lock.faults(content))
    except PackError as error:
        yield Problem(error.file, error.place, error.message)


def _of_layers(policies: list[Policy]) -> Iterator[Problem]:
    for file, layer in _read(catalog.LAYERS, load.load_layer):
        if isinstance(layer, Problem):
            yield layer
            continue
        yield from clauses.layer_problems(layer, file, [policy for policy in policies if policy.layer == layer.id])
        yield from full_time.problems(layer, file)
        yield from _of_citations(layer, file)


def _of_floors(policies: list[Policy]) -> Iterator[Problem]:
    for file, floor in _read(catalog.FLOORS, load.load_floor):
        if isinstance(floor, Problem):
            yield floor
        else:
            yield from clauses.floor_problems(floor, file, [policy for policy in policies if policy.above == floor.id])
            yield from _of_citations(floor, file)


def _read(folder: Path, read: Callable[[Path], Shared]) -> Iterator[tuple[str, Shared | Problem]]:
    """Every file of a folder that policies share, with what it says or why it cannot be used."""
    for path in sorted(folder.glob("*.yaml")):
        file = f"{folder.name}/{path.name}"
        try:
            part = read(path)
        except PackError as error:
            yield file, Problem(file, error.place, error.message)
            continue
        yield file, part if part.id == path.stem else Problem(file, "id", f"{part.id!r} is not the file's name")
