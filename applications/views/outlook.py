"""What would turn an application's finding, and where it stands at other levels and by other policies."""

from applications.models import Application
from applications.side_by_side import SideBySide, side_by_side
from applications.ways import RouteWays, ways_to_yes
from rules import catalog
from rules.dossier import Dossier


def ways_of(application: Application, dossier: Dossier) -> list[RouteWays]:
    round_ = application.round
    entry = catalog.get(round_.policy_id)
    return ways_to_yes(entry, application.level, dossier, as_of=round_.as_of, opened=round_.opens_on)


def beside_of(application: Application, dossier: Dossier) -> SideBySide:
    round_ = application.round
    entry = catalog.get(round_.policy_id)
    return side_by_side(entry, application.level, dossier, as_of=round_.as_of, opened=round_.opens_on)
