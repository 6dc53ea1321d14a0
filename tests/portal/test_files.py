import hashlib
import io
import os
import resource
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from PIL import Image

from portal import clock, content_store, file_intake, files, jobs
from portal.file_checks import content as by_content
from portal.file_checks import sandbox
from portal.files import FileLimits, NotAvailable, Refused
from portal.models import FileState, Job, JobState, StoredFile, content_path
from portal.models.job import MOST_OUTAGES
from tests.portal import samples

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

LIMITS = FileLimits(types=("image/jpeg", "image/png", "application/pdf"), max_bytes=2 << 20)


def receive(data, name="材料.jpg", by=None, limits=LIMITS):
    return files.receive(io.BytesIO(data), by=by, name=name, limits=limits, purpose="evidence")


def receive_and_check(data, **options):
    stored = receive(data, **options)
    jobs.work_off()
    stored.refresh_from_db()
    return stored


@pytest.mark.parametrize("kind", samples.KEPT)
def test_an_honest_file_is_kept(kind):
    stored = receive_and_check(samples.KEPT[kind])
    assert (stored.state, stored.refusal) == (FileState.CLEAN, "")
    with files.open_clean(stored) as content:
        data = content.read()
    assert hashlib.sha256(data).hexdigest() == stored.sha256
    assert len(data) == stored.size
    if stored.content_type == "application/pdf":
        assert data == samples.KEPT[kind]
    else:
        assert b"<script>" not in data
        assert b"<?php" not in data
        assert b"PK\x03\x04" not in data
        with Image.open(io.BytesIO(data)) as picture:
            assert (picture.width, picture.height) == (stored.width, stored.height)


def test_an_identity_number_in_a_name_is_masked_on_arrival():
    stored = receive(samples.KEPT[next(iter(samples.KEPT))], name="林申报120101198503141231毕业证书.jpg")
    assert "120101********1231" in stored.name


@pytest.mark.parametrize("kind", samples.NOT_ACCEPTED)
@pytest.mark.parametrize("name", ["a.jpg", "a.pdf", "a.jpg.php", "a"])
def test_what_is_no_accepted_type_is_refused_at_once(kind, name):
    with pytest.raises(Refused, match="重新"):
        receive(samples.NOT_ACCEPTED[kind], name=name)
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("kind", samples.CHECKED_OUT)
def test_a_hostile_or_broken_file_is_refused_by_the_check(kind):
    data, word = samples.CHECKED_OUT[kind]
    started = time.monotonic()
    stored = receive_and_check(data)
    assert time.monotonic() - started < 8
    assert stored.state == FileState.REFUSED
    assert word in stored.refusal
    assert "上传" in stored.refusal
    with pytest.raises(NotAvailable, match=word):
        files.response(stored)


def test_a_type_that_the_slot_does_not_take_is_refused_by_content_not_by_name():
    only_pdf = FileLimits(types=("application/pdf",), max_bytes=1 << 20)
    with pytest.raises(Refused, match="不是PDF格式"):
        receive(samples.jpeg(), name="证书.pdf", limits=only_pdf)


@pytest.mark.parametrize(("extra", "is_kept"), [(-1, True), (0, True), (1, False)])
def test_the_limit_is_exact(extra, is_kept):
    data = samples.jpeg()
    limits = FileLimits(types=("image/jpeg",), max_bytes=2 << 20)
    data += b"\0" * (limits.max_bytes + extra - len(data))
    if is_kept:
        assert receive(data, limits=limits).size == len(data)
    else:
        with pytest.raises(Refused, match="超过 2 MB"):
            receive(data, limits=limits)


def test_a_picture_is_turned_upright_and_loses_what_it_told():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "13800001111"
    stored = receive_and_check(samples.jpeg(600, 400, exif=exif))
    with files.open_clean(stored) as content, Image.open(content) as picture:
        assert (picture.size, dict(picture.getexif())) == ((400, 600), {})
    assert stored.received_sha256 != stored.sha256


def test_a_large_turned_photograph_fits_the_limits():
    exif = Image.Exif()
    exif[0x0112] = 8
    stored = receive_and_check(samples.jpeg(7200, 5400, noise=False, exif=exif))
    assert (stored.state, stored.height > stored.width) == (FileState.CLEAN, True)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Windows\\cmd.exe", "cmd.jpg"),
        ("a.jpg.php", "a.jpg"),
        ("毕业证书（扫描件）.PDF", "毕业证书（扫描件）.jpg"),
        ("evil\u202egpj.exe", "evilgpj.jpg"),
        ("nul\0l.jpg", "null.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie_ x.jpg"),
        (".htaccess", "file.jpg"),
        ("张三.论文.第2版.pdf", "张三.论文.第2版.jpg"),
        ("", "file.jpg"),
        ("x" * 500, "x" * 100 + ".jpg"),
        ("证" * 500, "证" * 80 + ".jpg"),
        ("<script>.jpg", "_script_.jpg"),
        ("a.php .jpg", "a.jpg"),
        ("CON.jpg", "_CON.jpg"),
        ("nul", "_nul.jpg"),
        ("console.jpg", "console.jpg"),
    ],
)
def test_a_name_is_only_a_name(given, kept):
    assert by_content.clean_name(given, "image/jpeg") == kept


def test_a_file_is_served_inert(lin):
    stored = receive_and_check(samples.jpeg(), name="证书.jpg", by=lin)
    answer = files.response(stored)
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E8%AF%81%E4%B9%A6.jpg"
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff",
        "sandbox; default-src 'none'",
    )
    assert (answer["Cache-Control"], answer["Content-Type"]) == ("private, no-store", "image/jpeg")
    assert files.response(stored, inline=True)["Content-Disposition"].startswith("inline")


