"""The one place that moves an application (the legal moves stand in `moves.py`).

`perform` locks the row, checks source, right, note and every guard, writes status and record, and calls the
receivers registered for the move inside the same transaction. `available` feeds the buttons from the same table.
Upper rooms veto with `@guard(move)` and follow with `@on(move)`; both register in their `AppConfig.ready()`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from applications.errors import OWN_CASE, IllegalMove, Refused, Stale
from applications.models import Application, ApprovalStep, StepState, TransitionRecord
from applications.moves import MOVES, STEP_PERMISSION, TRANSITIONS, Mover, Transition
from applications.way import steps_taken
from portal import access, audit, clock, refusals
from portal.models import Organization, User
from portal.roles import Permission

Guard = Callable[[Application], Iterable[str]]
Receiver = Callable[[Application, TransitionRecord], None]
_guards: dict[str, list[Guard]] = defaultdict(list)
_receivers: dict[str, list[Receiver]] = defaultdict(list)


def guard(*moves: str) -> Callable[[Guard], Guard]:
    """Registers `f(application) -> reasons`: any reason refuses the move."""

    def register(function: Guard) -> Guard:
        for move in moves:
            if function not in _guards[TRANSITIONS[move].name]:
                _guards[move].append(function)
        return function

    return register


def on(*moves: str) -> Callable[[Receiver], Receiver]:
    """Registers `f(application, record)`, called inside the move's transaction. It writes rows and nothing else."""

    def register(function: Receiver) -> Receiver:
        for move in moves:
            if function not in _receivers[TRANSITIONS[move].name]:
                _receivers[move].append(function)
        return function

    return register


def perform(application: Application, name: str, *, by: User | None, note: str = "", **facts: Any) -> TransitionRecord:
    """Makes one legal move and returns its record. `facts` are kept with it (JSON values).

    The application in hand is brought up to date. Runs in the caller's transaction or in one of its own.

    Raises:
        IllegalMove: the move is not in the table for the present status.
        Stale: another session moved the application first.
        Refused: the person has no right to the move, a note is missing, or guards object; every reason is given.
    """
    move = TRANSITIONS[name]
    with transaction.atomic():
        _lock(application)
        if application.status not in move.sources:
            raise IllegalMove(_not_now(application, move))
        reasons = [*_missing_right(application, move, by), *_missing_note(move, note)]
        if not reasons:
            reasons = guard_reasons(application, name)
        if reasons:
            refusals.note(_refusal(application, name, by, reasons))
            raise Refused(reasons)
        record = _write(application, move, by=by, note=note, facts=facts)
        for receiver in _receivers[name]:
            receiver(application, record)
    return record


def available(application: Application, user: User) -> list[Transition]:
    """The moves this person may try now, in the table's order. Guards are not asked: their reasons are shown."""
    decide, step_of = cache(access.decide), cache(open_step)  # asked once for all the moves
    return [
        move
        for move in MOVES
        if application.status in move.sources
        and not move.automatic
        and (move.permission is None or access.holds_anywhere(user, move.permission))
        and not _missing_right(application, move, user, decide=decide, step_of=step_of)
    ]


def require(application: Application, name: str, user: User) -> None:
    """Raises Forbidden with the reason where a page has nothing to ask: no right to the move, or no such move now."""
    move = TRANSITIONS[name]
    if reasons := _missing_right(application, move, user):
        raise access.Forbidden(reasons[0])
    if application.status not in move.sources:
        raise access.Forbidden(_not_now(application, move))


def guard_reasons(application: Application, name: str) -> list[str]:
    """Everything that stands against a move now, apart from rights."""
    return [reason for asked in _guards[name] for reason in asked(application)]


def _refusal(application: Application, name: str, by: User | None, reasons: Iterable[str]) -> refusals.Refusal:
    return refusals.Refusal(
        act=f"application.{name}",
        by=by,
        scope=application.scope,
        kind="application",
        target=str(application.public_id),
        reason="；".join(reasons),
    )


