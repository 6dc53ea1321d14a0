"""Rules of the house that import-linter cannot see, read from the source itself."""

from tests.architecture.detectors import clock_readers, status_writers
from tests.architecture.sources import APPS, ROOT, parsed, python_files

LONGEST = 400
# The clock itself; and log lines, which keep the machine's time by design.
CLOCK_HOMES = {"portal/clock.py", "portal/logs.py"}
# These write the status, and nothing else does.
STATUS_WRITERS = {"applications/transitions.py": frozenset({"perform", "_write"})}


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
