"""Business time: the one source of "today" for deadlines, notices, policies and documents.

Times are aware, in Asia/Shanghai. Sessions, throttles, logs and job heartbeats keep the machine's clock
(`machine_now`). Under DEMO business time is a row that can be moved forward, never back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

ZONE = ZoneInfo("Asia/Shanghai")
DEMO_START = datetime(2025, 3, 3, 9, 0, tzinfo=ZONE)

_frozen: list[datetime] = []
# When the request at work came in: by the machine's clock, and by business time where that stands still.
_arrival: ContextVar[tuple[datetime, datetime | None] | None] = ContextVar("arrival", default=None)


class ClockError(ValueError):
    """The business clock cannot be moved as asked; the sentence says why."""


def machine_now() -> datetime:
    """The machine's clock, aware, in Asia/Shanghai."""
    return timezone.now().astimezone(ZONE)


def now() -> datetime:
    """Business time, aware, in Asia/Shanghai."""
    if _frozen:
        return _frozen[-1]
    if settings.DEMO:
        return _demo_at(machine_now())
    return machine_now()


def arrived() -> datetime:
    """Business time when the request at work reached the server, however long it has taken since; else now."""
    stamp = _arrival.get()
    if stamp is None:
        return now()
    machine, frozen_at = stamp
    if frozen_at is not None:
        return frozen_at
    return _demo_at(machine) if settings.DEMO else machine


@contextmanager
def arriving() -> Iterator[None]:
    """Stamps the moment for what is done inside (`arrived`). Reads no row: pages that do not ask pay nothing."""
    token = _arrival.set((machine_now(), _frozen[-1] if _frozen else None))
    try:
        yield
    finally:
        _arrival.reset(token)


def today() -> date:
    """The business day in Asia/Shanghai."""
    return now().date()


def end_of(day: date) -> datetime:
    """24:00 of a day: the first moment that no longer belongs to it."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZONE)


def is_demo() -> bool:
    return bool(settings.DEMO)


def move_to(moment: datetime) -> datetime:
    """Moves business time forward to a moment and returns it.

    Raises:
        ClockError: without DEMO, or when the moment lies before the present one.
    """
    from portal.models import DemoClock  # noqa: PLC0415  models need loaded apps

    if _frozen:
        if moment < _frozen[-1]:
            raise ClockError(_("业务时间只能向前推进。"))
        _frozen[-1] = moment.astimezone(ZONE)
        return _frozen[-1]
    if not settings.DEMO:
        raise ClockError(_("只有演示环境可以调整业务时间。"))
    with transaction.atomic():
        row = DemoClock.load()
        if moment < row.reading(machine_now()):
            raise ClockError(_("业务时间只能向前推进。"))
        row.business, row.machine = moment, machine_now()
        row.save()
    return moment.astimezone(ZONE)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Business time stands still at a moment (tests, `make demo`); `move_to` still moves it forward."""
    _frozen.append(moment.astimezone(ZONE))
    try:
        yield
    finally:
        _frozen.pop()


def _demo_at(machine: datetime) -> datetime:
    """Business time of the demonstration at a moment of the machine's clock."""
    from portal.models import DemoClock  # noqa: PLC0415  models need loaded apps

    return DemoClock.load().reading(machine).astimezone(ZONE)
