"""Counted proofs: a tenth in `make test`, all of it in `make prove`, and one place that decides."""

import os
import re
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT, python_files

ASK = "from tests.counts import FULL, times; print(FULL, len(times(50)), len(times(3)))"


@pytest.mark.parametrize(
    ("prove", "answer"),
    [("", "False 5 1"), ("0", "False 5 1"), ("1", "True 50 3")],
)
def test_only_prove_1_is_the_full_count(prove, answer):
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env={**os.environ, "PROVE": prove},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == answer


def test_nobody_else_reads_prove():
    readers = [
        str(path.relative_to(ROOT))
        for path in python_files("tests")
        if re.search(r"\W[\"']PROVE[\"']", path.read_text(encoding="utf8"))
        and path.name not in {"counts.py", "test_counts.py"}
    ]
    assert readers == []
