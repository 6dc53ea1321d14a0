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
    expected: drawing.DrawInput | None = None
    panel: list[str] = []
    for number, entry in enumerate(rounds, 1):
        given = drawing.DrawInput.from_text(entry["input"])
        _check_place(given, number=number, meeting=transcript["meeting"], expected=expected)
        panel = _repeat(given, entry, secret)
        declined = entry["declined"]
        if bool(declined) == (number == len(rounds)):
            raise TranscriptError(f"round {number}: a round follows exactly where someone declined")
        expected = given.after_declines(panel, declined) if declined else None
    if panel != transcript["panel"]:
        raise TranscriptError("the panel that sat is not the panel that was drawn")
    return panel


def _check_place(given: drawing.DrawInput, *, number: int, meeting: str, expected: drawing.DrawInput | None) -> None:
    if given.meeting != meeting:
        raise TranscriptError(f"round {number}: made for another meeting")
    if expected is None and (given.number != 1 or given.kept):
        raise TranscriptError("the first round is missing")
    if expected is not None and given.text() != expected.text():
        raise TranscriptError(f"round {number}: its input does not follow from the round before")


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
