"""Rules of the house that import-linter cannot see, read from the source itself."""

import ast

from tests.architecture.sources import APPS, ROOT, parsed, python_files

LONGEST = 400
CLOCK = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
}
# The clock itself; and log lines, which keep the machine's time by design.
CLOCK_HOMES = {"portal/clock.py", "portal/logs.py"}
# perform() writes the status; nothing else does.
STATUS_HOME = "applications/transitions.py"


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
        f"{name_of(path)}:{node.lineno}"
        for path, tree in parsed(*APPS)
        if name_of(path) not in CLOCK_HOMES
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCK
    ]
    assert readers == []


def test_nobody_but_the_transition_table_assigns_an_application_status():
    writers = []
    for path, tree in parsed(*APPS):
        if name_of(path) == STATUS_HOME or "/migrations/" in str(path):
            continue
        for node in ast.walk(tree):
            targets = (
                node.targets
                if isinstance(node, ast.Assign)
                else [node.target]
                if isinstance(node, ast.AugAssign | ast.AnnAssign)
                else []
            )
            if any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets):
                writers.append(f"{name_of(path)}:{node.lineno}")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"update", "update_or_create"}
                and any(keyword.arg == "status" for keyword in node.keywords)
            ):
                writers.append(f"{name_of(path)}:{node.lineno}")
    assert writers == []


def test_no_junk_drawers():
    drawers = [name_of(path) for path in python_files(*APPS) if path.stem in {"utils", "helpers", "common", "misc"}]
    assert drawers == []
