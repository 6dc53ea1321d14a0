"""The pulse of a running job: a thread that beats while the handler works, and dies with its process."""

import logging
import threading
from datetime import timedelta
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection

from portal import clock
from portal.models import Job, JobState

log = logging.getLogger("portal.jobs")

EVERY = timedelta(seconds=2)


class Pulse:
    """Keeps the heartbeat of one claim fresh. A lost claim ends it; the handler learns of that at its own next beat."""

    def __init__(self, job_id: int, claim: str) -> None:
        self._owned = Job.objects.filter(pk=job_id, state=JobState.RUNNING, claim=claim)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"pulse-{job_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        try:
            while not self._over.wait(EVERY.total_seconds()):
                try:
                    if not self._owned.update(heartbeat=clock.machine_now()):
                        return
                except DatabaseError:
                    log.warning("heartbeat missed")
        finally:
            connection.close()
