"""What holds of an S3-compatible service alone: who may, what when it refuses, stays away, dies or lies."""

import contextlib
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal import clock, content_store, files, jobs
from portal.content_store import DamagedError, UnreachableError
from portal.files import FileLimits, Refused
from portal.models import FileState, Job, StoredFile, content_path
from tests.architecture.sources import ROOT
from tests.portal import samples
from tests.storage.service import BUCKET

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

LIMITS = FileLimits(types=("image/jpeg",), max_bytes=2 << 20)
WRONG = {"secret": {"secret": "wrong"}, "key": {"key": "AKIAWRONG"}, "bucket": {"bucket": "no-such-bucket"}}


def receive():
    return files.receive(io.BytesIO(samples.jpeg()), by=None, name="材料.jpg", limits=LIMITS, purpose="evidence")


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_nobody_reads_an_object_without_the_key(bucket, service):
    sha256, _ = content_store.put(io.BytesIO(b"private"))
    address = f"{service.endpoint}/{BUCKET}/{bucket}/{content_path(sha256)}"
    assert service.keys(bucket) == [content_path(sha256)]
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=10)
    assert refused.value.code == 403
    with pytest.raises(NotImplementedError):
        content_store.place().url(content_path(sha256))


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_with_the_address_is_told_to_operators(service, use_storage, client, caplog, wrong):
    use_storage(service.address("wrong", **WRONG[wrong]))
    said = "no such bucket" if wrong == "bucket" else "the key or the secret is wrong"
    with pytest.raises(CommandError, match=f"portal.E001.*{said}|{said}(.|\n)*FILES_URL"):
        call_command("check", deploy=True, tags=["files"])
    answer = client.get(reverse("portal:health"))
    assert (answer.status_code, answer.json()["files"]) == (503, "failed")
    assert said in caplog.text
    assert service.secret not in caplog.text


@pytest.mark.parametrize("wrong", WRONG)
def test_an_upload_that_is_not_kept_says_so_and_leaves_no_row(service, use_storage, wrong):
    use_storage(service.address("wrong", **WRONG[wrong]))
    with pytest.raises(Refused, match=r"“材料\.jpg”没有保存：存放文件的系统暂时没有应答。.*重新上传"):
        receive()
    assert (StoredFile.objects.count(), Job.objects.count()) == (0, 0)


def test_a_service_that_is_down_costs_no_row_and_a_check_waits_for_it(service, bucket, use_storage):
    stored = receive()
    use_storage(f"s3://key:secret@127.0.0.1:{closed_port()}/{BUCKET}?tls=off")
    with pytest.raises(Refused, match="没有应答"):
        receive()
    jobs.work_off()
    stored.refresh_from_db()
    assert (stored.state, StoredFile.objects.count()) == (FileState.SCANNING, 1)
    assert "no answer" in Job.objects.get().last_error
    use_storage(service.address(bucket))
    Job.objects.update(run_after=clock.machine_now())
    jobs.work_off()
    stored.refresh_from_db()
    assert stored.state == FileState.CLEAN


def test_a_trial_that_holds_passes_the_check(bucket, service):
    call_command("check", deploy=True, tags=["files"])
    assert service.keys(bucket) == []


@pytest.mark.django_db(transaction=True)  # the dump is taken by a connection of its own
def test_a_changed_object_is_not_handed_out(bucket, service, tmp_path):
    paper = samples.pdf()
    stored = files.store_bytes(paper, name="证书", content_type="application/pdf", purpose="certificate")
    service.client().put_object(Bucket=BUCKET, Key=f"{bucket}/{stored.path}", Body=paper[:-1] + b"!")
    with pytest.raises(DamagedError):
        files.open_clean(stored)
    with pytest.raises(CommandError, match="does not hold the content"):
        call_command("backup", tmp_path / "one.tar")
    assert list(tmp_path.glob("one.tar*")) == []


def test_a_line_that_breaks_while_reading_gives_no_half_file(use_storage):
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            with contextlib.suppress(OSError):  # nobody asks a second time, and the listener is closed
                for _ in range(2):
                    connection, _ = listener.accept()
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                    connection.close()

        threading.Thread(target=answer, daemon=True).start()
        use_storage(f"s3://key:secret@127.0.0.1:{listener.getsockname()[1]}/{BUCKET}?tls=off")
        with pytest.raises(UnreachableError):
            content_store.open_content("0" * 64)


KILLED = """
import io, sys, time
import django
django.setup()
from portal import content_store

class Stalls(io.BytesIO):
    reads = 0
    def read(self, size=-1):
        # Hashed once here, once for the signature; the third time it is on its way.
        if self.tell() > 4 << 20 and Stalls.reads == 2:
            print("under way", flush=True)
            time.sleep(60)
        data = super().read(size)
        Stalls.reads += not data
        return data

content_store.put(Stalls(b"x" * (8 << 20)))
"""


def test_a_process_killed_while_it_sends_leaves_nothing(bucket, service, tmp_path):
    environment = {
        "PATH": os.environ["PATH"], "NO_PROXY": "127.0.0.1", "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": str(ROOT), "VAR_DIR": str(tmp_path), "FILES_URL": service.address(bucket),
    }  # fmt: skip
    with subprocess.Popen([sys.executable, "-c", KILLED], env=environment, stdout=subprocess.PIPE) as sending:
        assert sending.stdout.readline() == b"under way\n"
        sending.send_signal(signal.SIGKILL)
    assert service.keys(bucket) == []


def test_threads_of_one_process_do_not_get_in_each_others_way(bucket):
    contents = [bytes([number]) * (100_000 + number) for number in range(24)]

    def there_and_back(data: bytes) -> bool:
        sha256, _ = content_store.put(io.BytesIO(data))
        with content_store.open_content(sha256) as content:
            return content.read() == data

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(there_and_back, contents + contents))
    assert len(list(content_store.place().walk())) == len(contents)


def test_an_installation_with_a_directory_does_not_load_the_client(tmp_path):
    script = (
        "import sys, portal.wsgi, portal.celery, django.urls; django.urls.get_resolver().url_patterns;"
        "sys.exit('boto3' in sys.modules or 'storages' in sys.modules)"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "VAR_DIR": str(tmp_path)}
    assert subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, check=False).returncode == 0
