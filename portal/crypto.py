"""Encryption of columns, and the keyed digest that finds an encrypted value again.

Ciphertext is Fernet (AES-128-CBC with HMAC) under the first of FIELD_KEYS; older keys still decrypt, `rotate` lifts
a ciphertext to the first key. The digest has a key of its own that must not change: it is what finds a row.
"""

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings

_columns: set[tuple[str, str]] = set()


class DecryptionError(ValueError):
    """The ciphertext was made with a key that is not in FIELD_KEYS, or was altered."""


def encrypt(text: str) -> str:
    """Ciphertext of a text, as printable text; twice the same text gives two different ciphertexts."""
    return _keys().encrypt(text.encode()).decode("ascii")


def decrypt(ciphertext: str) -> str:
    """The text again. Raises DecryptionError."""
    try:
        return _keys().decrypt(ciphertext.encode("ascii")).decode()
    except (InvalidToken, UnicodeEncodeError) as error:
        raise DecryptionError("no key in FIELD_KEYS opens this value") from error


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
    for pk, ciphertext in rows.exclude(**{field: ""}).values_list("pk", field).iterator():
        # Only where it still is the text that was read: a value changed meanwhile has the newest key already.
        lifted += rows.filter(pk=pk, **{field: ciphertext}).update(**{field: rotate(ciphertext)})
    return lifted


def digest(text: str) -> str:
    """HMAC-SHA256 under DIGEST_KEY, 64 hexadecimal digits: equal texts have equal digests, and nothing else is told."""
    return hmac.new(settings.DIGEST_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
