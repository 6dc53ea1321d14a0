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


def play(
    chance: random.Random, *, pool_size: int = 20, panel: int = 5, declines: int = 1, supplement: bool = False
) -> dict:
    """A whole draw with declines, as its published transcript; the last decline may be followed by a supplement."""
    while True:
        secret = chance.randbytes(32)
        given = drawing.DrawInput("meeting", 1, rules(panel), tuple(random_pool(chance, pool_size)))
        try:
            return _play(chance, secret, given, declines, supplement)
        except drawing.Infeasible:
            continue


def drawn_round(secret: bytes, given: drawing.DrawInput, value: str) -> dict:
    """One round of a transcript, drawn from its input by this value."""
    text = given.text()
    seed = drawing.seed_of(secret, value, text)
    return {
        "number": given.number,
        "input": text,
        "input_sha256": drawing.text_sha256(text),
        "public_value": value,
        "seed": seed.hex(),
        "panel": drawing.Drawing(given).panel(seed),
        "declined": {},
    }


def _play(chance: random.Random, secret: bytes, given: drawing.DrawInput, declines: int, supplement: bool) -> dict:
    value = f"value {chance.random()}"
    rounds = [drawn_round(secret, given, value)]
    for number in range(1, declines + 1):
        panel = rounds[-1]["panel"]
        rounds[-1]["declined"] = {chance.choice(panel): "busy"}
        free = sorted({person.id for person in given.candidates} - set(panel))
        given = given.after_declines(panel, rounds[-1]["declined"], left=chance.sample(free, number % 2))
        if supplement and number == declines:
            value = f"value {chance.random()}"
            given = given.supplemented(
                [candidate(f"new{n}", "senior", "enterprise", "private_or_social", "skilled") for n in range(2)],
                [("new9", "same_unit")],
            )
        rounds.append(drawn_round(secret, given, value))
    return told_of(secret, rounds)


def told_of(secret: bytes, rounds: list[dict]) -> dict:
    """The transcript of these rounds, with the panel that is left of the last."""
    sealed = drawing.commitment(secret)
    return transcript.assemble(
        meeting="meeting",
        commitment=sealed,
        filed=transcript.filed_digest(sealed, rounds[0]["input_sha256"]),
        rounds=rounds,
        panel=[person for person in rounds[-1]["panel"] if person not in rounds[-1]["declined"]],
        secret=secret,
    )
