"""What follows a move inside its transaction: steps that fall away, messages to those concerned.

And what a filed application holds its applicant to: being the person who filed.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from applications.messages import link, tell_step, tell_submitted, tell_withdrawn
from applications.models import Application, Ban, StepState, TransitionRecord
from applications.status import FINISHED, NOT_COUNTED
from applications.transitions import on, open_step
from portal import clock, identity
from portal.chinese_dates import cn_date
from portal.models import User
from portal.notifications import notify


@on("withdraw")
def tell_of_withdrawal(application: Application, record: TransitionRecord) -> None:  # noqa: ARG001
    step = open_step(application)  # told before it lapses below
    if step is not None:
        tell_withdrawn(step)


@on("withdraw", "cancel")
def all_steps_lapse(application: Application, record: TransitionRecord) -> None:  # noqa: ARG001  a receiver's shape
    _lapse(application, [StepState.OPEN, StepState.WAITING])


@on("return", "refuse", "not_recommend")
def later_steps_lapse(application: Application, record: TransitionRecord) -> None:  # noqa: ARG001  a receiver's shape
    _lapse(application, [StepState.WAITING])


@on("submit", "resubmit")
def tell_of_submission(application: Application, record: TransitionRecord) -> None:  # noqa: ARG001
    step = open_step(application)
    if step is not None:
        tell_step(step)
        tell_submitted(step)


@on("return")
def tell_of_return(application: Application, record: TransitionRecord) -> None:
    notify(
        application.applicant,
        "applications.returned",
        {
            "number": application.number,
            "organization": record.facts["organization"],
            "count": record.facts["lines"],
            "due": cn_date(date.fromisoformat(record.facts["due_on"])),
            "note": record.note,
        },
        organization=application.round.office,
        link=link(application),
        dedupe=f"returned:{record.pk}",
    )


@on("accept")
def tell_of_acceptance(application: Application, record: TransitionRecord) -> None:
    notify(
        application.applicant,
        "applications.accepted",
        {"number": application.number},
        organization=application.round.office,
        link=link(application),
        dedupe=f"accepted:{record.pk}",
    )


@on("refuse", "not_recommend", "cancel")
def tell_of_end(application: Application, record: TransitionRecord) -> None:
    notify(
        application.applicant,
        "applications.ended",
        {"number": application.number, "status": str(application.applicant_status_label), "note": record.note},
        organization=application.round.office,
        link=link(application),
        dedupe=f"ended:{record.pk}",
    )


@identity.hold
def filed_as_this_person(user: User) -> str:
    """One application a year (2023年度通知三(一)) is counted by person: nobody becomes another one after filing."""
    filed = Application.objects.filter(applicant=user, submitted_at__isnull=False).exclude(status__in=NOT_COUNTED)
    if not filed.filter(~Q(status__in=FINISHED) | Q(round__year=clock.today().year)).exists():
        return ""
    return _("您本年度已提交申报，姓名和证件不能自行更改。证件换发或姓名确需更正的，请持证件到评审办事机构核实办理。")


@identity.hold
def barred_as_this_person(user: User) -> str:
    """A ban finds its person by the document: nobody walks away from it by registering another."""
    if not Ban.objects.against(user).standing(clock.today()).exists():
        return ""
    return _("您目前被登记为不得申报，姓名和证件不能自行更改。确需更正的，请持证件到登记单位核实办理。")


def _lapse(application: Application, states: list[StepState]) -> None:
    application.steps.filter(state__in=states).update(state=StepState.LAPSED)
