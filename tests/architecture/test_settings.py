"""Production refuses to start on anything that belongs to a desk, and says what is wrong."""

import os
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet

from tests.architecture.sources import ROOT

LOCAL_FIELD_KEY = "bG9jYWwtb25seS1maWVsZC1rZXktMzItYnl0ZXMhISE="  # what the source code publishes
FIELD_KEY = Fernet.generate_key().decode()
PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "3f9c-a-long-and-unguessable-secret-of-more-than-fifty-characters-7d21",
    "DIGEST_KEY": "another-long-and-unguessable-secret-value",
    "FIELD_KEYS": FIELD_KEY,
    "EMAIL_URL": "smtp://localhost:25",
    "ALLOWED_HOSTS": "portal.example",
    "SITE_URL": "https://portal.example",
    "DATABASE_URL": "postgres://portal@/portal?host=/nowhere",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def manage(*words: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    values = {**PRODUCTION, **changes}
    environment = {"PATH": os.environ["PATH"], **{name: value for name, value in values.items() if value is not None}}
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_deploy_check_has_no_warning():
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr.strip()) == (0, "System check identified no issues (0 silenced).") or (
        done.returncode,
        done.stdout.strip(),
    ) == (0, "System check identified no issues (0 silenced).")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"DEMO": "1"}, "DEMO"),
        ({"REDIS_URL": None}, "REDIS_URL"),
        ({"DATABASE_URL": None}, "DATABASE_URL"),
        ({"FIELD_KEYS": None}, "FIELD_KEYS"),
        ({"FIELD_KEYS": "abc"}, "FIELD_KEYS: key 1"),
        ({"FIELD_KEYS": f"{FIELD_KEY},abc"}, "FIELD_KEYS: key 2"),
        ({"FIELD_KEYS": LOCAL_FIELD_KEY}, "FIELD_KEYS"),
        ({"FIELD_KEYS": f"{FIELD_KEY},{LOCAL_FIELD_KEY}"}, "FIELD_KEYS"),
        ({"DIGEST_KEY": None}, "DIGEST_KEY"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "portal.example,*"}, "ALLOWED_HOSTS"),
        ({"EMAIL_URL": None}, "EMAIL_URL"),
        ({"EMAIL_URL": "mail.portal.example"}, "EMAIL_URL"),
        ({"EMAIL_URL": "smtps://mail.portal.example"}, "EMAIL_URL"),
        ({"SITE_URL": "http://portal.example"}, "SITE_URL"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"SESSION_SECONDS": "soon"}, "SESSION_SECONDS"),
        ({"FAST_PASSWORDS": "1"}, "FAST_PASSWORDS"),
        ({"FILES_URL": "s3://portal"}, "FILES_URL"),
    ],
)
def test_production_refuses_and_names_what_is_wrong(change, named):
    done = manage("check", **change)
    assert done.returncode != 0
    assert named in done.stderr.splitlines()[-1]


def test_mail_may_go_to_files_where_somebody_says_so():
    shown = manage("diffsettings", EMAIL_URL="file")
    assert (shown.returncode, "EMAIL_BACKEND = 'portal.outbox.EmailBackend'" in shown.stdout) == (0, True)
