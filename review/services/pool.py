"""The expert pool: who is enrolled, and whether the pool is what the notice demands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal import access, audit
from portal.models import Organization, OrganizationKind, Ownership, User
from portal.roles import Permission
from review import composition
from review.errors import ReviewError
from review.models import ExpertProfile, PoolMember, PoolState
from rules import catalog


@dataclass(frozen=True, slots=True)
class ExpertFacts:
    """What is recorded of an expert; `organization` where the unit stands in the tree."""

    title_level: str
    employer_kind: str
    unit_name: str
    organization: Organization | None = None
    skilled: bool = False
    directions: tuple[str, ...] = ()


@transaction.atomic
def enrol(
    *, by: User, committee: Organization, user: User, facts: ExpertFacts, term_from: date, term_until: date
) -> PoolMember:
    """Takes a person into a committee's pool for a term (both days belong to it); the profile is brought up to date.

    Raises:
        portal.access.Forbidden: `by` does not manage the committee's pool.
        ReviewError: the committee is none, the term runs backwards, the person is in the pool already, or another
            office describes them otherwise.
    """
    office = _office_of(committee)
    access.require(by, Permission.MANAGE_POOL, office)
    if term_until < term_from:
        raise ReviewError(_("任期结束日期早于开始日期，请更正。"))
    described = {field.name: getattr(facts, field.name) for field in fields(facts)}
    described["directions"] = list(facts.directions)
    _require_agreement(user, office, described)
    expert, _created = ExpertProfile.objects.update_or_create(user=user, defaults=described)
    if PoolMember.objects.filter(committee=committee, expert=expert, state=PoolState.ACTIVE).exists():
        raise ReviewError(_("%(name)s已在本专家库中，不能重复入库。") % {"name": expert.name})
    try:
        with transaction.atomic():
            member = PoolMember.objects.create(
                committee=committee, expert=expert, term_from=term_from, term_until=term_until
            )
    except IntegrityError as error:
        raise ReviewError(_("%(name)s刚刚已由他人办理入库，请刷新页面。") % {"name": expert.name}) from error
    audit.record(
        "pool.enrol",
        by=by,
        scope=f"pool:{committee.public_id}",
        kind="pool_member",
        target=str(member.public_id),
        change={"expert": expert.name, "term": [str(term_from), str(term_until)]},
        organization=office,
    )
    return member


@transaction.atomic
def end_membership(*, by: User, member: PoolMember, reason: str, struck_off: bool = False) -> None:
    """Takes an expert out of the pool; struck off where the discipline of review was broken (39号 二(五)2).

    Raises:
        portal.access.Forbidden: `by` does not manage the committee's pool.
        ReviewError: without a reason, or when the membership has ended.
    """
    office = _office_of(member.committee)
    access.require(by, Permission.MANAGE_POOL, office)
    if not reason.strip():
        raise ReviewError(_("专家出库须写明理由。"))
    state = PoolState.STRUCK_OFF if struck_off else PoolState.ENDED
    if not PoolMember.objects.filter(pk=member.pk, state=PoolState.ACTIVE).update(state=state, ended_reason=reason):
        raise ReviewError(_("该专家已出库，无需再次办理。"))
    member.refresh_from_db()
    audit.record(
        "pool.end",
        by=by,
        scope=f"pool:{member.committee.public_id}",
        kind="pool_member",
        target=str(member.public_id),
        change={"state": state.value},
        reason=reason,
        organization=office,
    )


def composition_of(committee: Organization, policy_id: str, day: date) -> list[composition.Finding]:
    """The pool's duties on a day, met or not, with the numbers of the policy's procedure."""
    members = PoolMember.objects.filter(committee=committee).sitting(day).select_related("expert")
    entry = catalog.get(policy_id)
    return composition.findings(entry.procedure.pool, _facts(list(members)), named=entry.source.number)


def _require_agreement(user: User, office: Organization, described: Mapping[str, object]) -> None:
    """Another office's draws and recusals rest on how it describes an expert; that is not overwritten from here."""
    elsewhere = PoolMember.objects.filter(state=PoolState.ACTIVE).exclude(committee__parent=office)
    known = ExpertProfile.objects.filter(user=user, pk__in=elsewhere.values("expert")).first()
    if known is not None and any(getattr(known, name) != value for name, value in described.items()):
        raise ReviewError(
            _("%(name)s已在其他评审办的专家库中，所填资料与其登记的不一致。请与该评审办核对后按一致的资料入库。")
            % {"name": known.name}
        )


def _facts(members: Sequence[PoolMember]) -> list[composition.Member]:
    return [
        composition.Member(
            title_level=member.expert.title_level,
            enterprise=member.expert.is_enterprise,
            private_or_social=member.expert.is_private_or_social,
            non_public=member.expert.employer_kind in {Ownership.PRIVATE, Ownership.FOREIGN, Ownership.SOCIAL},
            skilled=member.expert.skilled,
            term_from=member.term_from,
            term_until=member.term_until,
        )
        for member in members
    ]


def _office_of(committee: Organization) -> Organization:
    if committee.kind != OrganizationKind.COMMITTEE or committee.parent is None:
        raise ReviewError(_("“%(name)s”不是评审委员会，不能设专家库。") % {"name": committee.name})
    return committee.parent
