"""From archive records to the dossier the rules read, as claimed and as verified, and to the frozen snapshot.

The verified view keeps every record that nobody has looked at, emptied of its facts: a list in a dossier is
complete, so leaving the record out would say "there is none", while an empty one says "not known yet".
Sanctions stay as declared: nobody has to verify what a person says against themselves. The supervising body's consent
to an exception is its own signed decision (ADR 0017): once it has spoken its word stands in both views, and before
that a letter which the applicant uploads is a claim that no employer can verify.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, get_args

from django.db.models import OuterRef, QuerySet, Subquery

from applications import corrections, frozen_files
from applications.dossier_places import as_told, as_verified, filled
from applications.models import Application, ArchiveItem, ClauseTags, Evidence, ExceptionConsent, Snapshot, Verification
from applications.paper_addresses import void_clause
from applications.records import NOTHING, VOCABULARY
from applications.sections import SECTIONS
from portal import identity
from portal.composed import Given, composed
from portal.models import User
from rules import catalog, vocabulary
from rules.dossier import Dossier, decode

CONTENT_VERSION = 1
# What is read of a record, and of a file that hangs on it: their rows hold more, and twenty files are twenty rows.
WRITTEN = ("pk", "public_id", "kind", "facts", "details", "content_sha256", "unread", "fetched")
FILE = ("public_id", "slot", "document", "file__name", "file__content_type", "file__received_sha256")


@dataclass(frozen=True, slots=True)
class Record:
    """An archive item as it stands, or as a snapshot froze it. `confirmed` is None while nobody has looked.

    `clauses` are those the applicant says it serves in the application; None where nothing is said of it. `fetched` is
    where it comes from as it stands (`applications.fetched`), empty where it was typed or changed since.
    """

    id: str
    kind: str
    facts: Mapping[str, Any]
    details: Mapping[str, Any]
    sha256: str
    evidence: tuple[Mapping[str, Any], ...] = ()
    confirmed: bool | None = None
    reason: str = ""
    unread: Mapping[str, str] = field(default_factory=dict)
    clauses: tuple[str, ...] | None = None
    fetched: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """What is submitted: canonical JSON text and its hash."""

    text: str
    sha256: str
    data: Mapping[str, Any] = field(repr=False)


def canonical(data: object) -> str:
    """JSON with sorted keys and no spaces: equal content, equal text."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def item_sha256(item: ArchiveItem) -> str:
    """The hash of a record with its evidence, by the bytes as uploaded and the document that each is said to be."""
    held = item.evidence.kept().values_list("slot", "file__received_sha256", "document")
    files = sorted([*file, document] if document else file for *file, document in held)
    return sha256(canonical([item.kind, item.facts, item.details, files]))


def written_sha256(item: Any) -> str:
    """The hash of what is written in a record: a file that comes or goes meanwhile overwrites nothing of it."""
    return sha256(canonical([item.kind, item.facts, item.details, []]))


def chosen(application: Application, asked: corrections.Mending | None = None) -> list[Record]:
    """The records chosen for an application as they stand now, in the order of the form and of their entry.

    What a return leaves closed stays as it was submitted, whatever became of it in the archive since; `asked` is the
    return (`corrections.mending`), where a page has read it already.
    """
    return _with_findings(filled_in(application, asked))


def filled_in(application: Application, asked: corrections.Mending | None = None) -> list[Record]:
    """The same for the pages of filling in, without who found what of the records."""
    records, before = _with_files(_told(application.pk), _files_told(application.pk)), application.snapshot
    asked = asked or corrections.mending(application)
    if asked is None or before is None:
        return records
    found = {(record.id, record.sha256): record.confirmed for record in records}
    kept = [replace(record, confirmed=found.get((record.id, record.sha256))) for record in submitted(before)]
    place = {record.id: number for number, record in enumerate(kept)}
    kept = [record for record in kept if not _opened(asked, record)]
    mended = [record for record in records if _opened(asked, record)]
    return _in_form_order(sorted([*kept, *mended], key=lambda record: place.get(record.id, len(place))))


def to_judge(application: Application, asked: corrections.Mending | None = None) -> list[Record]:
    """The same as the rules read them, without files: one query, for pages of one record that no return holds."""
    if asked is not None:
        return filled_in(application, asked)
    return _in_form_order(map(_record, _told(application.pk)))


@composed
def _told(application: Given) -> QuerySet[Any, Any]:
    """The chosen records, each with its tags here, and `found`: what was found of it as it stands."""
    tags = ClauseTags.objects.filter(item=OuterRef("pk"), application=application)
    # A denial by anyone comes first, and stands.
    found = Verification.objects.filter(item=OuterRef("pk"), content_sha256=OuterRef("content_sha256"))
    items = ArchiveItem.objects.kept().filter(applications=application)
    items = items.annotate(tagged=Subquery(tags.values("clauses")[:1]))
    items = items.annotate(found=Subquery(found.order_by("confirmed").values("confirmed")[:1]))
    return items.values_list(*WRITTEN, "tagged", "found", named=True)


