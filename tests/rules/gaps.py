"""Dossiers with gaps, and the ways to fill them."""

import copy
import random
import re
from collections.abc import Iterator
from typing import Any

# Not facts that may be unknown: a post or sanction without an end goes on, what is not claimed is not asked for,
# and these have a default.
NEVER = {"to", "until", "relevant", "substitutes_paper", "claims", "id"}
# A clause that facts decide is not open because nobody has attested it: its attestation overrules them.
DECIDED_BY_FACTS = re.compile(
    r"[二三四五六]\([一三四]\)\d?|一\(四\)|正文七\([二五]\)|正文二\([一二三]\)4?|正文二\(四\)[1-4]|正文三\(四\)|国家.*"
)


def may_be_unknown(key: str) -> bool:
    return key not in NEVER and DECIDED_BY_FACTS.fullmatch(key) is None


def gaps(part: Any, rng: random.Random, share: float) -> Any:
    """The same dossier with some facts not known: left out, or null."""
    if isinstance(part, dict):
        kept = {}
        for key, value in part.items():
            if not may_be_unknown(key):
                kept[key] = value
            elif key == "attestations" or rng.random() >= share:
                kept[key] = gaps(value, rng, share)
            elif rng.random() < 0.5:
                kept[key] = None
        return kept
    if isinstance(part, list):
        return [gaps(item, rng, share) for item in part]
    return part


def filled(part: Any, whole: Any, donors: list[Any], rng: random.Random) -> Any:
    """The gaps filled in one way: with what was there, or with what stands in such a place of other dossiers."""
    if isinstance(part, dict):
        found = dict(part)
        for key, value in whole.items():
            others = [donor[key] for donor in donors if isinstance(donor, dict) and donor.get(key) is not None]
            if part.get(key) is not None or not may_be_unknown(key):
                found[key] = filled(part[key], value, others, rng)
            else:
                found[key] = copy.deepcopy(rng.choice([value, *others]))
        return found
    if isinstance(part, list):
        others = [item for donor in donors for item in donor]
        return [filled(item, entry, others, rng) for item, entry in zip(part, whole, strict=True)]
    return part


def one_by_one(part: dict[str, Any], whole: dict[str, Any], rng: random.Random) -> Iterator[dict[str, Any]]:
    """The dossier as its gaps are filled one after another, until it is whole."""
    known = copy.deepcopy(part)
    places = list(_places(known, whole))
    rng.shuffle(places)
    for target, key, value in places:
        target[key] = copy.deepcopy(value)
        yield copy.deepcopy(known)


def _places(part: Any, whole: Any) -> Iterator[tuple[dict[str, Any], str, Any]]:
    if isinstance(part, dict):
        for key, value in whole.items():
            if part.get(key) is None and value is not None:
                yield part, key, value
            else:
                yield from _places(part.get(key), value)
    elif isinstance(part, list):
        for item, entry in zip(part, whole, strict=True):
            yield from _places(item, entry)
