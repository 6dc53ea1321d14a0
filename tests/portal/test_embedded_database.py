"""The embedded database as a started portal opens it: readers beside one writer, who waits before he reads."""

import json
import os
import subprocess
import sys

from tests.architecture.sources import ROOT

ASK = """
import json
import threading
import django
django.setup()
from django.db import OperationalError, connection, connections, transaction

with connection.cursor() as cursor:
    journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    waits = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]

def second():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
        answers.append(cursor.execute("SELECT 1").fetchone()[0])
    try:
        with transaction.atomic():
            answers.append("in")
    except OperationalError as error:
        answers.append(str(error))
    connections.close_all()

answers = []
with transaction.atomic():  # nothing is written yet: an immediate transaction holds the pen all the same
    thread = threading.Thread(target=second)
    thread.start()
    thread.join()
print(json.dumps([journal, waits, keys, answers, connection.settings_dict["ATOMIC_REQUESTS"]]))
"""


def test_wal_immediate_transactions_a_long_wait_and_no_transaction_round_requests(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT, env={**kept, "DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["wal", 20_000, 1, [1, "database is locked"], False]
