"""Time spent in posts, three-valued: what is surely there, and what would be if the gaps were filled kindly."""

from datetime import date

from rules import dossier as facts
from rules import periods, verdict
from rules.leaves import Work
from rules.periods import Spell
from rules.predicates.noting import Rule, noted
from rules.verdict import UNMET, Finding, missing
from rules.view import View


def work(spec: Work) -> Rule:
    """Full years in posts of the scope, counted from the record the path rests on."""
    months = 12 * spec.years

    def rule(view: View) -> Finding:
        posts, anchor = view.dossier.posts, view.anchor
        if anchor is not None and anchor.since is None and not anchor.missing:
            return UNMET
        if posts is None:
            return noted(missing("posts"), "work", spec.scope, spec.years, None)
        if anchor is not None and anchor.since is None:
            since, sure_start = date.min, False
        else:
            since, sure_start = (anchor.since or date.min) if anchor else date.min, True
        sure, possible, lacking = _spells(posts, spec.scope, since, view.as_of)
        if not sure_start:
            sure, lacking = [], [anchor.missing if anchor else "", *lacking]
        have = periods.total(sure)
        enough = _enough(sure, months, have)
        if not lacking or _settled(enough, possible, months):
            return noted(verdict.of(enough), "work", spec.scope, spec.years, have)
        return noted(missing(*filter(None, lacking)), "work", spec.scope, spec.years, have)

    return rule


def _settled(enough: bool, possible: list[Spell], months: int) -> bool:
    """Whether what is not known cannot change it.

    Spells a day apart may have more months, by 30 days carried, than the one they are once that day is filled.
    """
    joined = periods.total(possible)
    if enough:
        return _enough(possible, months, joined)
    more = (joined.days + max(len(possible) - 1, 0)) // periods.DAYS_CARRIED_AS_MONTH
    return not _enough(possible, months, periods.Length(joined.months + more, 0))


def _enough(spells: list[Spell], months: int, have: periods.Length) -> bool:
    return have.months >= months if months else bool(spells)


def _spells(
    posts: list[facts.Post], scope: str, since: date, as_of: date
) -> tuple[list[Spell], list[Spell], list[str]]:
    """Spells surely in such a post, spells possibly so, and what is missing to tell the one from the other."""
    sure: list[Spell] = []
    possible: list[Spell] = []
    lacking: list[str] = []
    serving = ("specialty", "relevant") if scope == "relevant" else (scope,)
    for index, post in enumerate(posts):
        if post.scope is not None and post.scope not in serving:
            continue
        start = since if post.since is None else max(post.since, since)
        last = as_of if post.until is None else min(post.until, as_of)
        if start > last or (post.since is not None and post.until is not None and post.since > post.until):
            continue
        end = as_of if post.until is None else min(periods.day_after(post.until), as_of)
        possible.append(Spell(start, end))
        if post.since is not None and post.scope is not None:
            sure.append(Spell(start, end))
        lacking += [f"posts[{index}].from"] if post.since is None else []
        lacking += [f"posts[{index}].scope"] if post.scope is None else []
    return sure, possible, lacking


def full_day(view: View, spec: Work, since: date, horizon: date) -> date | None:
    """The first day after the view's on which the work is full, posts still held going on; None past `horizon`."""
    posts = view.dossier.posts or []

    def full(day: date) -> bool:
        sure = _spells(posts, spec.scope, since, day)[0]
        return _enough(sure, 12 * spec.years, periods.total(sure))

    low, high = view.as_of, horizon
    if full(low) or not full(high):
        return None
    have = periods.total(_spells(posts, spec.scope, since, low)[0])
    soonest, latest = (_months_on(low, 12 * spec.years - have.months + more, horizon) for more in (-1, 1))
    low, high = low if full(soonest) else soonest, latest if full(latest) else high
    while (high - low).days > 1:
        middle = low + (high - low) // 2
        low, high = (low, middle) if full(middle) else (middle, high)
    return high


def _months_on(day: date, months: int, horizon: date) -> date:
    try:
        return min(periods.add_months(day, max(months, 0)), horizon)
    except OverflowError:
        return horizon
