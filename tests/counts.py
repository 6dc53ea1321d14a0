"""How often a counted proof runs: in full under PROVE=1, a tenth otherwise. The one place that reads PROVE."""

import os

FULL = os.environ.get("PROVE") == "1"


def times(full: int) -> range:
    return range(full if FULL else max(full // 10, 1))
