"""What a person reads before choosing: how each title is obtained and where they stand, and what each route asks."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import dossiers
from applications.models import Round
from applications.panel import Stand
from applications.wording import route_name
from portal.models import User
from rules import asking, catalog, comparison
from rules.catalog import Entry
from rules.dossier import Dossier, DossierError

MODES: dict[str, Promise] = {
    "review": gettext_lazy("由评审委员会评审取得"),
    "appointment": gettext_lazy("由用人单位考核聘任取得，请向所在单位申请"),
}


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """A level of the round's policy. `taken`: this round takes it; `word` is empty while the archive is."""

    title: str
    mode: str
    basis: str
    taken: bool
    word: str = ""
    tone: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A special route with the titles it leads to and what it asks, a line a test, in the rules' own words."""

    name: str
    titles: list[str]
    citation: str
    asks: list[str]


def levels(round_: Round, dossier: Dossier | None) -> list[LevelChoice]:
    """Every level of the policy, the lowest first, and what the rules find of the archive at the round's cut-off."""
    entry = catalog.get(round_.policy_id)
    plain = [_level(entry, round_, level) for level in entry.levels]
    if dossier is None:
        return plain
    found = comparison.levels(entry, dossier, as_of=round_.as_of, opened=round_.opens_on)
    sought = {one.level for one in comparison.not_surpassed(found)}
    return [_found(choice, one, surpassed=one.level not in sought) for choice, one in zip(plain, found, strict=True)]


def archive_of(owner: User, round_: Round) -> Dossier | None:
    """The archive as the rules read it; None while there is nothing in it, or something that cannot be read."""
    told = dossiers.before_filing(owner, region=round_.region)
    if not told.keys() - {"employer", "claims"}:
        return None
    try:
        return dossiers.read(told)
    except DossierError:
        return None


def tells_enough(dossier: Dossier | None) -> bool:
    """Whether there is anything in it that a level is judged by; who somebody is alone leaves every level open."""
    if dossier is None:
        return False
    return bool(dossier.education or dossier.titles or dossier.skills or dossier.posts or dossier.achievements)


def routes(round_: Round) -> list[Route]:
    """The special routes that lead to a level of the round."""
    entry = catalog.get(round_.policy_id)
    led: dict[str, list[str]] = {}
    for level in round_.levels:
        for claim in entry.level(level).claims:
            led.setdefault(claim, []).append(level)
    return [_route(entry, claim, taken) for claim, taken in led.items()]


def _level(entry: Entry, round_: Round, level: str) -> LevelChoice:
    modes = entry.procedure.modes
    return LevelChoice(
        title=entry.procedure.title_of(level),
        mode=str(MODES[modes.value[level]]),  # type: ignore[index]
        basis=entry.cite(modes) or _("须由评审办确认"),
        taken=level in round_.levels,
    )


def _found(choice: LevelChoice, one: comparison.LevelStanding, *, surpassed: bool) -> LevelChoice:
    """The level with what the rules find; below a title that is held nobody needs to know."""
    if one.held:
        return replace(choice, word=_("已取得"), tone="success")
    if surpassed:
        return replace(choice, word=_("已取得更高层级"), tone="neutral")
    stand = Stand("", one.verdict)
    return replace(choice, word=stand.word, tone=stand.tone, text=one.text)


def _route(entry: Entry, claim: str, levels: list[str]) -> Route:
    node = entry.policy.claims_at(levels[0], entry.layer)[claim]  # type: ignore[arg-type, index]
    clause = entry.level(levels[0]).claims[claim].clauses[0]
    asks = [line.text for line in asking.asked(node) if not line.clause]
    if node.reading:
        asks.append(_("适用口径：%(reading)s") % {"reading": node.reading})
    return Route(
        name=route_name(claim, clause.label),
        titles=[entry.procedure.title_of(level) for level in levels],
        citation=str(clause.citation),
        asks=asks,
    )
