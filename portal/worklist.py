"""What waits for a person: each app registers a provider, the home page shows the sum."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from portal.models import User


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of the to-do list: how many of what wait, where to go, by when (a business day), in which order."""

    title: str
    count: int
    url: str
    due: date | None = None
    order: int = 100


Provider = Callable[[User], Iterable[WorkItem]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Adds a provider; called from an app's `ready()`. Twice the same is once. Works as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def items_for(user: User) -> list[WorkItem]:
    """What waits for the person, what is due first on top; items without anything waiting are left out."""
    items = [item for provider in _providers for item in provider(user) if item.count]
    return sorted(items, key=lambda item: (item.order, item.due or date.max, item.title))
