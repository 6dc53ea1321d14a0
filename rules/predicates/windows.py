"""Whether every achievement lies in the window of the path; those outside are named and count for nothing.

One that is not of the specialty counts for nothing on any day, so that its day is not asked for.
"""

from rules import dossier as facts
from rules import verdict
from rules.predicates.noting import noted
from rules.verdict import MET, Finding, judged, missing
from rules.view import View


def achievements_inside(view: View) -> Finding:
    """Met when none lies outside; else the office decides whether the application stands without those outside."""
    records = view.dossier.achievements
    if records is None:
        return missing("achievements")
    placed = [_placed(view, index, record) for index, record in enumerate(records) if record.relevant is not False]
    outside = sum(bool(found.judgement) for found in placed)
    return noted(verdict.all_of(placed), "in_window", view.window.opens, view.as_of, len(placed) - outside, outside)


def _placed(view: View, index: int, record: facts.Achievement) -> Finding:
    place = f"achievements[{index}]"
    if record.date is None:
        return missing(f"{place}.date")
    window = view.window
    if record.date > view.as_of or window.closed or (window.opens is not None and record.date < window.opens):
        named = f"{place}（{record.id}）" if record.id else place
        return judged(f"{named}（{record.date.isoformat()}）不在起算、终算时间之内，不作为依据，余下的成果是否足够")
    if window.opens is None:
        return missing(window.missing)
    return Finding(MET.verdict, used=(place,))
