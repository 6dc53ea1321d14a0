"""Encryption of columns, and the keyed digest that finds an encrypted value again.

Ciphertext is Fernet (AES-128-CBC with HMAC) under the first of FIELD_KEYS; older keys still decrypt, `rotate` lifts
a ciphertext to the first key. The digest has a key of its own that must not change: it is what finds a row.
"""

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


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


def digest(text: str) -> str:
    """HMAC-SHA256 under DIGEST_KEY, 64 hexadecimal digits: equal texts have equal digests, and nothing else is told."""
    return hmac.new(settings.DIGEST_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
