"""`make bench-web`: what an applicant opens while filing, against a bare Django list on the same gunicorn.

5,000 applications, the one at hand with 20 files and ten rows of history. ROUNDS and SECONDS as in `make bench-pages`.
"""

import os

from benchmarks.report import Ratio, publish
from benchmarks.servers import Page, gunicorn, interleave
from benchmarks.stage import stage

ROUNDS, SECONDS = int(os.environ.get("ROUNDS", "7")), float(os.environ.get("SECONDS", "3"))
# QUALITY W2.
MUST, STRETCH = 0.20, 0.35


def main() -> None:
    with (
        stage() as on,
        gunicorn("benchmarks.bare.app:application", on.bare, on.database_pid) as bare,
        gunicorn("portal.wsgi", on.ours, on.database_pid) as ours,
    ):
        filing, filed = on.ids["filing"], on.ids["filed"]
        own, section = f"sessionid={filing['session']}", f"/applications/{filing['application']}/sections/projects/"
        pages = (
            Page("bare list", bare, ["/list/"], f"sessionid={on.bare_session}"),
            Page("task list", ours, [f"/applications/{filing['application']}/"], own),
            Page("section", ours, [section], own),
            Page("own application", ours, [f"/applications/{filed['application']}/"], f"sessionid={filed['session']}"),
        )
        interleave(list(pages), rounds=ROUNDS, seconds=SECONDS)
    for page in pages:
        print(f"{page.name:<24}{page.rate:>8.1f} requests/s {1000 * page.cost:>8.2f} ms of processor time")
    print()
    yard, *measured = pages
    rates = [Ratio(f"{page.name} ÷ bare list", page.rate / yard.rate, MUST, STRETCH) for page in measured]
    costs = [Ratio(f"{page.name} ÷ bare list, processor time", yard.cost / page.cost) for page in measured]
    publish("web", [*rates, *costs])


if __name__ == "__main__":
    main()
