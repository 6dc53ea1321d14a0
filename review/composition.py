"""Whether an expert pool meets its composition duties: one finding a duty, with numbers and clause. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rules.procedure import Pool

LONGEST_TERM_YEARS = 3


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the duties see one. `enterprise` counts experts of social organisations with the enterprises'."""

    title_level: str
    enterprise: bool
    private_or_social: bool
    non_public: bool
    skilled: bool
    term_from: date
    term_until: date


@dataclass(frozen=True, slots=True)
class Finding:
    """`found` and `needed` are head counts; `needed` is the least, except for terms, where it is the most."""

    duty: str
    clause: str
    found: int
    needed: int
    holds: bool

    def sentence(self) -> str:
        """What to mend, for the office."""
        return _("%(duty)s：现有 %(found)d 人，须 %(needed)d 人（%(clause)s）。请调整专家库后再试。") % {
            "duty": self.duty,
            "found": self.found,
            "needed": self.needed,
            "clause": self.clause,
        }


def findings(pool: Pool, members: Sequence[Member], *, named: str) -> list[Finding]:
    """Every composition duty of a pool, met or not.

    Args:
        pool: the figures of the policy's procedure.
        members: those whose terms run.
        named: what the policy's own document is called by, put before its clauses.
    """
    size, enterprise = len(members), _count(member.enterprise for member in members)

    def at_least(duty: str, clause: str | None, found: int, needed: int) -> Finding:
        return Finding(duty, _cited(clause, named), found, needed, found >= needed)

    asked = [at_least(_("专家库总人数"), pool.size.clause, size, pool.size.value)]
    if pool.senior_only is not None:
        senior = _count(member.title_level in {"associate_senior", "full_senior"} for member in members)
        asked.append(at_least(_("具有高级职称的专家"), pool.senior_only.clause, senior, size))
    if pool.full_senior is not None:
        full = _count(member.title_level == "full_senior" for member in members)
        asked.append(at_least(_("正高级专家"), pool.full_senior.clause, full, pool.full_senior.of(size)))
    if pool.enterprise is not None:
        asked.append(at_least(_("企业技术专家"), pool.enterprise.clause, enterprise, pool.enterprise.of(size)))
    if pool.non_public is not None:
        private = _count(member.enterprise and member.private_or_social for member in members)
        duty = _("企业技术专家中来自民营企业、社会组织的专家")
        asked.append(at_least(duty, pool.non_public.clause, private, pool.non_public.of(enterprise)))
    if pool.skilled is not None:
        skilled = _count(member.skilled for member in members)
        asked.append(at_least(_("高技能人才专家"), pool.skilled.clause, skilled, pool.skilled.value))
    if pool.non_public_members is not None:
        found = _count(member.non_public for member in members)
        asked.append(at_least(_("非公单位专家"), pool.non_public_members.clause, found, 1))
    return [*asked, _terms(members)]


def _cited(clause: str | None, named: str) -> str:
    """The clause with its document; clauses of the annual notice carry the notice's name already."""
    if clause is None:
        return _("设定值，待确认")
    return f"{named} {clause}" if clause.startswith("正文") else clause


def _terms(members: Sequence[Member]) -> Finding:
    too_long = _count(member.term_until >= _years_later(member.term_from) for member in members)
    return Finding(_("任期超过三年的专家"), _("通行做法，待确认"), too_long, 0, too_long == 0)


def _years_later(start: date) -> date:
    """The first day after a longest term that begins on `start`."""
    try:
        return start.replace(year=start.year + LONGEST_TERM_YEARS)
    except ValueError:
        return date(start.year + LONGEST_TERM_YEARS, 3, 1)


def _count(facts: Iterable[bool]) -> int:
    return sum(1 for fact in facts if fact)
