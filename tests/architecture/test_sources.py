"""Rules of the house that import-linter cannot see, read from the source itself."""

import pytest

from tests.architecture.detectors import CITATION, citing, clock_readers, status_writers
from tests.architecture.sources import APPS, ROOT, parsed, python_files

LONGEST = 400
# The clock itself; and log lines, which keep the machine's time by design.
CLOCK_HOMES = {"portal/clock.py", "portal/logs.py"}
# These write the status, and nothing else does.
STATUS_WRITERS = {"applications/transitions.py": frozenset({"perform", "_write"})}


# The notices of the days off, what a typed citation looks like, and the one that the played round is cancelled under.
CITING = {"portal/workdays.py", "applications/services/overrides.py", "certificates/round_play.py"}


def name_of(path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_is_too_long_to_read():
    too_long = {
        name_of(path): lines
        for path in python_files()
        if "/migrations/" not in str(path) and (lines := len(path.read_text(encoding="utf8").splitlines())) > LONGEST
    }
    assert too_long == {}


def test_business_time_has_one_source():
    readers = [
        f"{name_of(path)}:{line}"
        for path, tree in parsed(*APPS)
        if name_of(path) not in CLOCK_HOMES and "/migrations/" not in str(path)
        for line in clock_readers(tree)
    ]
    assert readers == []


def test_nobody_but_the_transition_table_writes_an_application_status():
    """The apps that know applications: those below them cannot reach the column."""
    writers = [
        f"{name_of(path)}:{line}"
        for path, tree in parsed("applications", "review", "certificates")
        if "/migrations/" not in str(path)
        for line in status_writers(tree, exempt=STATUS_WRITERS.get(name_of(path), frozenset()))
    ]
    assert writers == []


def test_the_transition_table_is_where_the_status_is_written():
    [tree] = [tree for path, tree in parsed("applications") if name_of(path) in STATUS_WRITERS]
    assert len(status_writers(tree)) == 1


def test_no_junk_drawers():
    drawers = [name_of(path) for path in python_files(*APPS) if path.stem in {"utils", "helpers", "common", "misc"}]
    assert drawers == []


def test_no_sentence_cites_a_notice_by_itself():
    """A round goes by its own region's notice: what is cited comes from its pack (applications/bases.py)."""
    said = [
        f"{name_of(path)}:{line}"
        for path, tree in parsed(*(app for app in APPS if app != "rules"))
        if name_of(path) not in CITING and "/migrations/" not in str(path)
        for line in citing(tree)
    ]
    assert said == []


def test_no_page_cites_a_notice_by_itself():
    pages = sorted((ROOT / "templates").rglob("*.html"))
    assert pages
    assert [name_of(page) for page in pages if CITATION.search(page.read_text(encoding="utf8"))] == []


@pytest.mark.parametrize(
    "sentence", ["（27号 正文七(七)）", "2023年度通知", "五(三)1", "（2019年39号文 二(五)2）", "五（三）"]
)
def test_a_citation_is_known(sentence):
    assert CITATION.search(sentence)


@pytest.mark.parametrize("sentence", ["证件号码", "填写手机号", "第%(number)s号", "一、二（选填）"])
def test_what_is_no_citation(sentence):
    assert not CITATION.search(sentence)
