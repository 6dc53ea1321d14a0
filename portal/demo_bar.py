"""The bar of the demonstration: business time, jumps through it, other personas, acts of people nobody plays.

Only with settings.DEMO; without it neither the bar nor its routes exist. Rooms register in their `ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.demo import PERSONAS, Persona
from portal.models import User

Target = Callable[[User | None], datetime | None]
Act = Callable[[User | None], str]
Available = Callable[[User | None], bool]


@dataclass(frozen=True, slots=True)
class Jump:
    """A way forward through business time; `target` gives the moment (aware), or None where there is none."""

    key: str
    label: str | Promise
    target: Target


@dataclass(frozen=True, slots=True)
class DemoAct:
    """What people nobody plays would do; `run` does it through services and returns a sentence about it."""

    key: str
    label: str | Promise
    available: Available
    run: Act


@dataclass(frozen=True, slots=True)
class Bar:
    """What the bar shows: the business moment, who is acting, where one can go."""

    now: datetime
    user: User | None
    path: str
    jumps: tuple[tuple[Jump, datetime], ...]
    acts: tuple[DemoAct, ...]
    personas: tuple[Persona, ...] = PERSONAS


_jumps: dict[str, Jump] = {}
_acts: dict[str, DemoAct] = {}


def register_jump(label: str | Promise, target: Target, *, key: str = "") -> None:
    """Adds a jump; `target` gets the person (None if nobody is signed in), gives an aware moment or None."""
    key = key or f"jump-{len(_jumps) + 1}"
    _jumps[key] = Jump(key, label, target)


def register_act(label: str | Promise, run: Act, *, available: Available, key: str = "") -> None:
    """Adds an act, offered while `available`; `run` returns the sentence that says what happened."""
    key = key or f"act-{len(_acts) + 1}"
    _acts[key] = DemoAct(key, label, available, run)


def next_day(_user: User | None = None) -> datetime:
    """Nine in the morning of the next business day by the calendar."""
    return datetime.combine(clock.today() + timedelta(days=1), time(9), tzinfo=clock.ZONE)


register_jump(_("次日"), next_day, key="next-day")


def jump(key: str, user: User | None) -> datetime | None:
    """The moment a jump leads to for this person, or None where the jump is unknown or leads nowhere ahead."""
    found = _jumps.get(key)
    moment = found.target(user) if found else None
    return moment if moment is not None and moment > clock.now() else None


def act(key: str, user: User | None) -> DemoAct | None:
    """The act of that key, where it is offered to this person now."""
    found = _acts.get(key)
    return found if found and found.available(user) else None


def bar(request: HttpRequest) -> Bar:
    """The bar for this request; costs what the registered jumps and acts cost."""
    someone = getattr(request, "user", None)
    user = someone if isinstance(someone, User) else None
    ahead = ((found, jump(found.key, user)) for found in _jumps.values())
    return Bar(
        now=clock.now(),
        user=user,
        path=request.get_full_path(),
        jumps=tuple((found, moment) for found, moment in ahead if moment is not None),
        acts=tuple(found for found in _acts.values() if found.available(user)),
    )
