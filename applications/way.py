"""The way of one application so far: its steps with their bodies, and its moves."""

from django.db.models import QuerySet

from applications.models import Application, ApprovalStep, TransitionRecord
from portal.composed import Given, composed, remember


def read_way(application: Application, *, persons: bool) -> None:
    """Has `steps` and `history` answer without a further query.

    `persons`: each move with who made it, which is told to staff alone.
    """
    remember(application, "steps", _steps(application.pk))
    remember(application, "history", (_moves_with_persons if persons else _moves)(application.pk))


def steps_taken(application: Application) -> list[ApprovalStep] | None:
    """The steps of an application whose way was read; None where it was not. A lock or a refresh forgets them."""
    taken = getattr(application, "_prefetched_objects_cache", {}).get("steps")
    return None if taken is None else list(taken)


@composed
def _steps(application: Given) -> QuerySet[ApprovalStep]:
    steps = ApprovalStep.objects.filter(application=application).select_related("organization")
    return steps.order_by("revision", "order")


@composed
def _moves(application: Given) -> QuerySet[TransitionRecord]:
    return TransitionRecord.objects.filter(application=application)


@composed
def _moves_with_persons(application: Given) -> QuerySet[TransitionRecord]:
    return TransitionRecord.objects.filter(application=application).select_related("by")
