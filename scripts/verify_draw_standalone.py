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
6. A decline opens the next round, by the same public value: same rules, the others kept; out are the decliner and, as
   "left_pool", candidates who left the pool. With no lawful panel left the places stay open for a supplementary round,
   whose input was filed before its new public value and names in "joined" who came into the pool since.
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


def next_input(before: Json, panel: list[str], declined: Json, given: Json) -> Json:
    """The input that must follow when these members of the panel declined (id → reason).

    `given`, the input that does follow, says who left the pool and who came into it; nobody else may come or go.
    """
    known = {person["id"]: person for person in before["candidates"]}
    out = {**dict(before["excluded"]), **declined}
    new = {person: reason for person, reason in given["excluded"] if person not in out}
    left = {person for person in new if person in known}
    joined = {person["id"]: person for person in given["candidates"] if person["id"] in given.get("joined", [])}
    if not declined or set(declined) - set(panel):
        raise Wrong(f"round {given['number']}: nobody who was drawn declined before it")
    barred = set(new) - left if "joined" not in given else set()
    if barred or left & set(panel) or {new[person] for person in left} - {"left_pool"}:
        raise Wrong(f"round {given['number']}: somebody is out who neither declined nor left the pool")
    if set(joined) & set(known) or {out[person] for person in joined if person in out} - {"left_pool"}:
        raise Wrong(f"round {given['number']}: who is said to have joined was in the draw before")
    stay = [person for name, person in known.items() if name not in left and name not in declined]
    return {
        **{name: value for name, value in before.items() if name != "joined"},
        **({"joined": sorted(joined)} if "joined" in given else {}),
        "number": before["number"] + 1,
        "candidates": sorted([*stay, *joined.values()], key=lambda person: person["id"]),
        "excluded": sorted([name, reason] for name, reason in {**out, **new}.items() if name not in joined),
        "kept": sorted(set(panel) - set(declined)),
    }


def check_input(transcript: Json, entry: Json) -> Json:
    given: Json = json.loads(entry["input"])
    if canonical(given) != entry["input"] or given["candidates"] != sorted(given["candidates"], key=lambda p: p["id"]):
        raise Wrong(f"round {given['number']}: the input is not canonical")
    if given["algorithm"] != ALGORITHM or given["meeting"] != transcript["meeting"]:
        raise Wrong(f"round {given['number']}: made by another algorithm or for another meeting")
    if hashlib.sha256(entry["input"].encode()).hexdigest() != entry["input_sha256"]:
        raise Wrong(f"round {given['number']}: the input's SHA-256 differs")
    return given


def repeat(transcript: Json, entry: Json, given: Json, values: list[str]) -> list[str]:
    place, value = f"round {given['number']}", entry["public_value"]
    if value in values if "joined" in given else values and value != values[-1]:
        raise Wrong(f"{place}: not the public value of the round before, or in a supplementary draw none that is new")
    message = f"{value}\n{entry['input_sha256']}".encode()
    seed = hmac.new(bytes.fromhex(transcript["secret"]), message, hashlib.sha256).digest()
    if seed.hex() != entry["seed"]:
        raise Wrong(f"{place}: the seed does not come from the secret, the public value and the input")
    panel = drawn(given, seed)
    if panel != entry["panel"]:
        raise Wrong(f"{place}: the seed names another panel")
    return panel


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
    panel, values, declined, before = list[str](), list[str](), Json(), Json()
    for entry in transcript["rounds"]:
        given = check_input(transcript, entry)
        if not before and (given["number"] != 1 or given["kept"] or "joined" in given):
            raise Wrong("the first round is missing")
        if before and given != next_input(before, panel, declined, given):
            raise Wrong(f"round {given['number']}: its input does not follow from the round before")
        filed_only = "joined" in given and entry is transcript["rounds"][-1] and not entry["seed"]
        panel = sorted(given["kept"]) if filed_only else repeat(transcript, entry, given, values)
        values.append(entry["public_value"])
        before, declined = given, entry.get("declined") or {}
    sitting = [person for person in panel if person not in declined]
    if len(panel) - len(sitting) != len(declined) or sitting != transcript["panel"]:
        raise Wrong("the panel that sat is not the panel that was drawn")
    return sitting


def main(arguments: list[str]) -> int:
    if len(arguments) not in {1, 2}:
        print(__doc__)
        return 2
    try:
        transcript = json.loads(Path(arguments[0]).read_text(encoding="utf8"))
        panel = check(transcript, *arguments[1:])
        missing = json.loads(transcript["rounds"][-1]["input"])["rules"]["panel"] - len(panel)
    except (Wrong, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"not repeated: {error}")
        return 1
    print(f"lawful draw, repeated: {', '.join(panel)}")
    if missing:
        print(f"not a whole panel: {missing} place(s) wait for a supplementary draw; no meeting may be held so")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
