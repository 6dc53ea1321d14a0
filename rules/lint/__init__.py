"""What packs may not say, with file and node: everything the loader cannot see from one node alone.

Reading and compiling refuse what is unknown, said twice or cannot be read; see docs/rules.md for the whole list.
"""

from collections.abc import Iterator

from rules import catalog, load
from rules.catalog import Entry
from rules.lint import clauses, full_time, only_way
from rules.lint.problems import Problem
from rules.load import PackError
from rules.model import Policy

__all__ = ["Problem", "every", "of_policy"]


def every() -> list[Problem]:
    """All there is to say of the packs and layers in the catalogue, in the order of files."""
    found: list[Problem] = []
    policies: list[Policy] = []
    for policy_id in catalog.ids():
        try:
            entry = catalog.get(policy_id)
        except PackError as error:
            found.append(Problem(error.file, error.place, error.message))
            continue
        policies.append(entry.policy)
        found += of_policy(entry)
    return sorted({*found, *_of_layers(policies)})


def of_policy(entry: Entry) -> list[Problem]:
    """What is to be said of one policy that loads; it need not be in the catalogue."""
    file, policy = f"{entry.id}.yaml", entry.policy
    return [
        *clauses.policy_problems(policy, file),
        *only_way.problems(policy, file),
        *full_time.problems(policy, file),
    ]


def _of_layers(policies: list[Policy]) -> Iterator[Problem]:
    for path in sorted(catalog.LAYERS.glob("*.yaml")):
        file = f"layers/{path.name}"
        try:
            layer = load.load_layer(path)
        except PackError as error:
            yield Problem(file, error.place, error.message)
            continue
        if layer.id != path.stem:
            yield Problem(file, "id", f"{layer.id!r} is not the file's name")
        yield from clauses.layer_problems(layer, file, [policy for policy in policies if policy.layer == path.stem])
        yield from full_time.problems(layer, file)
