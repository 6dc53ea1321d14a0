"""Acts of review that did not happen. Each error's `str()` is a sentence for the person who asked."""

from applications.errors import ActError, Refused


class ReviewError(ActError):
    """An act of review that was not done; nothing was written."""


class PoolNotLawful(Refused):
    """The pool breaks a composition duty; one reason a duty."""


class NoLawfulPanel(Refused):
    """The draw cannot be made; each reason names a rule that binds."""


class TooRare(ReviewError):  # noqa: N818
    """Lawful panels exist, but are so rare among the candidates that the draw met none."""


class PanelShort(ReviewError):  # noqa: N818
    """Places of the panel are open: the meeting cannot be held before they are drawn."""


class TooLate(ReviewError):  # noqa: N818
    """The meeting is nearer than the lead time allows."""


class WrongState(ReviewError):  # noqa: N818
    """The meeting, the seat or the ballot does not stand where this act belongs; someone else may have been first."""


class NotYours(ReviewError):  # noqa: N818
    """The seat belongs to somebody else, or the expert is recused from this application."""


class NoQuorum(ReviewError):  # noqa: N818
    """Fewer members attend than the procedure demands."""


class AlreadyVoted(ReviewError):  # noqa: N818
    """One seat has one ballot on one application."""


class BoxBroken(ReviewError):  # noqa: N818
    """The ballot box is not what the recorded votes left in it: altered, added to, taken from, or its key is gone."""
