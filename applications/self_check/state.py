"""What has been answered so far. It travels in a hidden field of the form, and is validated anew at every step.

The server keeps nothing: no row, no session, no cookie (ADR 0020). So whatever comes back is a stranger's word.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import msgspec
from msgspec import Struct

from rules import catalog
from rules.dossier import DossierError, decode
from rules.json_text import JsonError, loads

MOST_CHARACTERS: Final = 64 * 1024
MOST_ENTRIES: Final = 30
VERSION: Final = 1


class UnreadableState(ValueError):  # noqa: N818  named for what it is
    """What came back is not what a page of ours sent out. Says nothing of its content, which is personal."""


class State(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """`as_of` is the day that years and achievements count to, `opened` the day the round opened, if another."""

    version: int = VERSION
    policy: str = ""
    level: str = ""
    as_of: date | None = None
    opened: date | None = None
    dossier: dict[str, Any] = msgspec.field(default_factory=dict)

    @property
    def has_policy(self) -> bool:
        return bool(self.policy)

    @property
    def entry(self) -> catalog.Entry:
        return catalog.get(self.policy)

    @property
    def title(self) -> str:
        return self.entry.procedure.title_of(self.level)

    def day(self, today: date) -> date:
        """The day counted to: the one asked for, else the policy's own cut-off, else today or the last day in force."""
        if self.as_of is not None:
            return self.as_of
        if (stated := cut_off(self.entry)) is not None:
            return stated
        effective = self.entry.policy.effective
        if effective.until is not None and effective.until < today:
            return effective.until
        return max(today, self.opened or effective.since)

    def opening(self, today: date) -> date | None:
        """The day the round opened, where it is another: a cut-off before the policy's time is of a round in it."""
        day, effective = self.day(today), self.entry.policy.effective
        if self.opened is not None or day != cut_off(self.entry) or effective.holds(day):
            return self.opened
        return effective.since

    def with_dossier(self, dossier: dict[str, Any]) -> "State":
        return msgspec.structs.replace(self, dossier=dossier)


def cut_off(entry: catalog.Entry) -> date | None:
    """The 终算时间 that the policy itself states; None where each round sets its own."""
    stated = entry.procedure.cut_off
    return None if stated is None else stated.value


def write(state: State) -> str:
    """The state as the hidden field carries it."""
    return json.dumps(msgspec.to_builtins(state), ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> State:
    """The state that a page sent back; an empty text is the beginning.

    Raises:
        UnreadableState: too long, not of this shape, or a dossier, policy or level that the rules do not know.
    """
    if not text:
        return State()
    if len(text) > MOST_CHARACTERS:
        raise UnreadableState
    try:
        state = msgspec.convert(loads(text), State)
        decode(state.dossier)
        if state.has_policy:
            state.entry.level(state.level)
    except (JsonError, msgspec.ValidationError, DossierError, catalog.UnknownPolicy):
        raise UnreadableState from None
    if state.version != VERSION or _too_many(state.dossier) or not _dates_fit(state):
        raise UnreadableState
    return state


def _too_many(dossier: Mapping[str, Any]) -> bool:
    education = dossier.get("continuing_education") or {}
    lists = [*dossier.values(), education.get("years")]
    return any(isinstance(value, list) and len(value) > MOST_ENTRIES for value in lists)


def _dates_fit(state: State) -> bool:
    return all(day is None or 1900 <= day.year <= 2100 for day in (state.as_of, state.opened))
