"""Acts that did not happen. Each error's `str()` is a sentence for the person who asked: what, why, what to do."""

from applications.errors import ActError


class NotReleasable(ActError):  # noqa: N818  an answer to a person, not a fault
    """No certificate may be issued (yet)."""


class NotReady(ActError):  # noqa: N818
    """The paper is not there yet, or could not be made."""


class AlreadyDone(ActError):  # noqa: N818
    """The certificate is no longer in the state the act needs."""
