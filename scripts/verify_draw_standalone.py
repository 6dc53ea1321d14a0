r"""Repeats the draw of a panel from its published transcript. Standard library only; shares no code with the portal.

    python3 verify_draw_standalone.py TRANSCRIPT.json [FILED]

FILED is the digest that was published when the plan was filed; given, the transcript must carry that very digest.
Says "lawful draw, repeated" and ends with 0, or names the first thing that is wrong and ends with 1. How a draw works:

1. The office seals a secret of 32 random bytes, opened after the meeting. Filed with the plan is
   SHA-256(hex SHA-256 of the secret + "\n" + hex SHA-256 of the first input).
2. A round's input is one canonical JSON text: candidates with the facts the rules ask for (ids are pseudonyms), the
   excluded with reasons, the members kept from earlier rounds, the rules, the round's number.
3. seed = HMAC-SHA256(secret, public value + "\n" + hex SHA-256 of the input), the public value being one that nobody
   knew when the secret was filed.
4. Bytes: HMAC-SHA256(seed, counter), counter = 8 bytes big-endian from 0. A number below n: read the fewest whole
   bytes that hold n - 1, drop spare high bits, throw away what is not below n.
5. The free candidates in order of id; the first steps of a Fisher-Yates shuffle choose the open places; a panel that
   breaks a rule is thrown away whole and the next is drawn from the same stream.
6. A decline opens the next round: same rules, the decliner out with the reason, the others kept.
"""

import hashlib
import hmac
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ALGORITHM = "rejection-hmac-sha256-1"
MOST_TRIES = 1_000_000
Json = dict[str, Any]


class Wrong(Exception):  # noqa: N818  read as a sentence
    """The transcript does not hold; the text says where."""


def canonical(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def numbers_below(seed: bytes) -> Callable[[int], int]:
    """A function giving unbiased numbers below its argument."""
    counter, left = 0, b""

    def read(size: int) -> int:
        nonlocal counter, left
        while len(left) < size:
            left += hmac.new(seed, counter.to_bytes(8, "big"), hashlib.sha256).digest()
            counter += 1
        taken, left = left[:size], left[size:]
        return int.from_bytes(taken, "big")

    def below(bound: int) -> int:
        bits = (bound - 1).bit_length()
        while True:
            value = read((bits + 7) // 8) % (1 << bits)
            if value < bound:
                return value

    return below


def at_least(part: int, whole: int, share: list[int]) -> bool:
    return part * share[1] >= whole * share[0]


def lawful(rules: Json, members: list[Json]) -> bool:
    enterprise = [person for person in members if person["enterprise"]]
    units = Counter(person["unit"] for person in members)
    return (
        len(members) == rules["panel"]
        and at_least(sum(person["senior"] for person in members), rules["panel"], rules["senior_share"])
        and at_least(len(enterprise), rules["panel"], rules["enterprise_share"])
        and at_least(sum(person["private_or_social"] for person in enterprise), len(enterprise), rules["private_share"])
        and sum(person["skilled"] for person in members) >= rules["skilled_least"]
        and (not rules["per_unit_most"] or max(units.values()) <= rules["per_unit_most"])
    )


def drawn(given: Json, seed: bytes) -> list[str]:
    """The ids of the panel that the seed names."""
    people = sorted(given["candidates"], key=lambda person: person["id"])
    kept = [person for person in people if person["id"] in given["kept"]]
    free = [person for person in people if person["id"] not in given["kept"]]
    wanted = given["rules"]["panel"] - len(kept)
    below = numbers_below(seed)
    for _ in range(MOST_TRIES):
        order = list(free)
        for place in range(wanted):
            other = place + below(len(order) - place)
            order[place], order[other] = order[other], order[place]
        if lawful(given["rules"], kept + order[:wanted]):
            return sorted(person["id"] for person in kept + order[:wanted])
    raise Wrong("no lawful panel was met")


def next_input(given: Json, panel: list[str], declined: Json) -> Json:
    """The input that must follow when these members of the panel declined (id → reason)."""
    if not declined or not set(declined) <= set(panel):
        raise Wrong(f"round {given['number']}: those who declined were not drawn")
    return {
        **given,
        "number": given["number"] + 1,
        "candidates": [person for person in given["candidates"] if person["id"] not in declined],
        "excluded": sorted([*given["excluded"], *([person, reason] for person, reason in declined.items())]),
        "kept": sorted(set(panel) - set(declined)),
    }


def check_round(transcript: Json, entry: Json, expected: Json | None) -> tuple[Json, list[str]]:
    """Repeats one round; returns its input and its panel. `expected` is the input that the round before demands."""
    given = json.loads(entry["input"])
    place = f"round {given['number']}"
    if canonical(given) != entry["input"] or given["candidates"] != sorted(given["candidates"], key=lambda p: p["id"]):
        raise Wrong(f"{place}: the input is not canonical")
    if given["algorithm"] != ALGORITHM or given["meeting"] != transcript["meeting"]:
        raise Wrong(f"{place}: made by another algorithm or for another meeting")
    if expected is None and (given["number"] != 1 or given["kept"]):
        raise Wrong("the first round is missing")
    if expected is not None and given != expected:
        raise Wrong(f"{place}: its input does not follow from the round before")
    digest = hashlib.sha256(entry["input"].encode()).hexdigest()
    if digest != entry["input_sha256"]:
        raise Wrong(f"{place}: the input's SHA-256 differs")
    message = f"{entry['public_value']}\n{digest}".encode()
    seed = hmac.new(bytes.fromhex(transcript["secret"]), message, hashlib.sha256).digest()
    if seed.hex() != entry["seed"]:
        raise Wrong(f"{place}: the seed does not come from the secret, the public value and the input")
    panel = drawn(given, seed)
    if panel != entry["panel"]:
        raise Wrong(f"{place}: the seed names another panel")
    return given, panel


def check(transcript: Json, filed: str = "") -> list[str]:
    """Raises Wrong at the first thing that does not hold; returns the panel that sits."""
    if not transcript.get("secret"):
        raise Wrong("the secret is not open yet: the transcript can be checked after the meeting")
    if hashlib.sha256(bytes.fromhex(transcript["secret"])).hexdigest() != transcript["commitment"]:
        raise Wrong("the secret is not the one that was filed")
    if not transcript["rounds"]:
        raise Wrong("there is no round")
    digest = f"{transcript['commitment']}\n{transcript['rounds'][0]['input_sha256']}".encode()
    if hashlib.sha256(digest).hexdigest() != transcript["filed"] or filed not in {"", transcript["filed"]}:
        raise Wrong("secret and first input are not the ones that were filed with the plan")
    expected: Json | None = None
    panel: list[str] = []
    for entry in transcript["rounds"]:
        given, panel = check_round(transcript, entry, expected)
        declined = entry.get("declined") or {}
        expected = next_input(given, panel, declined) if declined else None
        if not declined and entry is not transcript["rounds"][-1]:
            raise Wrong(f"round {given['number']}: drawn again without a decline")
    if expected is not None:
        raise Wrong("the round after the last decline is missing")
    if panel != transcript["panel"]:
        raise Wrong("the panel that sat is not the panel that was drawn")
    return panel


def main(arguments: list[str]) -> int:
    if len(arguments) not in {1, 2}:
        print(__doc__)
        return 2
    try:
        panel = check(json.loads(Path(arguments[0]).read_text(encoding="utf8")), *arguments[1:])
    except (Wrong, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"not repeated: {error}")
        return 1
    print(f"lawful draw, repeated: {', '.join(panel)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
