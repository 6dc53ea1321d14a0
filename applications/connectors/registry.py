"""Which connectors this installation has, by the setting `CONNECTORS`."""

from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from applications.connectors.protocol import Connector


def of_kind(kind: str) -> Connector | None:
    """The connector that fills records of the kind; None where none is connected."""
    return connected().get(kind)


def connected() -> Mapping[str, Connector]:
    """All that are connected, by the kind of record that each fills."""
    return _named(tuple(settings.CONNECTORS), stand_ins_are_allowed())


def stand_ins_are_allowed() -> bool:
    return bool(settings.DEMO)


@lru_cache
def _named(paths: tuple[str, ...], with_stand_ins: bool) -> Mapping[str, Connector]:
    """The connectors by kind.

    Raises:
        ImproperlyConfigured: a stand-in outside the demo, or two for one kind.
    """
    found: dict[str, Connector] = {}
    for path in paths:
        connector: Connector = import_string(path)()
        if connector.is_stand_in and not with_stand_ins:
            raise ImproperlyConfigured(f"CONNECTORS: {path} only stands in; it works with DEMO=1 alone.")
        if connector.kind in found:
            raise ImproperlyConfigured(f"CONNECTORS: {path} is the second for records of kind {connector.kind!r}.")
        found[connector.kind] = connector
    return found
