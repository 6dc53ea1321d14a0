"""Every route of the portal, from the URL resolver."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# allauth answers for its own routes; static files have none.
FOREIGN = ("account_", "mfa_", "socialaccount_", "usersessions_")


@dataclass(frozen=True)
class Found:
    name: str
    view: Any
    arguments: tuple[str, ...]


def own_routes() -> list[Found]:
    return [route for route in _walk(get_resolver(), "", ()) if not route.name.startswith(FOREIGN)]


def foreign_routes() -> list[Found]:
    """What the log-in library answers."""
    return [route for route in _walk(get_resolver(), "", ()) if route.name.startswith(FOREIGN)]


def _walk(resolver: URLResolver, namespace: str, arguments: tuple[str, ...]) -> Iterator[Found]:
    for entry in resolver.url_patterns:
        taken = (*arguments, *entry.pattern.converters)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner, taken)
        elif isinstance(entry, URLPattern):
            yield Found(f"{namespace}{entry.name or entry.pattern}", entry.callback, taken)
