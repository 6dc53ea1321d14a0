"""Whether the portal is well, for load balancers and operators. Says which part is not, never why: the log does."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from portal import access, clock, content_store
from portal.models import Job

log = logging.getLogger("portal.health")

# A job that has been due for longer means that no worker is alive.
LATE = timedelta(minutes=5)


@access.public
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when every part this process needs answers, 503 otherwise.

    A late queue and a lost cache are told, not held against it: the portal goes on without (ADR 0019).
    """
    del request
    parts = {name: _answers(name, check) for name, check in NEEDED.items()}
    well = all(parts.values())
    body = {"status": "ok" if well else "failed", **{name: "ok" if fine else "failed" for name, fine in parts.items()}}
    body["cache"] = "ok" if _answers("cache", _cache) else "failed"
    body["queue"] = "ok" if _answers("queue", _queue) else "late"
    response = JsonResponse(body, status=200 if well else 503)
    response["Cache-Control"] = "no-store"
    return response


def _answers(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        log.exception("health check failed: %s", name)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _cache() -> bool:
    stamp = clock.machine_now().isoformat()
    cache.set("health", stamp, 30)
    return cache.get("health") is not None


def _files() -> bool:
    content_store.place().answer()
    return True


def _queue() -> bool:
    return not Job.objects.due(clock.machine_now() - LATE).exists()


NEEDED: dict[str, Callable[[], bool]] = {"database": _database, "files": _files}
