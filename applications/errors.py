"""Acts that did not happen. Each error's `str()` is a sentence for the person who asked: what, why, what to do."""

from collections.abc import Iterable

from django.utils.translation import gettext_noop

OWN_CASE = gettext_noop("不能办理与本人有关的申报，请由本单位其他经办人办理。")


class ActError(Exception):
    """An act that was not done; nothing was written."""


class IllegalMove(ActError):  # noqa: N818  the law of the table, not a malfunction
    """The table has no such move from where the application stands."""


class Stale(ActError):  # noqa: N818
    """Someone else acted between reading and writing."""


class Refused(ActError):  # noqa: N818
    """Something stands against the act; all the reasons are kept in `reasons`."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__("；".join(reason.rstrip("。") for reason in self.reasons) + "。")


class Incomplete(Refused):
    """The form is not ready to be submitted; each reason names a section."""


class SameFile(ActError):  # noqa: N818
    """The file is in its place already; `twin` is the public id of that piece of evidence."""

    def __init__(self, sentence: str, twin: str) -> None:
        self.twin = twin
        super().__init__(sentence)


class NotInForce(ActError):  # noqa: N818
    """The policy is not in force on the day the round opens."""


class NoticeRunning(ActError):  # noqa: N818
    """A notice cannot be closed before its end."""
