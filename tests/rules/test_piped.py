"""What is around a command and is no fault of its own: closed streams, a full disk, a locale that is not UTF-8."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.people import AS_OF, LEVEL, POLICY, qualified
from tests.rules.test_batch import NO_DATABASE, ROOT, line

ASKED = f"--policy {POLICY} --level {LEVEL} --as-of {AS_OF}"


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(line() + b"\n")
    return file


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run by a shell, which closes what a command is given closed; `manage` stands for the interpreter and manage.py."""
    manage = f"manage() {{ '{sys.executable}' manage.py \"$@\"; }}"
    return subprocess.run(
        ["sh", "-c", f"{manage}\n{command}"],
        cwd=ROOT,
        env={**NO_DATABASE, **environment},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("manage check_eligibility --batch - <&-", "standard input is closed"),
        (f"manage check_eligibility - {ASKED} <&-", "standard input is closed"),
        (f"manage simulate_policy {POLICY} {POLICY} --cases - <&-", "standard input is closed"),
        ("manage check_eligibility --batch $CASES >&-", "standard output is closed"),
        ("manage check_eligibility --batch $CASES >/dev/full", "No space left on device"),
        (f"manage rules explain {POLICY} {LEVEL} >/dev/full", "No space left on device"),
    ],
)
def test_a_stream_that_fails_is_said_in_one_line(command: str, said: str, case_file: Path) -> None:
    ended = shell(command, CASES=str(case_file))
    assert ended.returncode == 1
    assert ended.stderr.decode().strip().endswith(said)
    assert b"Traceback" not in ended.stderr


def test_answers_are_utf8_whatever_the_locale(case_file: Path, tmp_path: Path) -> None:
    dossier = tmp_path / "dossier.json"
    dossier.write_text(json.dumps(qualified()), encoding="utf-8")
    for encoding in ("ascii", "gb18030"):
        answered = shell(f"manage check_eligibility --batch {case_file}", PYTHONIOENCODING=encoding)
        assert "五(三)" in json.loads(answered.stdout)["clauses"]
        tree = shell(f"manage check_eligibility {dossier} {ASKED}", PYTHONIOENCODING=encoding)
        assert "五(三)" in tree.stdout.decode()