def _not_now(application: Application, move: Transition) -> str:
    return _("申报现为“%(status)s”，不能办理“%(move)s”。请刷新页面查看最新进展。") % {
        "status": application.told_status_label,
        "move": move.label,
    }


def open_step(application: Application) -> ApprovalStep | None:
    way = steps_taken(application)
    if way is not None:
        return next((step for step in way if step.state == StepState.OPEN), None)
    return application.steps.filter(state=StepState.OPEN).select_related("organization").first()


def _lock(application: Application) -> None:
    """Takes the row (PostgreSQL) and reads what is true now. SQLite's lock is the counted UPDATE in `_write`."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())


def _write(
    application: Application, move: Transition, *, by: User | None, note: str, facts: dict[str, Any]
) -> TransitionRecord:
    source, moment = application.status, clock.now()
    moved = Application.objects.filter(pk=application.pk, status=source).update(
        status=move.target.value, changed_at=moment
    )
    if moved != 1:
        raise Stale(_("申报刚刚被他人办理过，您的操作没有生效。请刷新页面后再试。"))
    application.refresh_from_db()
    record = TransitionRecord.objects.create(
        application=application,
        move=move.name,
        source=source,
        target=move.target.value,
        by=by,
        note=note,
        facts=facts,
        at=moment,
    )
    audit.record(
        f"application.{move.name}",
        by=by,
        scope=application.scope,
        kind="application",
        target=str(application.public_id),
        change={"status": [source, move.target.value], **facts},
        reason=note,
        organization=_organization(application, move),
    )
    return record


def _missing_note(move: Transition, note: str) -> list[str]:
    if move.note_required and not note.strip():
        return [_("办理“%(move)s”须写明理由，申报人将看到该理由。") % {"move": move.label}]
    return []


def _missing_right(
    application: Application,
    move: Transition,
    by: User | None,
    *,
    decide: Callable[..., access.Decision] = access.decide,
    step_of: Callable[[Application], ApprovalStep | None] = open_step,
) -> list[str]:
    if by is None:
        return [] if move.automatic else [_("“%(move)s”须由经办人本人办理。") % {"move": move.label}]
    if move.mover is Mover.APPLICANT:
        return [] if application.applicant_id == by.pk else [_("只有申报人本人可以办理此事项。")]
    if move.mover is Mover.STEP:
        return _missing_step_right(application, move, by, decide, step_of)
    if move.mover is Mover.TITLE_OFFICE:
        return _missing_title_office(application, move, by)
    permission = move.permission
    if permission is None:
        raise TypeError(move.name)
    decision = decide(by, permission, application.round.office)
    return [] if decision else [decision.reason]


def _missing_title_office(application: Application, move: Transition, by: User) -> list[str]:
    held = access.organizations_with(by, Permission.MANAGE_FILING)
    if not held.filter(root=application.round.office.root_id).exists():
        return [_("只有本地区职称办可以办理“%(move)s”。") % {"move": move.label}]
    return [_(OWN_CASE)] if application.applicant_id == by.pk else []


def _missing_step_right(
    application: Application,
    move: Transition,
    by: User,
    decide: Callable[..., access.Decision],
    step_of: Callable[[Application], ApprovalStep | None],
) -> list[str]:
    step = step_of(application)
    if step is None or step.kind not in move.step_kinds:
        return [_("当前审核环节不能办理“%(move)s”。") % {"move": move.label}]
    if application.applicant_id == by.pk:
        return [_(OWN_CASE)]
    decision = decide(by, STEP_PERMISSION[step.kind], step.organization)
    return [] if decision else [decision.reason]


def _organization(application: Application, move: Transition) -> Organization | None:
    """The organisation that the person acts for."""
    if move.mover is Mover.STEP:
        step = open_step(application)
        return step.organization if step else None
    return application.round.office if move.mover is Mover.OFFICE else None
