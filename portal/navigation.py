"""The header menu: each app registers what it offers to a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from portal.models import User


@dataclass(frozen=True, slots=True)
class NavItem:
    """`public` entries are everybody's; they stand apart from one's own work."""

    label: str
    url: str
    order: int = 100
    public: bool = False


Provider = Callable[[User | AnonymousUser], Iterable[NavItem]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Adds a provider; called from an app's `ready()`. Twice the same is once. Works as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def items_for(user: User | AnonymousUser) -> list[NavItem]:
    """The menu of a person, in order; the same address twice is shown once."""
    found = {item.url: item for provider in reversed(_providers) for item in provider(user)}
    return sorted(found.values(), key=lambda item: (item.order, item.label))


def place_of(path: str, items: Iterable[NavItem]) -> str:
    """The address of the entry a page belongs to: its own, else the nearest above it among one's own work."""
    above = [item.url for item in items if item.url == path or (not item.public and path.startswith(item.url))]
    return max(above, key=len, default="")
