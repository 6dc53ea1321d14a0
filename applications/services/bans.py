"""Entering on the record that a person may not apply in a region, and lifting it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from applications.ban_grounds import Ground, span
from applications.errors import OWN_CASE, Refused, Stale
from applications.models import Ban, BanTerm
from portal import access, audit, clock, identity
from portal.chinese_dates import cn_date
from portal.models import IdentityDocument, Organization, OrganizationKind, User
from portal.notifications import notify
from portal.roles import Permission


@dataclass(frozen=True, slots=True)
class Named:
    """Who is barred: a person with a log-in, or one known by name and document alone."""

    name: str
    user: User | None = None
    kind: str = ""
    number: str = ""


@transaction.atomic
def enter_ban(
    *, person: Named, organization: Organization, ground: Ground, term: str, year: int, reason: str, by: User
) -> Ban:
    """Bars a person in the organisation's region. `year` is that of the review in which the breach came to light.

    Raises:
        identity.IdentityNumberError: the number cannot be one of its kind.
        Refused: no reason, a term that the clause does not bear or that is over, a number of somebody else's, one's own
            case, or a ban of the kind stands already.
    """
    access.require(by, Permission.MANAGE_BAN, organization)
    user, digest, masked = _found(person)
    faults = [*_name_faults(person, user), *_term_faults(ground, term, year)]
    if not reason.strip():
        faults.append(_("请写明查实的事实和理由。"))
    if user is not None and user.pk == by.pk:
        faults.append(_(OWN_CASE))
    if faults:
        raise Refused(faults)
    starts_on, ends_on = span(term, year=year, years=ground.years, today=clock.today())
    _refuse_twice(user, digest, organization, term, ground)
    ban = Ban.objects.create(
        region=organization.root or organization,
        name=user.name if user else person.name.strip(),
        identity_digest=digest,
        identity_masked=masked,
        user=user,
        term=term,
        clause=ground.citation,
        reason=reason.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        organization=organization,
        entered_by=by,
        entered_at=clock.now(),
    )
    change = {"term": term, "from": starts_on.isoformat(), "until": ends_on.isoformat() if ends_on else None}
    _record(ban, "ban.enter", by=by, reason=reason, change={**change, "clause": ban.clause})
    _tell(ban)
    return ban


@transaction.atomic
def lift_ban(*, ban: Ban, reason: str, by: User) -> Ban:
    """Takes a person off the list; the entry stays, with who lifted it and why.

    Raises:
        Refused: no reason, or one's own case.
        Stale: it was lifted meanwhile.
        access.Forbidden: neither who entered it nor the region's title office.
    """
    if not may_lift(ban, by):
        raise access.Forbidden(_("只有登记单位“%(name)s”和本地区职称办可以解除。") % {"name": ban.organization.name})
    faults = [] if reason.strip() else [_("解除须写明理由，理由将留存备查。")]
    if ban.user_id == by.pk:
        faults.append(_(OWN_CASE))
    if faults:
        raise Refused(faults)
    lifted = Ban.objects.filter(pk=ban.pk, lifted_at__isnull=True).update(
        lifted_by=by, lifted_at=clock.now(), lifted_reason=reason.strip()
    )
    if not lifted:
        raise Stale(_("该登记刚刚已被解除，请刷新名单查看。"))
    ban.refresh_from_db()
    _record(ban, "ban.lift", by=by, reason=reason, change={})
    if ban.user is not None:
        notify(
            ban.user,
            "applications.ban_lifted",
            {"region": ban.region.name, "reason": ban.lifted_reason},
            organization=ban.organization,
            dedupe=f"ban-lifted:{ban.pk}",
        )
    return ban


def may_lift(ban: Ban, by: User) -> bool:
    """Whoever entered it, and the title office above."""
    held = access.organizations_with(by, Permission.MANAGE_BAN)
    above = held.filter(kind=OrganizationKind.TITLE_OFFICE, root=ban.region_id)
    return held.filter(pk=ban.organization_id).exists() or above.exists()


def ban_until(ban: Ban) -> str:
    """The end of a ban in words."""
    return _("至 %(day)s") % {"day": cn_date(ban.ends_on)} if ban.ends_on else _("至移出为止")


def _found(person: Named) -> tuple[User | None, str, str]:
    """The person's log-in where there is one, and the digest and mask of their document."""
    if person.user is not None:
        document = IdentityDocument.objects.filter(user=person.user).first()
        return person.user, document.digest if document else "", document.masked if document else ""
    plain = identity.identity_numbers.check(person.kind, person.number)
    return (
        identity.find(person.kind, plain),
        identity.digest_of(person.kind, plain),
        identity.identity_numbers.mask(plain),
    )


def _name_faults(person: Named, user: User | None) -> list[str]:
    """A number is easily mistyped into another person's; whose it is then is not told."""
    if user is None or "".join(person.name.split()).casefold() == "".join(user.name.split()).casefold():
        return []
    return [_("该证件号码登记的姓名与所填姓名不一致，没有登记。请核对证件号码和姓名；本人更名的，请填现在登记的姓名。")]


def _term_faults(ground: Ground, term: str, year: int) -> list[str]:
    today = clock.today()
    faults = []
    if (term == BanTerm.YEARS) != (ground.years is not None):
        faults.append(
            _("%(clause)s 规定了年限，期限须选“自次年起若干年内不得申报”。") % {"clause": ground.citation}
            if ground.years is not None
            else _("%(clause)s 没有规定年限，不能按年限登记，请另选期限。") % {"clause": ground.citation}
        )
    if not today.year - 10 <= year <= today.year or (term == BanTerm.THIS_YEAR and year != today.year):
        wrong = _("评审年度 %(year)s 不对：取消当年资格的填本年度，其他的填查实问题的评审年度。")
        faults.append(wrong % {"year": year})
    elif term == BanTerm.YEARS and ground.years is not None:
        _first, last = span(term, year=year, years=ground.years, today=today)
        if last is not None and last < today:
            over = _("按评审年度 %(year)s 计算，期限到 %(day)s 已经期满，不能再登记。请核对评审年度。")
            faults.append(over % {"year": year, "day": cn_date(last)})
    return faults


def _refuse_twice(user: User | None, digest: str, organization: Organization, term: str, ground: Ground) -> None:
    """Pressed twice, or entered by two clerks: the same bar stands once."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.root_id or organization.pk)
    if user is not None:  # whoever begins an application at this moment waits, and reads it
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
    same = Ban.objects.against(user) if user else Ban.objects.filter(identity_digest=digest)
    standing = same.filter(region=organization.root_id, lifted_at__isnull=True, term=term, clause=ground.citation)
    if any(not ban.is_over for ban in standing):
        raise Refused([_("该人员已按同一条款登记，不必重复登记。如需变更，请先解除原登记。")])


def _tell(ban: Ban) -> None:
    if ban.user is None:
        return
    notify(
        ban.user,
        "applications.banned",
        {
            "region": ban.region.name,
            "since": cn_date(ban.starts_on),
            "until": ban_until(ban),
            "reason": ban.reason,
            "clause": ban.clause,
            "body": ban.organization.name,
        },
        organization=ban.organization,
        dedupe=f"banned:{ban.pk}",
    )


def _record(ban: Ban, act: str, *, by: User, reason: str, change: dict[str, object]) -> None:
    audit.record(
        act,
        by=by,
        scope=f"bans:{ban.region.public_id}",
        kind="ban",
        target=str(ban.public_id),
        change={"name": ban.name, "masked": ban.identity_masked, **change},
        reason=reason.strip(),
        organization=ban.organization,
    )
