"""What the rules find of a submitted application: as claimed when it was submitted, and as verified by now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, QualificationCheck
from applications.services.precheck import CLAIMED, check_verified
from rules import catalog, explain
from rules.result import Result

SPARED = "spared"
TONES = {"met": "success", "unmet": "danger", "open": "warning"}
WORDS = {
    "met": gettext_lazy("符合"),
    "unmet": gettext_lazy("不符合"),
    "open": gettext_lazy("待定"),
    SPARED: gettext_lazy("未用到"),
}


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
    def claimed_tone(self) -> str:
        return TONES.get(self.claimed, "neutral")

    @property
    def verified_tone(self) -> str:
        return TONES.get(self.verified, "neutral")

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
    claimed: Mapping[str, Any] = kept.result if kept else {"route": "", "clauses": {}}
    result = check_verified(application)
    verified, exceptional = result.to_dict(), exceptional_clauses(result)
    as_claimed, as_verified = _verdicts(claimed, exceptional), _verdicts(verified, exceptional)
    return Findings(
        headline_claimed=_headline(claimed) if kept else "",
        headline_verified=_headline(verified),
        rows=[
            _row(number, found, claimed["clauses"].get(number, {}), as_claimed.get(number, ""), as_verified[number])
            for number, found in verified["clauses"].items()
        ],
    )


def exceptional_clauses(result: Result) -> set[str]:
    """The clauses of the exceptional route of the level."""
    route = catalog.get(result.policy).levels[result.level].exceptional
    return {clause.number for clause in route.clauses} if route else set()


def spares(*, verdict: str, depth: int, above: str, excepted: bool) -> bool:
    """Whether a clause asks nothing: an item that did not serve one that is met, or one of a route not taken."""
    return verdict != "met" and (excepted or (depth > 0 and above == "met"))


def _verdicts(result: Mapping[str, Any], exceptional: set[str]) -> dict[str, str]:
    above, told = "", {}
    for number, found in result["clauses"].items():
        if found["depth"] == 0:
            above = found["verdict"]
        excepted = result["route"] == "ordinary" and number in exceptional
        spared = spares(verdict=found["verdict"], depth=found["depth"], above=above, excepted=excepted)
        told[number] = SPARED if spared else found["verdict"]
    return told


def _headline(result: Mapping[str, Any]) -> str:
    return explain.headline(result).partition("；")[0]


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
        waits.append(_("待有权人员确认：%(what)s") % {"what": "；".join(found["judgement"])})
    return "；".join(waits)
