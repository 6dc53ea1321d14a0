"""Opening a round from a policy pack, and changing its dates on the record."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications import bases
from applications.bases import basis_of
from applications.errors import NotInForce, Refused
from applications.models import Round, RoundState
from portal import access, audit, clock
from portal.chinese_dates import cn_date
from portal.models import Organization, OrganizationKind, User
from portal.roles import Permission
from rules import catalog

# A round is a year's; the last stragglers of one end in the year after next. What lies beyond is a slip of the pen.
MOST_YEARS = 2


@dataclass(frozen=True, slots=True)
class RoundDates:
    """Whole days in Asia/Shanghai, each closing at 24:00. `as_of` is the last day that counts (终算时间)."""

    opens_on: date
    applicant_closes_on: date
    employer_closes_on: date
    supervisor_closes_on: date
    office_closes_on: date
    as_of: date

    def faults(self) -> list[str]:
        closing = [
            self.opens_on,
            self.applicant_closes_on,
            self.employer_closes_on,
            self.supervisor_closes_on,
            self.office_closes_on,
        ]
        faults = [
            _("%(day)s 距开始申报超过 %(years)s 年，请检查年份。") % {"day": cn_date(day), "years": MOST_YEARS}
            for day in dict.fromkeys([*closing[1:], self.as_of])
            if abs(day.year - self.opens_on.year) > MOST_YEARS
        ]
        if closing != sorted(closing):
            faults.append(
                _("日期须依次为：开始申报、个人截止、单位截止、主管部门截止、受理截止，后一项不得早于前一项。")
            )
        return faults


@transaction.atomic
def open_round(
    *,
    committee: Organization,
    policy_id: str,
    year: int,
    levels: Sequence[str],
    dates: RoundDates,
    by: User,
    name: str = "",
) -> Round:
    """Publishes a round of a committee under a policy in force today and on the day it opens.

    Raises:
        NotInForce: the policy has lapsed, or is not yet in force, on the opening business day.
        Refused: no right in the committee's office, an unfiled committee, a level without criteria, dates in disorder,
            a name taken.
        rules.catalog.UnknownPolicy: there is no such pack.
    """
    entry = catalog.get(policy_id)
    for day in (clock.today(), dates.opens_on):
        _require_in_force(entry, day)
    office = committee.parent
    if committee.kind != OrganizationKind.COMMITTEE or office is None:
        raise Refused([_("批次须由评审委员会的办事机构开设，请选择评审委员会。")])
    access.require(by, Permission.MANAGE_ROUND, office)
    faults = [
        *_correction_faults(entry),
        *dates.faults(),
        *_committee_faults(committee, entry, dates),
        *_level_faults(entry, levels),
    ]
    if dates.opens_on < clock.today():
        faults.append(_("开始申报的日期不能早于今天。"))
    faults += _year_faults(year, dates)
    if faults:
        raise Refused(faults)
    specialty = entry.policy.specialty
    opened = _published_once(
        name=name or _("%(year)s年度%(specialty)s职称评审") % {"year": year, "specialty": specialty.label},
        year=year,
        committee=committee,
        office=office,
        region=specialty.region,
        series=specialty.series,
        specialty=specialty.code,
        policy_id=entry.id,
        policy_sha256=entry.sha256,
        levels=list(levels),
        state=RoundState.OPEN,
        opened_by=by,
        opened_at=clock.now(),
        **asdict(dates),
    )
    _record(opened, "round.open", by=by, change={"policy": entry.id, "sha256": entry.sha256, **_iso(dates)})
    return opened


@transaction.atomic
def change_dates(*, round: Round, dates: RoundDates, reason: str, by: User) -> Round:  # noqa: A002  the term
    """Changes the dates of a published round; the reason is kept. The opening day stays once it has come.

    Raises:
        Refused: no reason, dates in disorder, or the opening day moved after it came.
    """
    access.require(by, Permission.MANAGE_ROUND, round.office)
    faults = dates.faults()
    if not reason.strip():
        faults.append(_("调整批次日期须写明理由，理由将留存备查。"))
    if dates.opens_on != round.opens_on and round.opens_on <= clock.today():
        faults.append(_("批次已经开始申报，开始日期不能再调整。"))
    if dates.opens_on != round.opens_on:
        _require_in_force(catalog.get(round.policy_id), dates.opens_on)
        faults += _year_faults(round.year, dates)
    if faults:
        raise Refused(faults)
    before = {name: getattr(round, name).isoformat() for name in asdict(dates)}
    Round.objects.filter(pk=round.pk).update(**asdict(dates))
    round.refresh_from_db()
    after = _iso(dates)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    _record(round, "round.change_dates", by=by, change=changed, reason=reason)
    return round


@transaction.atomic
def close_round(*, round: Round, by: User) -> None:  # noqa: A002  the term
    """Ends a round; nothing new is filed in it."""
    access.require(by, Permission.MANAGE_ROUND, round.office)
    if not Round.objects.filter(pk=round.pk, state=RoundState.OPEN).update(state=RoundState.CLOSED):
        raise Refused([_("该批次不在已发布状态，不能结束。")])
    round.refresh_from_db()
    _record(round, "round.close", by=by, change={})


def _published_once(**columns: Any) -> Round:
    """The new round; its committee has no other of the name in the year, whoever pressed twice."""
    try:
        with transaction.atomic():
            return Round.objects.create(**columns)
    except IntegrityError as taken:
        raise Refused(
            [
                _("该委员会本年度已有名为“%(name)s”的批次。确需再开一个批次的，请另取名称（如“第二批”）。")
                % {"name": columns["name"]}
            ]
        ) from taken


def _correction_faults(entry: catalog.Entry) -> list[str]:
    correction = catalog.correction_of(entry.id)
    if correction is None:
        return []
    return [
        _("政策包“%(policy)s”（%(number)s）录入有误，已由更正版本“%(correction)s”接替。请选用更正版本开设批次。")
        % {"policy": entry.id, "number": entry.source.number, "correction": correction}
    ]


def _require_in_force(entry: catalog.Entry, day: date) -> None:
    if catalog.in_force(entry, day):
        return
    effective, source = entry.policy.effective, entry.source
    if effective.until is not None and day > effective.until:
        raise NotInForce(
            _(
                "《%(title)s》（%(number)s）有效期至%(until)s，%(day)s已经失效，不能据此开设批次。"
                "如有接续文件，请先将接续文件录入为新的政策包，再选用该政策开设批次。"
            )
            % {"title": source.title, "number": source.number, "until": cn_date(effective.until), "day": cn_date(day)}
        )
    raise NotInForce(
        _("《%(title)s》（%(number)s）自%(since)s起施行，%(day)s尚未生效，不能据此开设批次。请改用当日有效的政策。")
        % {"title": source.title, "number": source.number, "since": cn_date(effective.since), "day": cn_date(day)}
    )


def _year_faults(year: int, dates: RoundDates) -> list[str]:
    if abs(dates.opens_on.year - year) <= 1:
        return []
    return [
        _("开始申报的日期 %(day)s 与批次的年度 %(year)s 不符，请检查年度和日期。")
        % {"day": cn_date(dates.opens_on), "year": year}
    ]


def _committee_faults(committee: Organization, entry: catalog.Entry, dates: RoundDates) -> list[str]:
    faults = []
    if committee.region != entry.policy.specialty.region:
        faults.append(_("所选政策属于其他地区，不能用于本委员会。"))
    if committee.filed_until is None or committee.filed_until < dates.opens_on:
        lapsed = _("评审委员会没有有效备案，请先向职称办办理备案%(basis)s。")
        faults.append(lapsed % {"basis": basis_of(entry, bases.filing)})
    return faults


def _level_faults(entry: catalog.Entry, levels: Sequence[str]) -> list[str]:
    if not levels:
        return [_("请至少选择一个申报层级。")]
    return [fault for level in levels if (fault := _level_fault(entry, level))]


def _level_fault(entry: catalog.Entry, level: str) -> str:
    """Why no committee takes the level: the policy has no such level, or leaves it to the employer. Else empty."""
    if level not in entry.levels:
        return _("所选政策没有“%(level)s”层级的评价标准。") % {"level": level}
    modes = entry.procedure.modes
    if modes.value[level] == "review":  # type: ignore[index]
        return ""
    clause = f"{entry.source.number} {modes.clause}" if modes.clause else f"{entry.source.number}，{modes.why}"
    return _(
        "“%(title)s”由用人单位考核聘任取得，不经评审委员会评审，不能列入批次。请只选择须评审的层级。依据：%(clause)s。"
    ) % {"title": entry.procedure.title_of(level), "clause": clause}


def _record(round_: Round, act: str, *, by: User, change: Mapping[str, object], reason: str = "") -> None:
    audit.record(
        act,
        by=by,
        scope=f"round:{round_.public_id}",
        kind="round",
        target=str(round_.public_id),
        change=change,
        reason=reason,
        organization=round_.office,
    )


def _iso(dates: RoundDates) -> dict[str, str]:
    return {name: day.isoformat() for name, day in asdict(dates).items()}
