"""Time in posts with gaps: sure, possible, and what would tell the one from the other."""

from datetime import date

import pytest

from rules.dossier import decode
from rules.leaves import Work
from rules.predicates.working import full_day, work
from rules.verdict import MET, Finding, Verdict
from rules.view import Anchor, View, Window

AS_OF = date(2024, 6, 30)
TWO_YEARS = Work(scope="relevant", years=2)


def asked(posts: list[dict] | None, *, spec: Work = TWO_YEARS, since: date | None = None, missing: str = "") -> Finding:
    anchor = Anchor(MET, since=since, missing=missing, window=Window(opens=since)) if since or missing else None
    dossier = {} if posts is None else {"posts": posts}
    return work(spec)(View(decode(dossier), AS_OF, anchor=anchor))


@pytest.mark.parametrize(
    ("posts", "verdict", "missing"),
    [
        (None, "open", ("posts",)),
        ([], "unmet", ()),
        ([{"from": "2022-06-30", "scope": "relevant"}], "met", ()),
        ([{"from": "2022-06-30", "scope": "specialty"}], "met", ()),
        ([{"from": "2022-06-30", "scope": "other"}], "unmet", ()),
        ([{"from": "2022-06-30"}], "open", ("posts[0].scope",)),
        ([{"from": "2022-07-01"}], "unmet", ()),
        ([{"scope": "relevant"}], "open", ("posts[0].from",)),
        ([{"to": "2020-01-01"}], "open", ("posts[0].from", "posts[0].scope")),
        ([{"from": "2024-07-01", "scope": "relevant"}], "unmet", ()),
        ([{"from": "2022-06-30", "to": "2020-01-01", "scope": "relevant"}], "unmet", ()),
        ([{"from": "2020-01-01", "to": "2021-12-31", "scope": "relevant"}], "met", ()),
        ([{"from": "2020-01-01", "to": "2021-12-30", "scope": "relevant"}], "unmet", ()),
        ([{"from": "2022-06-30", "scope": "relevant"}, {"scope": "relevant"}], "met", ()),
    ],
)
def test_work(posts: list[dict] | None, verdict: str, missing: tuple[str, ...]) -> None:
    found = asked(posts)
    assert (found.verdict.word, found.missing) == (verdict, missing)


def test_counts_from_the_record_the_path_rests_on() -> None:
    posts = [{"from": "2010-01-01", "scope": "relevant"}]
    assert asked(posts, since=date(2022, 6, 30)).verdict is Verdict.MET
    assert asked(posts, since=date(2022, 7, 1)).verdict is Verdict.UNMET


def test_where_that_day_is_not_known() -> None:
    assert asked([{"from": "2010-01-01", "scope": "relevant"}], missing="education[0].awarded").missing == (
        "education[0].awarded",
    )
    assert asked([{"from": "2023-01-01", "scope": "relevant"}], missing="education[0].awarded").verdict is Verdict.UNMET


def test_no_years_ask_for_any_such_work() -> None:
    any_work = Work(scope="relevant", years=0)
    assert asked([{"from": "2024-06-30", "scope": "relevant"}], spec=any_work).verdict is Verdict.MET
    assert asked([{"from": "2024-06-30", "scope": "other"}], spec=any_work).verdict is Verdict.UNMET
    assert asked([{"from": "2010-01-01", "to": "2012-01-01", "scope": "relevant"}], spec=any_work, since=date(2013, 1, 1)
                 ).verdict is Verdict.UNMET  # fmt: skip


def test_the_day_it_becomes_full() -> None:
    view = View(decode({"posts": [{"from": "2023-10-08", "scope": "specialty"}]}), AS_OF)
    assert full_day(view, TWO_YEARS, date.min, date(2060, 1, 1)) == date(2025, 10, 8)
    assert full_day(view, TWO_YEARS, date(2024, 1, 1), date(2060, 1, 1)) == date(2026, 1, 1)
    assert full_day(view, TWO_YEARS, date.min, date(2025, 10, 7)) is None
