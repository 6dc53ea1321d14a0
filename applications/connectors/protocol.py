"""The interface: what a connector is asked, what it answers, and how it says that it cannot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from applications.errors import ActError


class ConnectorError(ActError):
    """Nothing was fetched; the text is a sentence for the person: what, why, what to do."""


class NotFound(ConnectorError):  # noqa: N818  an answer to a person, not a fault
    """The authority knows nothing under what was asked."""


class Away(ConnectorError):  # noqa: N818
    """The authority did not answer, or not in time."""

    def __init__(self, source: str) -> None:
        told = _("%(source)s暂时没有应答，没有获取任何内容。请稍后再试，或者自己填写并上传证明。")
        super().__init__(told % {"source": source})


@dataclass(frozen=True, slots=True)
class Question:
    """`employer` is the unit applied from, empty in the archive; `identity_number` only where the connector needs it.

    It is not shown in a `repr`, so that no log takes it up.
    """

    name: str
    today: date
    employer: str = ""
    employer_uscc: str = ""
    code: str = ""
    expires_on: date | None = None
    identity_number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """The record as the form would hold it. A fact left out is not known; what the person has said to it stays.

    `more` are further records of a kind of which a person has several, without `more` of their own. `picture` is the
    person's portrait as a JPEG; beside it nothing is answered.
    """

    facts: Mapping[str, Any]
    details: Mapping[str, Any]
    more: "Sequence[Answer]" = ()
    picture: bytes = field(default=b"", repr=False)


class Connector(Protocol):
    """`kind` is the kind of record it fills, `source` who is asked, `action` the words of its button.

    `when_complete`: it is asked only once the archive holds what every application needs.
    `is_stand_in`: it asks nobody. Its `source` and every text it answers say so, and it is refused outside the demo.
    """

    kind: str
    source: str | Promise
    action: str | Promise
    needs_code: bool
    needs_identity: bool
    when_complete: bool
    is_stand_in: bool

    def fetch(self, question: Question, *, timeout: float) -> Answer:
        """Asks the authority, in at most `timeout` seconds. Touches no table: it runs in a thread of its own.

        Raises:
            NotFound, Away: with a sentence for the person. Anything else counts as Away.
        """
