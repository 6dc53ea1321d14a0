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


@composed
def _steps(application: Given) -> QuerySet[ApprovalStep]:
    return ApprovalStep.objects.filter(application=application).select_related("organization")


@composed
def _moves(application: Given) -> QuerySet[TransitionRecord]:
    return TransitionRecord.objects.filter(application=application)


@composed
def _moves_with_persons(application: Given) -> QuerySet[TransitionRecord]:
    return TransitionRecord.objects.filter(application=application).select_related("by")
