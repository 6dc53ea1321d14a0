"""A ballot under seal: encrypted, all of one length, opening in its own place alone. `services.ballots` uses it.

The place is the agenda entry, the register of who has voted as it stands at the writing, and the row's own key. So a
ballot that was altered, copied, brought from another box or kept from an earlier state of this one does not open.
"""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from portal import crypto

# Longer than any choice: the length of a ciphertext tells nothing.
WIDTH = 16


class SealError(ValueError):
    """A ballot does not open: it is not what was written in this place, or its key is gone."""


def register_sha256(votes: Iterable[tuple[UUID, int]]) -> str:
    """One hash of all votes registered on an entry (key and seat), in whatever order they come."""
    lines = sorted(f"{vote}:{seat}" for vote, seat in votes)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def seal(choice: str, *, entry: UUID, register: str, row: UUID) -> str:
    """The ciphertext of a choice; no two are alike, and none tells when it was made."""
    return crypto.encrypt(choice.ljust(WIDTH), bound_to=_place(entry, register, row))


def opened(sealed: str, *, entry: UUID, register: str, row: UUID) -> str:
    """The choice again. Raises SealError."""
    try:
        return crypto.decrypt(sealed, bound_to=_place(entry, register, row)).rstrip()
    except crypto.DecryptionError as error:
        raise SealError(f"a ballot of entry {entry} does not open") from error


def _place(entry: UUID, register: str, row: UUID) -> str:
    return f"review.BallotChoice.choice/{entry}/{register}/{row}"
