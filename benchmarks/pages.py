"""`make bench-pages`: our pages with 5,000 applications against a bare Django list and one-row page, on the same gunicorn.

ROUNDS and SECONDS say how long: each page is measured so many seconds in each of so many interleaved rounds. Beside
the ratios of requests a second stand those of processor time a request (workers and database), which a busy machine
disturbs less.
"""

import os

from benchmarks.report import Ratio, publish
from benchmarks.servers import Page, gunicorn, interleave
from benchmarks.stage import stage

ROUNDS, SECONDS = int(os.environ.get("ROUNDS", "7")), float(os.environ.get("SECONDS", "3"))
# name, yardstick, what it must reach of it, what it should: QUALITY's W1-W4.
GOALS = (
    ("staff list", "bare list", 0.25, 0.40),
    ("application", "bare list", 0.20, 0.35),
    ("verification", "bare page", 0.40, 0.60),
    ("notice list", "bare list", 0.40, 1.0),
    ("notice list, unchanged", "bare list", 0.40, 1.0),
)


def main() -> None:
    with (
        stage() as on,
        gunicorn("benchmarks.bare.app:application", on.bare, on.database_pid) as bare,
        gunicorn("portal.wsgi", on.ours, on.database_pid) as ours,
    ):
        staff, notices = f"sessionid={on.ids['session']}", ["/notices/"]
        etag = next(line for line in Page("", ours, notices).ask_once().splitlines() if line.startswith("ETag"))
        pages = (
            Page("bare list", bare, ["/list/"], f"sessionid={on.bare_session}"),
            Page("bare page", bare, ["/detail/7/"]),
            Page("staff list", ours, ["/office/"], staff),
            Page("application", ours, [f"/applications/{one}/" for one in on.ids["applications"]], staff),
            Page("verification", ours, [f"/v/{token}/" for token in on.ids["tokens"]]),
            Page("notice list", ours, notices),
            Page("notice list, unchanged", ours, notices, headers=f"If-None-Match: {etag[6:]}\r\n", status=304),
        )
        interleave(list(pages), rounds=ROUNDS, seconds=SECONDS)
    for page in pages:
        print(f"{page.name:<24}{page.rate:>8.1f} requests/s {1000 * page.cost:>8.2f} ms of processor time")
    print()
    by_name = {page.name: page for page in pages}
    rates = [Ratio(f"{name} ÷ {yard}", by_name[name].rate / by_name[yard].rate, *goal) for name, yard, *goal in GOALS]
    costs = [
        Ratio(f"{name} ÷ {yard}, processor time", by_name[yard].cost / by_name[name].cost)
        for name, yard, *_goal in GOALS
    ]
    publish("pages", [*rates, *costs])


if __name__ == "__main__":
    main()
