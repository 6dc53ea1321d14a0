"""The manuals that the front page offers to everybody: each app registers where its own come from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Handbook:
    """One manual to download; `note` says what it belongs to."""

    title: str
    url: str
    note: str = ""


Provider = Callable[[], Iterable[Handbook]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Adds a provider; called from an app's `ready()`. Twice the same is once."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def offered() -> list[Handbook]:
    return [handbook for provider in _providers for handbook in provider()]
