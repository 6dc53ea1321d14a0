"""Web and worker on one SQLite file, many submits and many jobs at once: no error, nothing twice, nobody left behind."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.counts import times
from tests.processes.installation import Browser, Installation, alive, wait_for

pytestmark = pytest.mark.slow

COUNT = len(times(200))
THREADS = 16
FAULTS = ("locked", "Traceback", "OperationalError", "was sent SIG")
SEEN = re.compile(r"\?seen=([0-9a-f]{64})")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Applicant:
    """A person who has checked and signed, and has the submit page open."""

    def __init__(self, port: int, page: str, session: str) -> None:
        self.browser, self.page = Browser(port, session), page
        self.both = Barrier(2)

    def open(self) -> None:
        seen = SEEN.search(self.browser.get(self.page.replace("/submit/", "/check/")))
        assert seen is not None, "the check page names something still to do"
        token = TOKEN.search(self.browser.get(f"{self.page}?seen={seen[1]}"))
        assert token is not None
        self.fields = {"csrfmiddlewaretoken": token[1], "seen_sha256": seen[1]}

    def press(self) -> int:
        """One of two presses at the same moment."""
        self.both.wait(60)
        return self.browser.post(self.page, self.fields)


def test_submits_and_jobs_at_once_on_sqlite(tmp_path):
    installation = Installation(tmp_path)
    prepared = installation.act("prepare", str(COUNT))

    with installation, ThreadPoolExecutor(THREADS) as pool:
        applicants = [Applicant(installation.port, **one) for one in prepared]
        list(pool.map(Applicant.open, applicants))
        ordering = installation.begin("order", str(COUNT))
        answers = list(pool.map(Applicant.press, [one for one in applicants for _ in range(2)]))
        assert installation.answer(ordering) == COUNT
        wait_for(lambda: not installation.unfinished_jobs(), 60 + COUNT)
        processes = installation.stop()

    assert answers == [302] * (2 * COUNT)
    assert [pid for pid in processes if alive(pid)] == []
    assert len(processes) >= 6  # web and its two, the worker, its two and its clock
    assert [line for line in installation.said.splitlines() if any(bad in line for bad in FAULTS)] == []
    found = installation.act("look")
    letters = found.pop("letters")
    assert found == {
        "statuses": {"in_approval": COUNT},
        "snapshots": COUNT,
        "live": COUNT,
        "moves": {"submit": COUNT},
        "moved": COUNT,
        "steps": 3 * COUNT,
        "numbers": COUNT,
        "jobs": {
            "portal.check_file done 1": found["jobs"]["portal.check_file done 1"],
            "portal.deliver done 1": 3 * COUNT,  # the unit and the applicant are told, and the letter ordered beside
        },
        "breaches": [],
    }
    assert installation.letters() == letters
