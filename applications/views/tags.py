"""The clauses that a record is said to serve, as its page sends them."""

from typing import Self

from django.http import QueryDict

from applications.clause_tags import parted
from applications.models import Application, ArchiveItem

CLAUSE, WORDS, SHOWN = "tag-", "tag_words", "tag_shown"


class SentTags:
    """What was ticked and written; `shown`, what the page had ticked by itself when it was opened."""

    def __init__(self, clauses: list[str], shown: list[str]) -> None:
        self.clauses, self.shown = clauses, shown

    @classmethod
    def of(cls, sent: QueryDict) -> Self | None:
        """None where the page has not asked."""
        if SHOWN not in sent:
            return None
        ticked = [name.removeprefix(CLAUSE) for name in sent if name.startswith(CLAUSE)]
        return cls(ticked + parted(str(sent.get(WORDS, ""))), parted(str(sent[SHOWN])))

    def is_said(self, application: Application, item: ArchiveItem, *, pressed: bool) -> bool:
        """Whether the applicant has said anything: what the rules ticked counts once the button is pressed."""
        if sorted(self.clauses) != sorted(self.shown) or (pressed and self.clauses):
            return True
        return application.clause_tags.filter(item=item).exists()
