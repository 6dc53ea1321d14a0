"""Threads may be the first to read a pack, a dossier or a record, together."""

import subprocess
import sys

from tests.architecture.sources import ROOT

# A process of its own, so that nothing has been read yet. Threads change places as often as they can.
TOGETHER = """
import json, sys, threading
sys.setswitchinterval(1e-6)
from rules import catalog, dossier, load
from rules.model import Layer, Policy
policies = [load._parse(path) for path in catalog.POLICIES.glob("*.yaml")]
layers = [load._parse(path) for path in catalog.LAYERS.glob("*.yaml")]
gate, done = threading.Barrier(8), []
def read():
    gate.wait()
    for data in policies:
        load.msgspec.convert(data, Policy)
    for data in layers:
        load.msgspec.convert(data, Layer)
    dossier.decode({"status": "employed", "education": [{"id": "e", "level": "master"}]})
    done.append(catalog.get(catalog.ids()[0]))
threads = [threading.Thread(target=read) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(done), len(set(map(id, done))))
"""
RUNS = 3  # without the preparation about every second run ended by SIGSEGV


def test_threads_that_read_first_together_get_one_pack_and_no_crash():
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-c", TOGETHER], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
        )
        assert (done.returncode, done.stdout) == (0, "8 1\n"), done.stderr
