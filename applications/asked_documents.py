"""The documents that a round's notice asks of a record, by its facts: which are there, which lack, which are open.

Each file names the document that it is. What hangs on a fact that is not filled in is open, and never lacking.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications import dossiers, wording
from applications.models import Application
from applications.paper_addresses import void_clause
from rules import catalog, document_words
from rules.documents import Asked, asked
from rules.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Document:
    """A document, or several of which one will do. `slot` is the place that the notice gives it.

    `open_on`: what is not filled in and decides whether it is asked for at all. `clause` stands alone, `cited` with the
    notice's number; both are empty where the notice leaves it to be confirmed.
    """

    names: tuple[str, ...]
    slot: str
    clause: str
    cited: str
    reading: str
    there: bool
    open_on: tuple[str, ...] = ()
    optional: bool = False

    @property
    def label(self) -> str:
        return " 或 ".join(self.names)

    @property
    def lacking(self) -> bool:
        """Whether the notice surely demands it and no file is it."""
        return not (self.there or self.open_on or self.optional or not self.cited)


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What a notice asks of one record. `notes`: what is said beside documents; `void`: why it counts for nothing."""

    documents: tuple[Document, ...] = ()
    notes: tuple[str, ...] = ()
    void: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every document by its name, what is surely asked first."""
        ordered = sorted(self.documents, key=lambda one: bool(one.open_on))
        return tuple(dict.fromkeys(name for one in ordered for name in one.names))

    @property
    def lacking(self) -> tuple[Document, ...]:
        return tuple(one for one in self.documents if one.lacking)

    @property
    def next_name(self) -> str:
        """What a file that comes now most likely is; empty where nothing is lacking."""
        return next((one.names[0] for one in self.lacking), "")


NOTHING_ASKED = AskedOf()


def of_record(
    application: Application, kind: str, facts: Mapping[str, Any], details: Mapping[str, Any], there: Collection[str]
) -> AskedOf:
    """What the notice of the application's round asks of a record; `there` are the documents that its files are."""
    entry = catalog.get(application.round.policy_id)
    known = {**details, **facts, "employer": dossiers.employer_kind(application)}
    found = asked(entry.procedure.documents, kind, known)
    return AskedOf(
        documents=tuple(document for one in found for document in _documents(entry, one, known, there)),
        notes=tuple(_notes(found, known)),
        void=tuple(_void(entry.procedure, kind, details)),
    )


def may_ask(application: Application, kind: str) -> bool:
    """Whether the notice asks documents of such a record at all, under whatever condition."""
    rules = catalog.get(application.round.policy_id).procedure.documents
    return any(one.rule.documents for one in asked(rules, kind, {}))


def names_anywhere(kind: str, facts: Mapping[str, Any], details: Mapping[str, Any]) -> tuple[str, ...]:
    """What a file of the archive may be by any notice there is: which round it will serve is not known yet."""
    found = [one for entry in catalog.current() for one in asked(entry.procedure.documents, kind, {**details, **facts})]
    return tuple(dict.fromkeys(name for one in found for name in one.rule.documents))


def _documents(
    entry: catalog.Entry, one: Asked, facts: Mapping[str, Any], there: Collection[str]
) -> Iterator[Document]:
    rule = one.rule
    groups: Iterable[tuple[str, ...]] = (
        [tuple(rule.documents)] if rule.one_of else [(document,) for document in rule.documents]
    )
    for names in groups:
        yield Document(
            names=names,
            slot=rule.slot,
            clause=rule.clause or "",
            cited=entry.cite(rule),
            reading=rule.reading or "" if document_words.reads(rule, facts) else "",
            there=any(name in there for name in names),
            open_on=tuple(document_words.FACTS.get(name, name) for name in one.unknown),
            optional=rule.optional or rule.fetched,
        )


def _notes(found: Iterable[Asked], facts: Mapping[str, Any]) -> Iterator[str]:
    """Rules that ask for no document, in words: what is typed in, spared, limited or put in order."""
    for one in found:
        rule = one.rule
        if not rule.documents or rule.entered or rule.most or rule.ranked:
            yield document_words.of_rule(one, facts)
        if rule.wants_category and (category := facts.get("category")):
            proof = {
                "category": wording.word(wording.EXPERIENCE, category),
                "proof": wording.word(wording.EXPERIENCE_PROOF, category),
            }
            yield _("%(category)s：%(proof)s。") % proof


def _void(procedure: Procedure, kind: str, details: Mapping[str, Any]) -> Iterator[str]:
    if clause := void_clause(procedure, kind, details):
        sentence = _(
            "无效论文：没有填写中国知网、万方数据或维普网的检索地址，或所填地址不属于这三家，本次不计入条件（%(clause)s）。"
            "请填写该文在其中一家的页面地址；SCI、EI 收录的，请选好“检索或收录”并上传检索报告。"
        )
        yield sentence % {"clause": clause}
