"""Pools made by rule, for the tests of the draw."""

import random

from review import drawing, transcript
from review.lawful_panels import Candidate, PanelRules

HALF, THREE_TENTHS, THIRD = (1, 2), (3, 10), (1, 3)


def rules(panel: int = 5, **changes) -> PanelRules:
    shares = {"senior_share": HALF, "enterprise_share": THREE_TENTHS, "private_share": THIRD, "skilled_least": 1}
    return PanelRules(panel, **{**shares, **changes})


def candidate(name: str, *facts: str, unit: str = "") -> Candidate:
    known = {"senior", "enterprise", "private_or_social", "skilled"}
    assert set(facts) <= known
    return Candidate(id=name, unit=unit or name, **dict.fromkeys(facts, True))


def random_pool(chance: random.Random, size: int) -> list[Candidate]:
    facts = ("senior", "enterprise", "private_or_social", "skilled")
    return [
        candidate(f"{number:04d}", *(fact for fact in facts if chance.random() < 0.5), unit=f"u{number % 7}")
        for number in range(size)
    ]


def fourteen() -> list[Candidate]:
    """14 experts of whose 2,002 panels of five exactly 560 are lawful (checked in the test that uses it)."""
    table = ["E", "PK", "EPK", "PK", "SPK", "-", "S", "S", "K", "S", "SP", "SEP", "SK", "SEPK"]
    names = {"S": "senior", "E": "enterprise", "P": "private_or_social", "K": "skilled"}
    return [
        candidate(f"{number:02d}", *(names[letter] for letter in letters.strip("-")))
        for number, letters in enumerate(table)
    ]


def play(chance: random.Random, *, pool_size: int = 20, panel: int = 5, declines: int = 1) -> dict:
    """A whole draw with declines, as its published transcript."""
    while True:
        secret = chance.randbytes(32)
        given = drawing.DrawInput("meeting", 1, rules(panel), tuple(random_pool(chance, pool_size)))
        try:
            return _play(chance, secret, given, declines)
        except drawing.Infeasible:
            continue


def _play(chance: random.Random, secret: bytes, given: drawing.DrawInput, declines: int) -> dict:
    rounds, first = [], drawing.text_sha256(given.text())
    for number in range(1, declines + 2):
        text, value = given.text(), f"value {chance.random()}"
        seed = drawing.seed_of(secret, value, text)
        panel = drawing.Drawing(given).panel(seed)
        declined = {chance.choice(panel): "busy"} if number <= declines else {}
        rounds.append(
            {
                "number": number,
                "input": text,
                "input_sha256": drawing.text_sha256(text),
                "public_value": value,
                "seed": seed.hex(),
                "panel": panel,
                "declined": declined,
            }
        )
        if declined:
            given = given.after_declines(panel, declined)
    sealed = drawing.commitment(secret)
    return transcript.assemble(
        meeting="meeting",
        commitment=sealed,
        filed=transcript.filed_digest(sealed, first),
        rounds=rounds,
        panel=panel,
        secret=secret,
    )
