"""Fetching everything that authorities hold at one press, once the archive holds the rest."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from applications import connectors
from applications.connectors import Connector
from applications.errors import ActError, Refused
from applications.models import ArchiveItem
from applications.services.completeness import lacking_in
from applications.services.fetching import fetch_record
from portal.models import User


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question, as a sentence for the person."""

    fetched: bool
    told: str


def fetch_all(*, by: User, kinds: Collection[str]) -> list[Outcome]:
    """Asks each connector of these kinds, to which the person has consented; what one refuses stops no other.

    Degrees are asked for by the codes that the archive holds.

    Raises:
        Refused: the archive is not complete, or nothing was consented to.
    """
    if lacking := lacking_in(by):
        raise Refused(told for _section, told in lacking)
    asked = [connector for kind, connector in connectors.connected().items() if kind in kinds]
    if not asked:
        raise Refused([_("没有选择向谁查询，没有获取任何内容。请勾选同意查询的部门后再获取。")])
    return [outcome for connector in asked for outcome in _fetched(by, connector)]


def _fetched(by: User, connector: Connector) -> Iterator[Outcome]:
    if not connector.needs_code:
        yield _asked(by, connector)
        return
    coded = [item for item in _own(by, connector.kind) if item.details.get("verification_code")]
    if not coded:
        told = _("%(source)s：凭验证码查询，档案中还没有填写验证码。")
        yield Outcome(fetched=False, told=told % {"source": connector.source})
    for item in coded:
        yield _asked(by, connector, item)


def _asked(by: User, connector: Connector, item: ArchiveItem | None = None) -> Outcome:
    details = item.details if item else {}
    last = details.get("verification_expires_on")
    try:
        fetch_record(
            by=by,
            connector=connector,
            consented=True,
            code=details.get("verification_code", ""),
            expires_on=date.fromisoformat(last) if last else None,
            item=item,
        )
    except ActError as error:
        return Outcome(fetched=False, told=f"{connector.source}：{error}")
    return Outcome(fetched=True, told=_("已从%(source)s获取。") % {"source": connector.source})


def _own(owner: User, kind: str) -> list[ArchiveItem]:
    return list(ArchiveItem.objects.visible_to(owner).kept().filter(owner=owner, kind=kind))
