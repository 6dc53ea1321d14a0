"""What staff pages say of an application."""

from dataclasses import dataclass
from datetime import date

from django import template
from django.utils.functional import Promise

from applications import dossiers, exceptional, pins
from applications.models import Application, ApprovalStep, ExceptionConsent, Round, StepKind
from applications.reading import direction_of
from applications.services.steps import MOVES, PASS, REFUSE
from applications.status import Status
from applications.transitions import guard_reasons
from applications.views.decisions import WORDINGS
from applications.views.steps import own_open_step
from portal.models import User
from rules import catalog

register = template.Library()
register.filter("direction_of", direction_of)


@dataclass(frozen=True, slots=True)
class StaffActs:
    """What one of the staff may do with an application now; `step` is None where it lies with somebody else.

    `asks_consent`: an exception waits for this supervising body's consent; `consent` is what was said of it.
    """

    is_staff: bool
    step: ApprovalStep | None = None
    pass_label: str | Promise = ""
    refuse_label: str | Promise = ""
    hindrances: tuple[str, ...] = ()
    asks_consent: bool = False
    consent: ExceptionConsent | None = None


@register.filter
def title_of(application: Application) -> str:
    """The name of the title applied for."""
    return catalog.get(application.round.policy_id).procedure.title_of(application.level)


@register.filter
def policy_named(round_: Round) -> str:
    """The notice a round was opened under, by title and number."""
    source = catalog.get(round_.policy_id).source
    return f"{source.title}（{source.number}）"


@register.filter
def pack_changed(round_: Round) -> str:
    """What the office has to know where the round's pack is not what it was; else empty."""
    return pins.told(round_)


@register.simple_tag(takes_context=True)
def staff_acts(context: template.Context, application: Application) -> StaffActs:
    """The acts of whoever looks; asks the guards only where the step is theirs."""
    user = context["request"].user
    if not isinstance(user, User) or application.applicant_id == user.pk or application.snapshot_id is None:
        return StaffActs(is_staff=False)
    step = own_open_step(user, application) if application.status == Status.IN_APPROVAL else None
    if step is None:
        return StaffActs(is_staff=True)
    consent = dossiers.consent_on(application.snapshot) if application.snapshot else None
    supervises, given = step.kind == StepKind.SUPERVISOR, consent is not None and consent.given
    return StaffActs(
        is_staff=True,
        step=step,
        consent=consent,
        asks_consent=supervises and not given and exceptional.rests_on_consent(application),
        pass_label=WORDINGS[step.kind, PASS].title,
        refuse_label=WORDINGS[step.kind, REFUSE].title,
        hindrances=tuple(guard_reasons(application, MOVES[step.kind, PASS])),
    )


@register.filter
def closes_on(step: ApprovalStep, application: Application) -> date:
    """The last day of the step's level in its round."""
    return application.round.closes_on(step.kind)
