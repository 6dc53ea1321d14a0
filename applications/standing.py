"""Where an application stands by the rules while it is filled in: asked once a page, beside the form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from applications import clause_tags, dossiers, services
from applications.models import Application
from applications.panel import TONES, word_of
from applications.precheck_page import place_of, places_of
from applications.sections import Section
from applications.sparing import told
from rules import catalog, phrases, reads, serving, words
from rules.dossier import DossierError
from rules.result import ClauseResult, Result


@dataclass(frozen=True, slots=True)
class FedClause:
    """A clause that a section of the form feeds, and how it stands."""

    number: str
    label: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class SectionStanding:
    """The verdict, the clauses that one section feeds, and what the rules miss from this very section."""

    word: str
    tone: str
    clauses: list[FedClause]
    missing: list[str]


class Standing:
    """What the rules find of the records as they stand. `records` are those that go into the application."""

    def __init__(self, application: Application, records: Sequence[dossiers.Record]) -> None:
        self.application, self.records = application, records

    @cached_property
    def result(self) -> Result | None:
        """None where a record cannot be read by the rules."""
        try:
            known = dossiers.read(dossiers.claimed(self.application, self.records))
            return services.precheck(self.application, dossier=known)
        except DossierError:
            return None

    def of(self, section: Section) -> SectionStanding | None:
        """How the clauses stand that the section feeds; None where a record cannot be read."""
        if self.result is None:
            return None
        fed = list(_fed(self.result, section))
        stands = told(_as_kept(self.result))
        return SectionStanding(
            word=phrases.VERDICTS[self.result.verdict],
            tone=TONES[self.result.verdict],
            clauses=[
                FedClause(one.clause, one.label, word_of(verdict), TONES.get(verdict, "neutral"))
                for one in fed
                for verdict in [stands[one.clause].verdict]
            ],
            missing=list(
                dict.fromkeys(
                    words.place(place)
                    for one in fed
                    if not stands[one.clause].quiet
                    for place in one.missing
                    if place_of(place) in section.places
                )
            ),
        )

    def offers(self, kind: str, item: str, posted: Sequence[str] | None) -> clause_tags.Offers:
        """The clauses offered for a record; `posted` are those that the page was sent with."""
        said = next((record.clauses for record in self.records if record.id == item), None)
        return clause_tags.offers(
            self.application, kind, said=said if posted is None else posted, result=self.result, item=item
        )


def _fed(result: Result, section: Section) -> Iterator[ClauseResult]:
    """The clauses that count records of the section, look at what it asks, rest on some, or miss something of it."""
    fits = serving.by_kind(result.policy, result.level)
    counting = {clause for kind in section.kinds for clause in fits.get(kind, ())}
    looked_at = reads.of_clauses(result.policy, result.level)
    if "achievements" in section.places:
        counting |= reads.bounding(result.policy, result.level)
    known = catalog.get(result.policy).level(result.level).clauses
    for number, clause in result.clauses.items():
        resting = {place_of(place) for place in clause.records} | places_of(clause) | looked_at.get(number, frozenset())
        # Every achievement stands under one key: what rests on another kind of them is not fed from here.
        own = resting.intersection(section.places) - {"achievements"}
        if known[number].attested and (number in counting or own):
            yield clause


def _as_kept(result: Result) -> dict[str, object]:
    """As much of a kept result as tells which clauses ask nothing."""
    clauses = {number: {"verdict": one.verdict, "depth": one.depth} for number, one in result.clauses.items()}
    return {"policy": result.policy, "level": result.level, "route": result.route, "clauses": clauses}
