"""The way to yes on a page: what would turn each route, in the rules' own words. It advises and promises nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from applications.panel import Stand
from applications.sections import SECTIONS, Section
from portal.chinese_dates import cn_date
from rules import phrases
from rules.advice import Addition, Way, advise, wording
from rules.catalog import Entry
from rules.dossier import Dossier


@dataclass(frozen=True, slots=True)
class ShownAddition:
    """One thing more; `sections` are the pages of the form where a fact is entered."""

    text: str
    sections: list[Section] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownWay:
    """Additions that together would do, and from when: `when` is empty where they would do at once."""

    when: str
    additions: list[ShownAddition]


@dataclass(frozen=True, slots=True)
class RouteWays:
    route: str
    stand: Stand
    ways: list[ShownWay]


def ways_to_yes(
    entry: Entry, level: str, dossier: Dossier, *, as_of: date, opened: date | None = None
) -> list[RouteWays]:
    """Every route with its shortest ways; empty where one is met already, or the criteria are not verified.

    A way that asks for all that another asks, and for more, is nobody's way; a route of only such ways is left out.
    """
    advice = advise(entry, level, dossier, as_of=as_of, opened=opened)
    routes = advice.routes
    if advice.unverified or any(route.verdict == "met" for route in routes):
        return []
    known = [way for route in routes for way in route.ways]
    taken = {route.route: [way for way in route.ways if not _asks_needlessly(way, known)] for route in routes}
    return [
        RouteWays(
            phrases.ROUTES[route.route],
            Stand("", route.verdict),
            [
                ShownWay(
                    _("%(day)s起") % {"day": cn_date(way.day)} if way.day > as_of else "",
                    [_shown(addition) for addition in way.additions],
                )
                for way in taken[route.route]
            ],
        )
        for route in routes
        if taken[route.route] or not route.ways
    ]


def _asks_needlessly(way: Way, known: Iterable[Way]) -> bool:
    """Whether another way asks for part of this one's additions only, and takes no longer."""
    own = {addition.text for addition in way.additions}
    return any(other.day <= way.day and {addition.text for addition in other.additions} < own for other in known)


def _shown(addition: Addition) -> ShownAddition:
    root = (addition.place or "").partition("[")[0].partition(".")[0]
    sections = [page for page in SECTIONS if root in page.places] if addition.kind == "fact" else []
    return ShownAddition(wording.undated(addition), sections)
