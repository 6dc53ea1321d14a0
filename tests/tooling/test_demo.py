"""`make demo` after its set-up: a round without a server, its acts a line each, two papers, and the code on one followed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from certificates.proof_reading import pages_of, text_of

ROOT = Path(__file__).resolve().parents[2]
# Everything of `make demo` but the set-up, which a test must not do to the tree it runs in.
PROGRAM = """
import sys
from scripts import demo
demo.install = lambda **_: None
sys.exit(demo.main())
"""
ACT = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d  (\S+)  (.+)$", re.MULTILINE)


@pytest.mark.slow
@pytest.mark.embedded
def test_a_whole_round_without_a_server(tmp_path: Path) -> None:
    (tmp_path / "fonts").symlink_to(ROOT / "var" / "fonts")
    env = {name: value for name, value in os.environ.items() if name != "TEST_RUN"} | {"VAR_DIR": str(tmp_path)}
    played = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=env, capture_output=True, text=True, timeout=600, check=False
    )
    assert played.returncode == 0, played.stderr
    acts = ACT.findall(played.stdout)
    assert [who for who, _what in acts[:4]] == ["孙受理", "林申报", "林申报", "林申报"]
    assert acts[-1][0] == "后台任务"
    assert len(acts) == 22
    assert [what for _who, what in acts if re.search(r"\b(met|unmet|open|ordinary|exceptional)\b", what)] == []
    folder = tmp_path / "demo"
    certificate, form = ((folder / name).read_bytes() for name in ("certificate.pdf", "review-form.pdf"))
    assert pages_of(certificate) == 1
    assert pages_of(form) > 3
    assert "林申报" in text_of(certificate)
    assert "证书有效" in played.stdout
