"""Change every leaf of every pack, one at a time, and say which changes no hand-written case notices."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from tests.rules.equivalent import EQUIVALENT
from tests.rules.mutants import files, mutants
from tests.rules.mutate import survives

LEAST = 95


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants of these policies and layers, or of all. 1 where too few are caught, or a list is out of date."""
    asked = _asked(arguments)
    caught: Counter[str] = Counter()
    total: Counter[str] = Counter()
    stale = {name for name in EQUIVALENT if not asked or name.split()[0] in asked}
    for file in asked or files():
        for mutant in mutants(file):
            survived = survives(mutant)
            if mutant.name in EQUIVALENT:
                stale -= {mutant.name} if survived else set()
                continue
            total[file] += 1
            caught[file] += not survived
            if survived:
                print(f"survives: {mutant.name}", flush=True)
        print(_share(file, caught[file], total[file]), flush=True)
    _tell_equivalent(asked, stale)
    print(f"{_share('all', caught.total(), total.total())}; {LEAST} % are asked")
    return int(bool(stale) or 100 * caught.total() < LEAST * total.total())


def _asked(arguments: Sequence[str] | None) -> list[str]:
    parser = argparse.ArgumentParser(prog="python -m scripts.mutate_rules", description=__doc__)
    parser.add_argument("asked", nargs="*", metavar="pack", help=f"of {', '.join(files())}; all where none is named")
    asked: list[str] = parser.parse_args(arguments).asked
    if unknown := sorted(set(asked) - set(files())):
        parser.error(f"no such pack: {', '.join(unknown)}")
    return asked


def _share(name: str, caught: int, total: int) -> str:
    return f"{name}: {caught} of {total} caught ({100 * caught / max(total, 1):.1f} %)"


def _tell_equivalent(asked: list[str], stale: set[str]) -> None:
    for name, reason in EQUIVALENT.items():
        if name in stale:
            print(f"listed as equivalent, and noticed or no mutant: {name}")
        elif not asked or name.split()[0] in asked:
            print(f"equivalent: {name}: {reason}")


if __name__ == "__main__":
    sys.exit(main())
