"""The transcript of a draw: what is published of it, and its check by repetition. Pure.

`scripts/verify_draw_standalone.py` checks the same file without any of this code.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from review import drawing

FORMAT = "draw-transcript-1"


class TranscriptError(ValueError):
    """The transcript does not hold; the text names the first thing that is wrong."""


def assemble(
    *,
    meeting: str,
    commitment: str,
    filed: str,
    rounds: Sequence[Mapping[str, Any]],
    panel: Sequence[str],
    secret: bytes | None,
) -> dict[str, Any]:
    """The published form. `rounds` carry number, input, input_sha256, public_value, seed, panel, declined.

    `secret` is None until the meeting is over: then neither it nor the seeds are shown.
    """
    return {
        "format": FORMAT,
        "meeting": meeting,
        "commitment": commitment,
        "filed": filed,
        "secret": secret.hex() if secret else "",
        "rounds": [dict(entry) if secret else {**entry, "seed": ""} for entry in rounds],
        "panel": sorted(panel),
    }


def filed_digest(commitment: str, input_sha256: str) -> str:
    """What is filed with the plan: it binds the secret and the first input, so that neither is changed afterwards."""
    return hashlib.sha256(f"{commitment}\n{input_sha256}".encode()).hexdigest()


def verify(transcript: Mapping[str, Any]) -> list[str]:
    """Repeats every round and returns the panel that sits.

    Raises:
        TranscriptError: at the first thing that does not hold.
    """
    try:
        return _verify(transcript)
    except (drawing.DrawError, KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, TranscriptError):
            raise
        raise TranscriptError(str(error)) from error


def _verify(transcript: Mapping[str, Any]) -> list[str]:
    if not transcript["secret"]:
        raise TranscriptError("the secret is not open yet: the transcript can be checked after the meeting")
    secret, rounds = bytes.fromhex(transcript["secret"]), transcript["rounds"]
    if drawing.commitment(secret) != transcript["commitment"]:
        raise TranscriptError("the secret is not the one that was filed")
    if not rounds:
        raise TranscriptError("there is no round")
    if filed_digest(transcript["commitment"], rounds[0]["input_sha256"]) != transcript["filed"]:
        raise TranscriptError("the first input is not the one that was filed")
    before: drawing.DrawInput | None = None
    panel: list[str] = []
    declined: Mapping[str, str] = {}
    values: list[str] = []
    for number, entry in enumerate(rounds, 1):
        given = drawing.DrawInput.from_text(entry["input"])
        _check_meeting(given, number=number, meeting=transcript["meeting"])
        if before is not None:
            _check_following(given, before, panel, declined)
        if entry["seed"] or number < len(rounds) or given.joined is None:
            _check_value(given, entry["public_value"], values)
            panel = _repeat(given, entry, secret)
        else:
            # A supplementary round that is filed and not drawn yet: so far those sit who were kept.
            panel = sorted(given.kept)
        before, declined = given, entry["declined"]
        if not declined and number < len(rounds):
            raise TranscriptError(f"round {number}: drawn again without a decline")
    sitting = [person for person in panel if person not in declined]
    if len(panel) - len(sitting) != len(declined) or sitting != transcript["panel"]:
        raise TranscriptError("the panel that sat is not the panel that was drawn")
    return sitting


def places_open(transcript: Mapping[str, Any]) -> int:
    """How many places wait for a supplementary draw; none where the panel sits in full."""
    rules = drawing.DrawInput.from_text(transcript["rounds"][-1]["input"]).rules
    return rules.panel - len(transcript["panel"])


def _check_meeting(given: drawing.DrawInput, *, number: int, meeting: str) -> None:
    if given.meeting != meeting:
        raise TranscriptError(f"round {number}: made for another meeting")
    if number == 1 and (given.number != 1 or given.kept or given.joined is not None):
        raise TranscriptError("the first round is missing")


def _check_following(
    given: drawing.DrawInput, before: drawing.DrawInput, panel: Sequence[str], declined: Mapping[str, str]
) -> None:
    """The round follows from the one before: who declined or left the pool is out, nobody else; who is new is named."""
    out = dict(before.excluded)
    left = {person for person, reason in given.excluded if reason == drawing.LEFT_POOL and person not in out}
    expected = before.after_declines(panel, declined, left=left)
    if given.joined is not None:
        known = dict(expected.excluded)
        expected = expected.supplemented(
            [person for person in given.candidates if person.id in given.joined],
            [(person, reason) for person, reason in given.excluded if person not in known],
        )
    if given.text() != expected.text():
        raise TranscriptError(f"round {given.number}: its input does not follow from the round before")


def _check_value(given: drawing.DrawInput, value: str, values: list[str]) -> None:
    """A replacement goes by the value of the round before, a supplementary draw by one not used yet."""
    if given.joined is None and values and value != values[-1]:
        raise TranscriptError(f"round {given.number}: a replacement by another public value than the round before")
    if given.joined is not None and value in values:
        raise TranscriptError(f"round {given.number}: a supplementary draw by a public value that was used before")
    values.append(value)


def _repeat(given: drawing.DrawInput, entry: Mapping[str, Any], secret: bytes) -> list[str]:
    if drawing.text_sha256(entry["input"]) != entry["input_sha256"]:
        raise TranscriptError(f"round {given.number}: the input's SHA-256 differs")
    seed = drawing.seed_of(secret, entry["public_value"], entry["input"])
    if seed.hex() != entry["seed"]:
        raise TranscriptError(f"round {given.number}: the seed does not come from secret, public value and input")
    panel = drawing.Drawing(given).panel(seed)
    if panel != entry["panel"]:
        raise TranscriptError(f"round {given.number}: the seed names another panel")
    return panel
