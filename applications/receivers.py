"""What follows a move inside its transaction: steps that fall away, and messages to those concerned."""

from applications.messages import link, tell_step
from applications.models import Application, StepState, TransitionRecord
from applications.transitions import on, open_step
from portal.notifications import notify


@on("withdraw", "cancel")
def all_steps_lapse(application: Application, record: TransitionRecord) -> None:  # noqa: ARG001  a receiver's shape
    _lapse(application, [StepState.OPEN, StepState.WAITING])


@on("return", "refuse", "not_recommend")
def later_steps_lapse(application: Application, record: TransitionRecord) -> None:  # noqa: ARG001  a receiver's shape
    _lapse(application, [StepState.WAITING])


@on("submit", "resubmit")
def tell_the_employer(application: Application, record: TransitionRecord) -> None:  # noqa: ARG001
    step = open_step(application)
    if step is not None:
        tell_step(step)


@on("return")
def tell_of_return(application: Application, record: TransitionRecord) -> None:
    notify(
        application.applicant,
        "applications.returned",
        {"number": application.number, "note": record.note},
        link=link(application),
        dedupe=f"returned:{record.pk}",
    )


@on("accept")
def tell_of_acceptance(application: Application, record: TransitionRecord) -> None:
    notify(
        application.applicant,
        "applications.accepted",
        {"number": application.number},
        link=link(application),
        dedupe=f"accepted:{record.pk}",
    )


@on("refuse", "not_recommend", "cancel")
def tell_of_end(application: Application, record: TransitionRecord) -> None:
    notify(
        application.applicant,
        "applications.ended",
        {"number": application.number, "status": str(application.applicant_status_label), "note": record.note},
        link=link(application),
        dedupe=f"ended:{record.pk}",
    )


def _lapse(application: Application, states: list[StepState]) -> None:
    application.steps.filter(state__in=states).update(state=StepState.LAPSED)