@composed
def _files_told(application: Given) -> QuerySet[Any, Any]:
    held = Evidence.objects.kept().usable().filter(item__applications=application)
    return held.values_list("item", *FILE)


def archived(owner: User) -> list[Record]:
    """All that a person keeps, application or none."""
    items = ArchiveItem.objects.kept().filter(owner=owner).values_list(*WRITTEN, named=True)
    files = Evidence.objects.kept().usable().filter(item__owner=owner).values_list("item", *FILE)
    return _with_findings(_with_files(items, files))


def submitted(snapshot: Snapshot) -> list[Record]:
    """The records of a snapshot as they were submitted, without what was found of them since."""
    return [
        Record(
            id=record["id"],
            kind=record["kind"],
            facts=record["facts"],
            details=record["details"],
            sha256=record["sha256"],
            evidence=tuple(record["evidence"]),
            clauses=_tags(record.get("clauses")),
            fetched=record.get("fetched", {}),
        )
        for record in snapshot.data["records"]
    ]


def frozen(snapshot: Snapshot) -> list[Record]:
    """The records of a snapshot, each with what has been verified of exactly that content."""
    return _with_findings(submitted(snapshot))


def _opened(asked: corrections.Mending, record: Record) -> bool:
    return asked.opens_record(corrections.section_of(record.kind, record.facts), record.id)


def _with_files(items: Iterable[Any], files: Iterable[Any]) -> list[Record]:
    """The records as they stand, each with the files that hang on it and were not refused."""
    held: dict[int, list[dict[str, Any]]] = {}
    for item, id_, slot, document, name, type_, sha in files:
        piece = {"id": str(id_), "slot": slot, "document": document, "name": name, "type": type_, "sha256": sha}
        held.setdefault(item, []).append(piece)
    return _in_form_order(_record(item, held.get(item.pk, ())) for item in items)


def _record(item: Any, files: Iterable[Mapping[str, Any]] = ()) -> Record:
    return Record(
        id=str(item.public_id),
        kind=item.kind,
        facts=item.facts,
        details=item.details,
        sha256=item.content_sha256,
        evidence=tuple(files),
        confirmed=getattr(item, "found", None),
        unread=item.unread,
        clauses=_tags(getattr(item, "tagged", None)),
        fetched=_fetched(item),
    )


def _with_findings(records: Sequence[Record]) -> list[Record]:
    """Each record with what has been verified of exactly its content."""
    found: dict[tuple[str, str], list[Verification]] = {}
    rows = Verification.objects.filter(item__public_id__in=[record.id for record in records])
    for row in rows.select_related("item"):
        found.setdefault((str(row.item.public_id), row.content_sha256), []).append(row)
    return [replace(record, **_finding(found.get((record.id, record.sha256), []))) for record in records]


def consent_on(snapshot: Snapshot) -> ExceptionConsent | None:
    """The supervising body's last word on an exception, about exactly this content."""
    said = ExceptionConsent.objects.filter(
        step__application=snapshot.application_id, snapshot_sha256=snapshot.sha256
    ).order_by("pk")
    return said.select_related("step__organization", "decided_by").last()


def claimed(
    application: Application, records: Iterable[Record], *, consent: ExceptionConsent | None = None
) -> dict[str, Any]:
    """The dossier as the applicant tells it."""
    dossier = _dossier(application, list(records), entry=as_told, told=lambda record: record.confirmed is not False)
    return dossier | _consents(consent)


def before_filing(owner: User, *, region: str) -> dict[str, Any]:
    """The dossier that the archive alone tells: nothing is asked for yet, and no employer has spoken."""
    bare: dict[str, Any] = {"employer": {"region": region}, "claims": []}
    return filled(bare, archived(owner), entry=as_told, told=lambda record: record.confirmed is not False)


def verified(
    application: Application, records: Iterable[Record], *, consent: ExceptionConsent | None = None
) -> dict[str, Any]:
    """The dossier as far as somebody competent has verified it; what was denied is not in it."""
    held = list(records)
    dossier = _dossier(application, held, entry=as_verified, told=lambda record: record.confirmed is True)
    if any(record.kind == "consent" for record in held):
        dossier.pop("consents", None)
    return dossier | _consents(consent)


def read(dossier: Mapping[str, Any]) -> Dossier:
    """The dossier in the rules' own types; raises `rules.dossier.DossierError`."""
    return decode(dossier)