def test_a_pdf_is_shown_page_by_page_as_pictures():
    stored = receive_and_check(samples.pdf(2))
    assert files.response(stored, inline=True)["Content-Disposition"].startswith("attachment")
    answer = files.page_response(stored, 2)
    assert isinstance(answer, HttpResponse)
    with Image.open(io.BytesIO(answer.content)) as page:
        assert (page.format, page.size) == ("JPEG", (1200, 1699))
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    for number in (0, 3):
        with pytest.raises(NotAvailable, match="没有第"):
            files.page_response(stored, number)


def test_a_file_is_not_served_before_it_is_checked():
    stored = receive(samples.jpeg())
    with pytest.raises(NotAvailable, match="正在安全检查"):
        files.response(stored)


def test_our_own_papers_are_clean_and_need_no_check():
    data = samples.pdf()
    stored = files.store_bytes(data, name="证书", content_type="application/pdf", purpose="certificate")
    assert (stored.name, stored.state, jobs.work_off()) == ("证书.pdf", FileState.CLEAN, 0)
    with files.open_clean(stored) as content:
        assert content.read() == data


def test_the_same_content_is_stored_once(private_files):
    first, second = receive(samples.pdf()), receive(samples.pdf())
    assert first.sha256 == second.sha256
    assert [path.name for path in private_files.rglob("*") if path.is_file()] == [first.sha256]


def test_checking_twice_changes_nothing():
    stored = receive_and_check(samples.jpeg())
    file_intake.check(stored.pk)
    again = StoredFile.objects.get()
    assert (again.sha256, again.state, again.checked_at) == (stored.sha256, stored.state, stored.checked_at)


def test_a_check_that_died_halfway_is_done_again():
    stored = receive(samples.jpeg())
    StoredFile.objects.update(state=FileState.SCANNING)
    jobs.work_off()
    stored.refresh_from_db()
    assert stored.state == FileState.CLEAN


def test_a_virus_scanner_that_is_down_leaves_the_file_waiting(monkeypatch):
    monkeypatch.setenv("CLAMD", "/nowhere/clamd.sock")
    stored = receive_and_check(samples.jpeg())
    assert stored.state == FileState.SCANNING
    with pytest.raises(NotAvailable):
        files.open_clean(stored)
    monkeypatch.delenv("CLAMD")
    jobs.Job.objects.update(run_after=clock.machine_now())
    jobs.work_off()
    stored.refresh_from_db()
    assert stored.state == FileState.CLEAN


def test_the_purge_takes_what_no_row_names_and_is_a_day_old(private_files):
    kept = receive_and_check(samples.jpeg())
    young, _ = content_store.put(io.BytesIO(b"young"))
    old, _ = content_store.put(io.BytesIO(b"old"))
    yesterday = (clock.machine_now() - timedelta(days=2)).timestamp()
    broken_off = private_files / "incoming" / "half"
    broken_off.write_bytes(b"x")
    for path in (private_files / content_path(old), private_files / content_path(kept.sha256), broken_off):
        os.utime(path, (yesterday, yesterday))
    assert content_store.purge() == 2
    assert [content_store.exists(sha) for sha in (kept.sha256, young, old)] == [True, True, False]


def test_a_full_disk_says_so_and_leaves_nothing_behind(private_files):
    private_files.mkdir()
    kept = receive(samples.pdf())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        with pytest.raises(Refused, match="存储空间"):
            receive(samples.jpeg(900, 900))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert [path.name for path in private_files.rglob("*") if path.is_file()] == [kept.sha256]
    assert StoredFile.objects.count() == 1


def test_the_child_is_held_to_its_limits(tmp_path):
    script = Path(sandbox.__file__).parent
    greedy = tmp_path / "greedy.py"
    greedy.write_text(
        f"import sys; sys.path.insert(0, {str(script)!r}); import limits; limits.impose()\nx = bytearray(300 << 20)"
    )
    lazy = tmp_path / "busy.py"
    lazy.write_text(
        f"import sys; sys.path.insert(0, {str(script)!r}); import limits; limits.impose()\nwhile True: pass"
    )
    greedy_end = subprocess.run([sys.executable, "-I", greedy], capture_output=True, text=True, check=False)
    assert (greedy_end.returncode, "MemoryError" in greedy_end.stderr) == (1, True)
    assert subprocess.run([sys.executable, "-I", lazy], check=False).returncode < 0


def test_a_scanner_away_for_longer_than_a_day_leaves_a_sentence_and_a_file_that_can_be_taken_up(lin, monkeypatch):
    stored = receive(samples.KEPT["jpeg"] if "jpeg" in samples.KEPT else next(iter(samples.KEPT.values())), by=lin)
    monkeypatch.setenv("CLAMD", "/nowhere/clamd")
    job = Job.objects.get()
    jobs.run(job.pk)
    stored.refresh_from_db()
    job.refresh_from_db()
    assert (stored.state, job.state, job.outages) == (FileState.SCANNING, JobState.QUEUED, 1)
    Job.objects.update(tries=MOST_OUTAGES - 1, outages=MOST_OUTAGES - 1, run_after=clock.machine_now())
    jobs.work_off()
    stored.refresh_from_db()
    assert (stored.state, stored.checked_at) == (FileState.REFUSED, None)
    assert "请重新上传" in stored.refusal
    monkeypatch.delenv("CLAMD")
    jobs.retry_failed(job)
    jobs.work_off()
    stored.refresh_from_db()
    assert (stored.state, stored.refusal) == (FileState.CLEAN, "")
