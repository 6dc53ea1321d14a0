"""The list of duties, the marks in the tests, and the notices' own list of them agree."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from scripts import duties

DOMAIN = duties.ROOT.parent / "shared" / "design" / "DOMAIN.md"


def numbered(prefix: str, count: int) -> list[str]:
    return [f"{prefix}-{number:03}" for number in range(1, count + 1)]


def lettered(letter: str, codes: str) -> list[str]:
    return [f"TJ27-{letter}{code}" for code in codes.split()]


# Pinned here as well as in the list: neither can lose a duty unseen.
ANNEX = [
    *lettered("B", "1 2 3 4"),
    *lettered("T", "1 2 3 4"),
    *lettered("A", "1 2 3 4 5"),
    *lettered("E-", "Q1 Q2 Q3 Q4 C0 C P P1 P2 P3 P4 P5 P6 X X1 X2 X3"),
    *lettered("S-", "Q1 Q2 Q3 C0 C P P1 P2 P3 P4 P5 P6 P7 X X1 X2 X3 X4"),
    *lettered("Z-", "Q1 C0 C P P1 P2 P3 P4 P5 P6 P7 X X1 X2"),
]
IDS = [
    *numbered("TJ27", 48),
    *ANNEX,
    *numbered("TJ39", 41),
    *numbered("TJ23", 58),
    *numbered("JX81", 54),
    *numbered("ZJ15", 33),
]

HEAD = "| id | clause | duty | room | where | test | not ours, because |\n"
ROW = "| TJ23-018 | 三(一) | One specialty. | applications | `manage.py demo` | — | — |\n"


@pytest.fixture(scope="module")
def listed() -> list[duties.Duty]:
    return duties.read_list(duties.LIST.read_text(encoding="utf8"))


@pytest.fixture(scope="module")
def marks() -> duties.Marks:
    return duties.collect_marks(duties.ROOT)


def test_the_pinned_ids_are_296() -> None:
    assert len(IDS) == len(set(IDS)) == 296


def test_the_list_holds_every_duty_once(listed: list[duties.Duty]) -> None:
    assert sorted(duty.id for duty in listed) == sorted(IDS)


@pytest.mark.skipif(not DOMAIN.exists(), reason="the domain brief does not lie beside the project")
def test_the_domain_brief_names_the_same_duties() -> None:
    part_a = DOMAIN.read_text(encoding="utf8").partition("\n# Part A")[2].partition("\n# Part B")[0]
    named = re.findall(r"^\| ((?:TJ27|TJ39|TJ23|JX81|ZJ15)-[A-Z0-9-]+) \|", part_a, re.MULTILINE)
    assert sorted(named) == sorted(IDS)


def test_list_and_marks_agree(listed: list[duties.Duty], marks: duties.Marks) -> None:
    assert duties.disagreements(listed, marks) == []


def test_what_is_shown_is_shown_somewhere_that_exists(listed: list[duties.Duty], marks: duties.Marks) -> None:
    makefile = (duties.ROOT / "Makefile").read_text(encoding="utf8")
    known = {f"manage.py {command}" for command in get_commands()} | set(url_names())
    known |= {f"make {target}" for target in re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE)}
    named = {place for duty in listed if marks.of(duty.id) for place in duty.where}
    assert named - known == set()


def url_names() -> list[str]:
    """Every URL name as templates write it, namespaces included."""
    names: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces)
            elif pattern.name:
                names.append(":".join((*spaces, pattern.name)))

    walk(get_resolver().url_patterns, ())
    return names


# The check itself: each way in which list and marks can part is told.


def suite_saying(root: Path, source: str, name: str = "test_a.py") -> duties.Marks:
    (root / "tests").mkdir()
    (root / "tests" / name).write_text(source, encoding="utf8")
    return duties.collect_marks(root)


def test_a_mark_on_a_function_a_class_and_a_module_is_read(tmp_path: Path) -> None:
    source = (
        "import pytest\n"
        'pytestmark = [pytest.mark.slow, pytest.mark.duty("TJ27-001")]\n'
        'class TestA:\n    pytestmark = pytest.mark.duty("TJ27-002")\n'
        '    @pytest.mark.duty("TJ27-003", "TJ27-004")\n    def test_b(self): ...\n'
        '@pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.duty("TJ27-005"))])\ndef test_c(n): ...\n'
    )
    assert suite_saying(tmp_path, source) == duties.Marks(
        tests={
            "TJ27-001": ["tests/test_a.py"],
            "TJ27-002": ["tests/test_a.py::TestA"],
            "TJ27-003": ["tests/test_a.py::TestA::test_b"],
            "TJ27-004": ["tests/test_a.py::TestA::test_b"],
            "TJ27-005": ["tests/test_a.py::test_c"],
        },
        problems=[],
    )


@pytest.mark.parametrize(
    ("source", "name", "problem"),
    [
        (
            '@pytest.mark.skip\n@pytest.mark.duty("TJ23-018")\ndef test_b(): ...\n',
            "test_a.py",
            "tests/test_a.py::test_b carries a duty but is skipped or expected to fail: it shows nothing",
        ),
        (
            '@pytest.mark.duty("TJ23-018")\ndef helper(): ...\n',
            "test_a.py",
            "tests/test_a.py:1: a duty mark belongs on a test, its class or its module",
        ),
        (
            '@pytest.mark.duty("TJ23-018")\ndef test_b(): ...\n',
            "journey.py",
            "tests/journey.py:1: a duty mark belongs on a test, its class or its module",
        ),
        (
            "@pytest.mark.duty(THIS)\ndef test_b(): ...\n",
            "test_a.py",
            "tests/test_a.py::test_b: a duty mark names its ids as plain strings",
        ),
    ],
)
def test_a_mark_that_proves_nothing_is_told(tmp_path: Path, source: str, name: str, problem: str) -> None:
    assert suite_saying(tmp_path, source, name) == duties.Marks(tests={}, problems=[problem])


def said(row: str, tests: dict[str, list[str]]) -> list[str]:
    return duties.disagreements(duties.read_list(HEAD + row), duties.Marks(tests=tests))


def test_a_mark_with_an_unknown_id_is_told() -> None:
    assert said(ROW, {"TJ23-999": ["tests/t.py::test_a"]}) == [
        "tests/t.py::test_a marks TJ23-999, which is no duty of the list"
    ]


def test_a_row_naming_a_test_without_the_mark_is_told() -> None:
    row = ROW.replace("| — | — |", "| `tests/t.py::test_a` | — |")
    assert said(row, {}) == ["TJ23-018 names tests/t.py::test_a, which is not there or does not carry the mark"]


def test_a_mark_its_row_does_not_name_is_told() -> None:
    assert said(ROW, {"TJ23-018": ["tests/t.py::test_a"]}) == [
        "tests/t.py::test_a marks TJ23-018, whose row does not name it: run scripts/duties.py --write"
    ]


def test_a_shown_row_without_a_place_or_with_a_refusal_is_told() -> None:
    marked = {"TJ23-018": ["tests/t.py::test_a"]}
    placeless = ROW.replace("`manage.py demo` | —", "— | `tests/t.py::test_a`")
    refused = ROW.replace("applications", "—").replace("| — | — |\n", "| `tests/t.py::test_a` | other system |\n")
    assert said(placeless, marked) == ["TJ23-018 is shown, but its row names neither page nor command"]
    assert said(refused, marked) == ["TJ23-018 is shown by a test though its row says it is not ours"]


def test_a_duty_listed_twice_is_told() -> None:
    assert said(ROW + ROW, {}) == ["TJ23-018: listed 2 times"]


@pytest.mark.parametrize(
    "row", [ROW.replace("applications", "cellar"), ROW.replace("applications", "—"), ROW.replace("| — | — |", "| — |")]
)
def test_a_row_that_breaks_the_form_is_refused(row: str) -> None:
    with pytest.raises(duties.ListError):
        duties.read_list(HEAD + row)


def test_write_fills_the_test_column_and_nothing_else() -> None:
    marks = duties.Marks(tests={"TJ23-018": ["tests/t.py::test_b", "tests/t.py::test_a"]})
    filled = duties.with_tests("prose | stays\n" + HEAD + ROW, marks)
    row = ROW.replace("| — | — |", "| `tests/t.py::test_a`, `tests/t.py::test_b` | — |")
    assert filled == "prose | stays\n" + HEAD + row
    assert duties.with_tests(filled, duties.Marks()) == "prose | stays\n" + HEAD + ROW


def test_the_summary_counts_marks_by_notice() -> None:
    rows = ROW + ROW.replace("TJ23-018", "TJ23-019") + ROW.replace("TJ23-018", "ZJ15-001")
    marks = duties.Marks(tests={"TJ23-019": ["tests/t.py::test_a"]})
    assert duties.summary(duties.read_list(HEAD + rows), marks).splitlines() == [
        "TJ23     1 /   2   not ours  0",
        "ZJ15     0 /   1   not ours  0",
        "total    1 /   3   not ours  0",
    ]