def content(application: Application, records: Sequence[Record] | None = None) -> Content:
    """What the application says now, as it would be frozen: the identity number stands masked.

    `records` are those `chosen`, where a page has read them already.
    """
    records = chosen(application) if records is None else records
    round_, policy = application.round, catalog.get(application.round.policy_id)
    data = {
        "version": CONTENT_VERSION,
        "vocabulary": VOCABULARY,
        "applicant": {"name": application.applicant.name, "identity": identity.masked(application.applicant)},
        "employer": {
            "id": str(application.employer.public_id),
            "name": application.employer.name,
            "kind": application.employer.ownership,
            "region": application.employer.region,
        },
        "round": {
            "id": str(round_.public_id),
            "name": round_.name,
            "year": round_.year,
            "committee": round_.committee.name,
            "office": round_.office.name,
            "series": round_.series,
            "specialty": round_.specialty,
            "as_of": round_.as_of.isoformat(),
        },
        "policy": {"id": round_.policy_id, "sha256": round_.policy_sha256},
        "level": application.level,
        "title": policy.procedure.title_of(application.level),
        "direction": application.direction,
        "topic": application.topic,
        "claims": application.claims,
        "records": [
            {
                "id": record.id,
                "kind": record.kind,
                "facts": record.facts,
                "details": record.details,
                "sha256": record.sha256,
                "evidence": record.evidence,
                **({} if record.clauses is None else {"clauses": record.clauses}),
                **({"fetched": record.fetched} if record.fetched else {}),
            }
            for record in records
        ],
        "dossier": claimed(application, records),
    }
    text = canonical(data)
    return Content(text=text, sha256=sha256(text), data=json.loads(text))


def with_commitment(content: Content, commitment: Mapping[str, Any], files: Mapping[str, str]) -> Content:
    """What is frozen at submission: the content, the commitment signed on exactly it, and the files as they stand."""
    signed = {**commitment, "content_sha256": content.sha256}
    text = canonical({**content.data, "commitment": signed, frozen_files.KEY: files})
    return Content(text=text, sha256=sha256(text), data=json.loads(text))


def excluded_by(application: Application, records: Iterable[Record], day: date) -> list[str]:
    """The clauses that bar the person on a day, whatever the round's cut-off."""
    from rules import engine  # noqa: PLC0415  the engine is heavy and only the checks need it

    result = engine.judge(
        application.round.policy_id,
        application.level,
        read(claimed(application, records)),
        as_of=day,
        opened=application.round.opens_on,
    )
    return list(result.excluded_by)


def _dossier(application: Application, records: list[Record], *, entry: Any, told: Any) -> dict[str, Any]:
    dossier: dict[str, Any] = {"employer": _employer(application), "claims": list(application.claims)}
    if application.performance_assessment:
        dossier["performance_assessment"] = application.performance_assessment
    # Nobody attests what was never submitted.
    attested = {row.clause: row.value for row in application.attestations.all()} if application.snapshot_id else {}
    if attested:
        dossier["attestations"] = attested
    procedure = catalog.get(application.round.policy_id).procedure
    void = {record.id for record in records if void_clause(procedure, record.kind, record.details)}
    return filled(dossier, records, entry=entry, told=told, void=void)


def _consents(consent: ExceptionConsent | None) -> dict[str, Any]:
    if consent is None:
        return {}
    return {"consents": ["supervising_body"] if consent.given else []}


def employer_kind(application: Application) -> str | None:
    """The kind of employer applied from, in the contract's words; None for a body that is none there."""
    return _employer(application).get("kind")


def _employer(application: Application) -> dict[str, str]:
    """Kind and region in the contract's words; a government body is no employer kind there."""
    employer = {"region": application.employer.region}
    if application.employer.ownership in get_args(vocabulary.EmployerKind):
        employer["kind"] = application.employer.ownership
    return employer


def _finding(rows: list[Verification]) -> dict[str, Any]:
    """The last word on a record: a denial by anyone stands until the content changes."""
    if not rows:
        return {}
    denial = next((row for row in rows if not row.confirmed), None)
    return {"confirmed": denial is None, "reason": denial.reason if denial else ""}


def _tags(said: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if said is None else tuple(said)


def _fetched(item: Any) -> Mapping[str, Any]:
    """Who answered, when, and whether somebody only stood in; nothing once a word is another."""
    said = item.fetched
    if not said or said["sha256"] != written_sha256(item):
        return {}
    return {"source": said["source"], "at": said["at"], "stand_in": said["stand_in"]}


def _in_form_order(records: Iterable[Record]) -> list[Record]:
    order = [kind for page in SECTIONS for kind in page.kinds] + [NOTHING]
    return sorted(records, key=lambda record: order.index(record.kind))
