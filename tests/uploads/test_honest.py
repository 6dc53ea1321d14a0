"""What applicants really send is taken, all of it: photographs, scans and documents as they are made every day."""

import io
import subprocess

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from portal import files
from portal.models import FileState, StoredFile
from tests.browser.conftest import SWITCHES, executable
from tests.counts import times
from tests.uploads import ways
from tests.uploads.honest import KINDS, made

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

FILES_A_KIND = 15
# Of 255, a pixel on the average: what packing it once more costs. Colours turned round, or a picture upside down, cost far more.
ALIKE = 6


def test_the_files_are_as_many_as_promised():
    assert len(KINDS) * FILES_A_KIND >= 500


@pytest.mark.parametrize("name", sorted(KINDS))
def test_an_honest_file_is_taken(name, lin, costs):
    complaints = [found for number in times(FILES_A_KIND) if (found := complaints_of(name, number, lin))]
    assert complaints == []
    assert costs.excessive() == []


def test_a_signature_holds_after_the_check(lin, tmp_path):
    stored = ways.send(made("signed report", 1), "报告.pdf", lin)
    copy = tmp_path / "report.pdf"
    copy.write_bytes(b"".join(files.response(stored).streaming_content))
    seen = subprocess.run(["pdfsig", "-nocert", copy], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in seen
    assert "Total document signed" in seen


def test_what_the_refusals_advise_is_taken(lin, tmp_path):
    """A refused PDF is to be printed anew: by a browser, from a page like any other."""
    page, made_anew = tmp_path / "page.html", tmp_path / "printed.pdf"
    page.write_text("<meta charset=utf-8><h1>证明</h1><a href='https://www.chsi.com.cn/'>查询</a>", encoding="utf8")
    command = [
        executable(),
        "--headless",
        *SWITCHES,
        f"--user-data-dir={tmp_path}",
        f"--print-to-pdf={made_anew}",
        page.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert complaints_of_document(ways.send(made_anew.read_bytes(), "打印.pdf", lin)) == []


def complaints_of(name, number, by) -> list[str]:
    sent = made(name, number)
    stored = ways.send(sent, "材料.pdf" if sent.startswith(b"%PDF") else "材料.jpg", by)
    if stored is None or stored.state != FileState.CLEAN:
        return [f"{name} {number}: refused{stored and stored.refusal}"]
    found = ways.complaints_of_answer(stored, sent, b"")
    found += (
        complaints_of_document(stored)
        if stored.content_type == "application/pdf"
        else complaints_of_picture(stored, sent)
    )
    return [f"{name} {number}: {complaint}" for complaint in found]


def complaints_of_document(stored: StoredFile) -> list[str]:
    if stored.state != FileState.CLEAN or not stored.pages:
        return [f"not taken: {stored.refusal}"]
    return [] if files.page_response(stored, stored.pages).status_code == 200 else ["its last page cannot be seen"]


def complaints_of_picture(stored: StoredFile, sent: bytes) -> list[str]:
    """Upright, within the limit, and to the eye the picture that was sent."""
    with files.open_clean(stored) as content, Image.open(content) as kept, Image.open(io.BytesIO(sent)) as before:
        upright = ImageOps.exif_transpose(before).convert("RGB")
        differing = ImageStat.Stat(ImageChops.difference(small(upright), small(kept.convert("RGB")))).mean
        found = {
            "grown over the limit": stored.size > max(len(sent), 256 << 10),
            "not upright": (kept.width > kept.height) != (upright.width > upright.height),
            f"another picture: {differing}": max(differing) > ALIKE,
            "other sides noted than it has": kept.size != (stored.width, stored.height),
        }
    return [complaint for complaint, holds in found.items() if holds]


def small(picture: Image.Image) -> Image.Image:
    return picture.resize((64, 64), Image.Resampling.BOX)
