"""Opening what a meeting decided to those whom it concerns."""

from collections.abc import Iterable

from applications.models import Application
from portal import clock


def tell_results(applications: Iterable[Application]) -> None:
    """From now on applicants, employers and supervising bodies read passed and failed as they are.

    Part of the act that publishes a meeting's result, in its transaction; the right is checked there.
    """
    untold = Application.objects.filter(pk__in=[told.pk for told in applications], result_told_at__isnull=True)
    untold.update(result_told_at=clock.now())
