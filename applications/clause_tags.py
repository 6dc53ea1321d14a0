"""The clauses that a record serves: which are offered, what the rules find of it, and whether the notice demands them.

The rules advise: a tag for a clause that the record cannot fill is told as such, and stays.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.models import Application
from rules import catalog, serving
from rules.documents import ACHIEVEMENTS, DocumentRule, asked
from rules.result import Result

MOST, LONGEST = 20, 40
_BETWEEN = re.compile(r"[、，,；;\n]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """A clause to be ticked. `hint`: why the rules do not count the record for it, where it is ticked all the same."""

    number: str
    label: str
    ticked: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What a record's page offers: clauses that count its kind, all others of the level, and words of one's own.

    `demanded`: the clause of the notice that wants the record tagged; empty where none does.
    """

    fitting: list[Offer]
    others: list[Offer]
    words: str
    demanded: str
    said: bool

    @property
    def ticked(self) -> list[str]:
        return [offer.number for offer in (*self.fitting, *self.others) if offer.ticked] + parted(self.words)

    @property
    def other_is_ticked(self) -> bool:
        return any(offer.ticked for offer in self.others)


def is_asked(application: Application, kind: str) -> bool:
    """Whether records of that kind are tagged: achievements everywhere, others where the round's notice says so."""
    return kind in ACHIEVEMENTS or _rule(application, kind) is not None


def demanded(application: Application, kind: str) -> str:
    """Where the notice demands the tag, cited; empty where none does."""
    rule = _rule(application, kind)
    return catalog.get(application.round.policy_id).cite(rule) if rule else ""


def offers(
    application: Application, kind: str, *, said: Sequence[str] | None, result: Result | None, item: str = ""
) -> Offers:
    """What is offered for a record; `said` are its tags, None where nothing is said yet: then what the rules found."""
    fits = serving.by_kind(application.round.policy_id, application.level).get(kind, ())
    used = serving.used(result).get(item, []) if result else []
    ticked = used if said is None else said
    known = catalog.get(application.round.policy_id).clauses(application.level)
    found = [
        Offer(clause.number, clause.label, clause.number in ticked, _hint(clause.number, fits, used, result, item))
        for clause in known
        if clause.attested
    ]
    numbers = {clause.number for clause in known}
    return Offers(
        fitting=[offer for offer in found if offer.number in fits],
        others=[offer for offer in found if offer.number not in fits],
        words="、".join(clause for clause in ticked if clause not in numbers),
        demanded=demanded(application, kind),
        said=said is not None,
    )


def parted(words: str) -> list[str]:
    """Clauses written one after another, each by itself."""
    return [clause for piece in _BETWEEN.split(words) if (clause := piece.strip())]


def in_words(policy_id: str, level: str, clauses: Iterable[str]) -> list[str]:
    """Each clause by its number, with its label where the pack knows it."""
    known = {clause.number: clause.label for clause in catalog.get(policy_id).clauses(level)}
    return [f"{clause} {known[clause]}" if clause in known else clause for clause in clauses]


def _rule(application: Application, kind: str) -> DocumentRule | None:
    rules = catalog.get(application.round.policy_id).procedure.documents
    return next((one.rule for one in asked(rules, kind, {}) if one.rule.wants_clauses), None)


def _hint(number: str, fits: Collection[str], used: Collection[str], result: Result | None, item: str) -> str:
    if result is None or not item or number in used:
        return ""
    if number not in fits:
        return _("规则核对时，该条款不看这类条目；标注会保留，由审核单位判断。")
    return _("按现在填写的内容，规则核对时没有把此条用于该条款；标注会保留，由审核单位判断。")
