"""The table every benchmark prints and the JSON it leaves. A benchmark never fails for a slow machine."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure as a share of its yardstick, both measured in the same run; what it must and should reach."""

    name: str
    ratio: float
    must: float | None = None
    stretch: float | None = None


def publish(bench: str, ratios: list[Ratio]) -> None:
    """Prints the table and writes var/bench/<bench>.json."""
    width = max(len(ratio.name) for ratio in ratios)
    print(f"{'name':<{width}}  {'ratio':>8}  {'must':>6}  {'stretch':>7}")
    for ratio in ratios:
        mark = "" if ratio.must is None else "ok" if ratio.ratio >= ratio.must else "below"
        must, stretch = (f"{v:g}" if v is not None else "-" for v in (ratio.must, ratio.stretch))
        print(f"{ratio.name:<{width}}  {ratio.ratio:>8.3f}  {must:>6}  {stretch:>7}  {mark}")
    target = ROOT / "var" / "bench" / f"{bench}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps([asdict(ratio) for ratio in ratios], indent=1) + "\n", encoding="utf8")
