"""What the rules find of a submitted application: as claimed when it was submitted, and as verified by now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, FindingOverride, QualificationCheck
from applications.panel import TONES, Headline, Panel, headline, panel, word_of
from applications.reading import title_of
from applications.records import NOTHING
from applications.sections import of_kind
from applications.services.precheck import CLAIMED, check_verified
from applications.sparing import SPARED, Told, told
from rules.model import Gap
from rules.words import question

CONCERNED = {"front_line": gettext_lazy("疫情防控一线人员")}
AS_CLAIMED = gettext_lazy("按申报")
AS_VERIFIED = gettext_lazy("按已核验")


@dataclass(frozen=True, slots=True)
class Row:
    """One clause: how it stands as claimed and as verified, and what the difference waits for.

    SPARED is a clause that asks nothing because another served.
    """

    clause: str
    depth: int
    text: str
    reading: str
    claimed: str
    verified: str
    waits_for: str

    @property
    def verified_tone(self) -> str:
        return TONES.get(self.verified, "neutral")

    @property
    def verified_word(self) -> str:
        return word_of(self.verified)


@dataclass(frozen=True, slots=True)
class ShownOverride:
    """An officer's own finding. `stands` while it is not withdrawn and about the live submission."""

    row: FindingOverride
    stands: bool

    @property
    def word(self) -> str:
        return word_of(self.row.verdict)

    @property
    def tone(self) -> str:
        return TONES[self.row.verdict]

    @property
    def found(self) -> str:
        return word_of(self.row.found)


@dataclass(frozen=True, slots=True)
class Findings:
    """`rows` are the clauses one by one, `panel` the same as a tree to open.

    `flags`: rules that no pack judges and that are about this person by their own word.
    """

    rows: list[Row]
    panel: Panel
    flags: list[str]


def headlines(application: Application) -> list[Headline]:
    """The verdicts of both views alone, for where somebody is about to decide."""
    claimed = _kept_claim(application)
    views = [(AS_CLAIMED, claimed)] if claimed else []
    return [
        headline(found, view=str(view))
        for view, found in [*views, (AS_VERIFIED, check_verified(application).to_dict())]
    ]


def findings(application: Application) -> Findings:
    """Both views side by side. The claimed one is what was kept at submission; nothing is written."""
    claimed = _kept_claim(application)
    verified = check_verified(application).to_dict()
    as_claimed, as_verified = told(claimed) if claimed else {}, told(verified, claimed=claimed)
    clauses = claimed["clauses"] if claimed else {}
    rows = [
        _row(
            number,
            found,
            clauses.get(number, {}),
            as_claimed.get(number, Told("")).verdict,
            as_verified[number].verdict,
        )
        for number, found in verified["clauses"].items()
    ]
    shown = _panel(application, claimed, verified, rows)
    return Findings(rows=rows, panel=shown, flags=_flags(application, shown.gaps))


def _kept_claim(application: Application) -> Mapping[str, Any] | None:
    kept = QualificationCheck.objects.filter(snapshot=application.snapshot, view=CLAIMED).order_by("-pk").first()
    return kept.result if kept else None


def _panel(
    application: Application, claimed: Mapping[str, Any] | None, verified: Mapping[str, Any], rows: list[Row]
) -> Panel:
    views = [(str(AS_CLAIMED), claimed)] if claimed else []
    names = names_of(application)
    shown = panel([*views, (str(AS_VERIFIED), verified)], name_of=lambda id_: names.get(id_, id_))
    waits = {row.clause: row.waits_for for row in rows}
    overridden = overrides_of(application)
    for clause in shown.flat:
        clause.waits_for = waits.get(clause.number, "")
        clause.overrides = overridden.get(clause.number, [])
    return shown


def _flags(application: Application, gaps: Iterable[Gap]) -> list[str]:
    records = application.snapshot.data["records"] if application.snapshot else []
    said = {name for record in records for name, value in record["details"].items() if value is True}
    return [
        _("请核对：申报人填写为%(whom)s（%(clause)s）。%(why)s。")
        % {"whom": CONCERNED[gap.concerns], "clause": gap.clause, "why": gap.why}
        for gap in gaps
        if gap.concerns is not None and gap.concerns in said
    ]


def overrides_of(application: Application) -> dict[str, list[ShownOverride]]:
    """What officers have set beside the findings, by clause, in the order it was set; withdrawn ones too."""
    rows = FindingOverride.objects.filter(snapshot__application=application)
    found: dict[str, list[ShownOverride]] = {}
    for row in rows.select_related("organization", "decided_by", "withdrawn_by"):
        stands = not row.is_withdrawn and row.snapshot_id == application.snapshot_id
        found.setdefault(row.clause, []).append(ShownOverride(row, stands))
    return found


def standing_overrides(application: Application) -> list[FindingOverride]:
    """The officers' own findings that stand on the live submission."""
    rows = FindingOverride.objects.filter(snapshot=application.snapshot_id, withdrawn_at=None)
    return list(rows.select_related("decided_by"))


def names_of(application: Application) -> dict[str, str]:
    """The records of the live snapshot by id, in words."""
    records = application.snapshot.data["records"] if application.snapshot else []
    return {
        record["id"]: title_of(of_kind(record["kind"]).part(record["kind"]), record["facts"], record["details"])
        for record in records
        if record["kind"] != NOTHING
    }


def _row(number: str, found: Mapping[str, Any], claimed: Mapping[str, Any], as_claimed: str, as_verified: str) -> Row:
    return Row(
        clause=number,
        depth=found["depth"],
        text=claimed.get("text") or found["text"],
        reading=found["reading"] or "",
        claimed=as_claimed,
        verified=as_verified,
        waits_for="" if as_verified == SPARED else _waits_for(found, claimed),
    )


def _waits_for(found: Mapping[str, Any], claimed: Mapping[str, Any]) -> str:
    """In the verified view a missing fact is one that nobody has verified, unless it was never claimed either."""
    waits = []
    if found["verdict"] == "open" and "consents" in found["missing"]:
        waits.append(_("待业务主管部门签署破格同意"))
    if found["verdict"] == "open" and set(found["missing"]) - set(claimed.get("missing", ())) - {"consents"}:
        waits.append(_("有关条目尚待核验"))
    if found["verdict"] == "open" and found["judgement"]:
        waits.append(_("待有权人员确认：%(what)s") % {"what": "；".join(map(question, found["judgement"]))})
    return "；".join(waits)
