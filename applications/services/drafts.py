"""Beginning an application and choosing what goes into it."""

from collections.abc import Iterable, Sequence
from typing import get_args

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications import sections
from applications.barriers import ALREADY_BEGUN, barriers
from applications.errors import Refused
from applications.models import Application, ArchiveItem, Round
from applications.records import NOTHING
from applications.services.archive import choose
from applications.services.openness import may_change_beside_the_unit, require_matters_open, require_open
from portal import audit, clock
from portal.models import Organization, OrganizationKind, User
from rules import catalog, vocabulary

FILING_PLACES = frozenset({OrganizationKind.EMPLOYER.value, OrganizationKind.SERVICE_WINDOW.value})


@transaction.atomic
def open_draft(
    *,
    applicant: User,
    round: Round,  # noqa: A002  the term
    level: str,
    employer: Organization,
    direction: str = "",
    topic: str = "",
    claims: Sequence[str] = (),
) -> Application:
    """Begins an application; every record of the archive is chosen for it at first.

    A statement that there is none of something, made in an earlier round, gives way to a record of it.

    Raises:
        Refused: something bars the person (`barriers`), or the choice does not fit the round.
    """
    # Rounds have no row in common but the person's: two windows, two rounds, one after the other.
    User.objects.select_for_update(no_key=True).get(pk=applicant.pk)
    reasons = [
        *barriers(applicant, round),
        *_choice(round, level=level, employer=employer, direction=direction, topic=topic, claims=claims),
    ]
    if reasons:
        raise Refused(reasons)
    application = Application(
        applicant=applicant,
        round=round,
        level=level,
        employer=employer,
        direction=direction,
        topic=topic,
        claims=list(claims),
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError as error:
        raise Refused([_(ALREADY_BEGUN)]) from error
    application.items.set(_said(ArchiveItem.objects.kept().filter(owner=applicant)))
    _record(application, "application.open", by=applicant)
    return application


@transaction.atomic
def change_draft(
    *,
    application: Application,
    level: str,
    employer: Organization,
    direction: str,
    claims: Sequence[str],
    by: User,
    topic: str = "",
) -> Application:
    """Changes what is applied for, while the application is with the applicant.

    Raises:
        Refused: not the applicant, it lies elsewhere, a return leaves it closed, or the choice does not fit the round.
    """
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    require_matters_open(application, by)
    beside_the_unit = (level, direction, topic, sorted(claims))
    if not may_change_beside_the_unit(application) and beside_the_unit != _beside_the_unit(application):
        sentence = _("退回时没有要求更改申报事项，现在只能改选用人单位（原单位已经停用）；其他各项请保持已提交的内容。")
        raise Refused([sentence])
    reasons = _choice(
        application.round, level=level, employer=employer, direction=direction, topic=topic, claims=claims
    )
    if reasons:
        raise Refused(reasons)
    former, level_before = application.employer_id, application.level
    Application.objects.filter(pk=application.pk).update(
        level=level,
        employer=employer,
        direction=direction,
        topic=topic,
        claims=list(claims),
        changed_at=clock.now(),
    )
    if former != employer.pk:
        _forget_assessment(application, former)
    if level_before != level:
        application.clause_tags.all().delete()  # they name clauses of the other level
    application.refresh_from_db()
    _record(application, "application.change", by=by)
    return application


@transaction.atomic
def take_in(*, application: Application, item: ArchiveItem, by: User) -> None:
    """Chooses a record of the archive for an application."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    require_open(application, by, item=item)
    if item.owner_id != application.applicant_id or item.removed_at is not None:
        raise Refused([_("只能选用本人档案中的条目。")])
    choose(application, item)


@transaction.atomic
def leave_out(*, application: Application, item: ArchiveItem, by: User) -> None:
    """Leaves a record out of an application; it stays in the archive."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    require_open(application, by, item=item)
    application.items.remove(item)


def _said(items: Iterable[ArchiveItem]) -> list[ArchiveItem]:
    """Those of the archive's records that say nothing against another one."""
    held = list(items)
    filled = {sections.of_kind(item.kind).key for item in held if item.kind != NOTHING}
    return [item for item in held if item.kind != NOTHING or item.facts.get("section") not in filled]


def _beside_the_unit(application: Application) -> tuple[str, str, str, list[str]]:
    """What is applied for, apart from where."""
    return application.level, application.direction, application.topic, sorted(application.claims)


def _forget_assessment(application: Application, former: int) -> None:
    """What the former employer said of the person does not recommend them at another one."""
    application.attestations.filter(organization=former).delete()
    Application.objects.filter(pk=application.pk).update(
        performance_assessment="", ethics_assessment="", assessed_by=None, assessed_at=None
    )


def _choice(
    round_: Round, *, level: str, employer: Organization, direction: str, topic: str, claims: Sequence[str]
) -> list[str]:
    reasons = []
    if level not in round_.levels:
        reasons.append(_("该批次不接受所选层级的申报，请在批次公布的层级中选择。"))
    reasons += _place(round_, employer)
    topics = {known.code: known.topics for known in catalog.get(round_.policy_id).procedure.directions}
    if direction and direction not in topics:
        reasons.append(_("请在公布的专业方向中选择。"))
    elif topic and topic not in topics.get(direction, ()):
        reasons.append(_("“%(topic)s”不在所选专业方向之下，请在该方向公布的内容中选择。") % {"topic": topic})
    if unknown := [claim for claim in claims if claim not in get_args(vocabulary.Claim)]:
        reasons.append(_("没有“%(claim)s”这一申报途径。") % {"claim": unknown[0]})
    return reasons


def _place(round_: Round, employer: Organization) -> list[str]:
    """The place is a unit or a window of the round's own region."""
    if employer.kind not in FILING_PLACES or not employer.is_active:
        return [_("请选择本地区已登记的用人单位或申报专门窗口。")]
    if employer.root_id != round_.office.root_id:
        return [
            _("“%(name)s”登记在其他地区（%(other)s），本批次只接受“%(own)s”的单位。请选择本地区的单位或窗口。")
            % {"name": employer.name, "other": employer.root, "own": round_.office.root}
        ]
    return []


def _record(application: Application, act: str, *, by: User) -> None:
    audit.record(
        act,
        by=by,
        scope=application.scope,
        kind="application",
        target=str(application.public_id),
        change={
            "level": application.level,
            "employer": application.employer.name,
            "direction": application.direction,
            "topic": application.topic,
            "claims": application.claims,
        },
    )
