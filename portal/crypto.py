"""Encryption of columns, and the keyed digest that finds an encrypted value again.

Ciphertext is Fernet (AES-128-CBC with HMAC) under the first of FIELD_KEYS; older keys still decrypt, `rotate` lifts
a ciphertext to the first key. The digest has a key of its own that must not change: it is what finds a row.

A text may be bound to its place: then it opens there and nowhere else, so that a ciphertext copied to another row is
noticed. The place goes in as a hash behind a byte that no text begins with; what is bound never passes for what is not.
"""

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings

_columns: set[tuple[str, str]] = set()
# Never the first byte of UTF-8.
_BOUND = b"\xff"
_NO_TIME = 0


class DecryptionError(ValueError):
    """The ciphertext was made with a key that is not in FIELD_KEYS, or was altered."""


def encrypt(text: str, *, bound_to: str = "") -> str:
    """Ciphertext of a text, as printable text; twice the same text gives two different ciphertexts.

    Given `bound_to`, it opens for that very place only, and carries no time of its making (Fernet's does).
    """
    if bound_to:
        return _keys().encrypt_at_time(_mark(bound_to) + text.encode(), _NO_TIME).decode("ascii")
    return _keys().encrypt(text.encode()).decode("ascii")


def decrypt(ciphertext: str, *, bound_to: str = "") -> str:
    """The text again. Raises DecryptionError, also for what was bound to another place or to none."""
    mark = _mark(bound_to) if bound_to else b""
    try:
        opened = _keys().decrypt(ciphertext.encode("ascii"))
        if not opened.startswith(mark):
            raise DecryptionError("the value was made for another place")
        return opened.removeprefix(mark).decode()
    except (InvalidToken, UnicodeError) as error:
        raise DecryptionError("no key in FIELD_KEYS opens this value, or it was made for another place") from error


def rotate(ciphertext: str) -> str:
    """The same text under the newest key. Raises DecryptionError."""
    try:
        return _keys().rotate(ciphertext.encode("ascii")).decode("ascii")
    except (InvalidToken, UnicodeEncodeError) as error:
        raise DecryptionError("no key in FIELD_KEYS opens this value") from error


def register_column(model_label: str, field: str) -> None:
    """Names a column that holds ciphertext (`applications.Objection`, `contact`); from an app's `ready()`."""
    _columns.add((model_label, field))


def rotate_columns() -> dict[str, int]:
    """Lifts every registered column to the newest of FIELD_KEYS; how many values in each, by `label.field`.

    Afterwards older keys may be taken away. Raises DecryptionError; what was lifted before it stays lifted.
    """
    return {f"{label}.{field}": _rotate_column(label, field) for label, field in sorted(_columns)}


def _rotate_column(label: str, field: str) -> int:
    rows = apps.get_model(label)._default_manager.all()  # noqa: SLF001  Django's documented way to a model's rows
    lifted = 0
    # By key, not by place: where keys are random (ballots), so is the order in which rows are written again.
    for pk, ciphertext in rows.exclude(**{field: ""}).order_by("pk").values_list("pk", field).iterator():
        # Only where it still is the text that was read: a value changed meanwhile has the newest key already.
        lifted += rows.filter(pk=pk, **{field: ciphertext}).update(**{field: rotate(ciphertext)})
    return lifted


def digest(text: str) -> str:
    """HMAC-SHA256 under DIGEST_KEY, 64 hexadecimal digits: equal texts have equal digests, and nothing else is told."""
    return hmac.new(settings.DIGEST_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _mark(place: str) -> bytes:
    return _BOUND + hashlib.sha256(place.encode()).digest()


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
