"""What a process that only starts does not load: web workers and commands pay for it at every start."""

import os
import subprocess
import sys

from tests.architecture.sources import ROOT

# Each is loaded where it is used for the first time: by who prints, checks a file, fills the calendar, sends a message.
HEAVY = (
    "weasyprint", "fontTools", "PIL", "pikepdf", "pypdfium2", "zxingcpp", "segno", "chinese_calendar", "sqlalchemy",
    "boto3", "botocore", "openpyxl",
)  # fmt: skip
LOADED = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules} & set(%r)))"


def loaded_by(code: str, place) -> str:
    """Which of the heavy ones a fresh process has loaded after the code; embedded, as `make run` starts it."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}\n{LOADED % (HEAVY,)}"],
        cwd=ROOT, env={**kept, "DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(place)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_starting_loads_nothing_heavy(tmp_path):
    assert loaded_by("", tmp_path) == ""


def test_checks_and_addresses_load_nothing_heavy(tmp_path):
    code = "from django.core import checks; checks.run_checks()\nfrom portal import wsgi; import portal.urls"
    assert loaded_by(code, tmp_path) == ""


def test_the_renderer_loads_its_library(tmp_path):
    assert "weasyprint" in loaded_by("import certificates.weasyprint_renderer", tmp_path)
