"""What the rules find of a submitted application: as claimed when it was submitted, and as verified by now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, QualificationCheck
from applications.services.precheck import CLAIMED, check_verified
from rules import explain

TONES = {"met": "success", "unmet": "danger", "open": "warning"}
WORDS = {"met": gettext_lazy("符合"), "unmet": gettext_lazy("不符合"), "open": gettext_lazy("待定")}


@dataclass(frozen=True, slots=True)
class Row:
    """One clause: how it stands as claimed and as verified, and what the difference waits for."""

    clause: str
    depth: int
    text: str
    reading: str
    claimed: str
    verified: str
    waits_for: str

    @property
    def claimed_tone(self) -> str:
        return TONES.get(self.claimed, "neutral")

    @property
    def verified_tone(self) -> str:
        return TONES[self.verified]

    @property
    def claimed_word(self) -> str:
        return word_of(self.claimed)

    @property
    def verified_word(self) -> str:
        return word_of(self.verified)


@dataclass(frozen=True, slots=True)
class Findings:
    headline_claimed: str
    headline_verified: str
    rows: list[Row]


def word_of(verdict: str) -> str:
    return str(WORDS.get(verdict, "—"))


def findings(application: Application) -> Findings:
    """Both views side by side. The claimed one is what was kept at submission; nothing is written."""
    kept = QualificationCheck.objects.filter(snapshot=application.snapshot, view=CLAIMED).order_by("-pk").first()
    claimed: Mapping[str, Any] = kept.result if kept else {"clauses": {}}
    verified = check_verified(application).to_dict()
    return Findings(
        headline_claimed=_headline(claimed) if kept else "",
        headline_verified=_headline(verified),
        rows=[_row(number, found, claimed["clauses"].get(number, {})) for number, found in verified["clauses"].items()],
    )


def _headline(result: Mapping[str, Any]) -> str:
    return explain.headline(result).partition("；")[0]


def _row(number: str, found: Mapping[str, Any], claimed: Mapping[str, Any]) -> Row:
    return Row(
        clause=number,
        depth=found["depth"],
        text=claimed.get("text") or found["text"],
        reading=found["reading"] or "",
        claimed=claimed.get("verdict", ""),
        verified=found["verdict"],
        waits_for=_waits_for(found, claimed),
    )


def _waits_for(found: Mapping[str, Any], claimed: Mapping[str, Any]) -> str:
    """In the verified view a missing fact is one that nobody has verified, unless it was never claimed either."""
    waits = []
    if found["verdict"] == "open" and set(found["missing"]) - set(claimed.get("missing", ())):
        waits.append(_("有关条目尚待核验"))
    if found["verdict"] == "open" and found["judgement"]:
        waits.append(_("待有权人员确认：%(what)s") % {"what": "；".join(found["judgement"])})
    return "；".join(waits)
