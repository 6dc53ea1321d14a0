"""The printed papers, read back as their receivers would."""

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.db import transaction
from django.test import override_settings
from PIL import Image
from weasyprint import HTML
from weasyprint.text import ffi

from certificates import checks, fonts, portrait
from certificates.papers.certificate import LABELS
from certificates.printable import Printable
from certificates.proof_reading import codes_of, pages_of, text_of
from certificates.render import renderer
from certificates.weasyprint_renderer import AddressRefusedError, HandedOver
from portal.outside_transactions import InsideTransactionError
from tests.certificates import samples

HAN = re.compile(r"[㐀-鿿]")


def words_of(printable) -> set[str]:
    return set(HAN.findall("".join(text for _place, text in fonts.strings_in(printable.data))))


@pytest.mark.parametrize("made", [samples.certificate, samples.review_form])
def test_every_chinese_character_of_the_data_can_be_copied_out(made):
    printable = made()
    assert words_of(printable) - set(text_of(renderer().render(printable))) == set()


@pytest.mark.parametrize("made", [samples.certificate, samples.review_form])
def test_the_code_on_the_page_is_the_verification_address(made):
    assert codes_of(renderer().render(made())) == [samples.ADDRESS]


def test_certificate_is_one_landscape_page_of_at_most_60_kb():
    pdf = renderer().render(samples.certificate())
    assert pages_of(pdf) == 1
    assert tuple(round(side) for side in pypdfium2.PdfDocument(pdf)[0].get_size()) == (842, 595)
    assert len(pdf) <= 60 * 1024


def test_test_seal_says_that_it_is_worthless():
    text = text_of(renderer().render(samples.certificate()))
    assert [word for word in ("演示用章", "·无效·", "TEST ONLY") if word not in text] == []


def test_review_form_has_all_sections_and_counts_its_pages():
    pdf = renderer().render(samples.review_form())
    text = text_of(pdf)
    headings = re.findall(r"^([一二三四五六七八九十]+)、", text, re.MULTILINE)
    assert headings == ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四"]
    last = pages_of(pdf)
    assert f"第 {last} 页，共 {last} 页" in text


def test_an_empty_form_prints_with_its_gaps_shown():
    pdf = renderer().render(samples.review_form(achievements=[], supervisors=[], summary=""))
    text = text_of(pdf)
    assert [word for word in ("本人填报：无", "按申报路线无此环节", "本人未填写。") if word not in text] == []


@pytest.mark.parametrize("name", ["林喆堃", "欧阳䶮", "买买提·艾力", "㛃珺玥赟昇翀"])
def test_rare_letters_of_names_print(name):
    assert name in text_of(renderer().render(samples.certificate(name=name)))


def test_a_letter_that_no_face_holds_stops_the_print_and_is_named():
    printable = samples.certificate(name="林𠀀")
    printable = Printable(printable.template, printable.data, printable.pictures, {"name": str(LABELS["name"])})
    with pytest.raises(fonts.MissingGlyphError, match="“姓名”中的“𠀀”（U\\+20000）"):
        renderer().render(printable)


def test_the_same_content_gives_the_same_bytes():
    assert renderer().render(samples.review_form()) == renderer().render(samples.review_form())


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x.png",
        "https://example.org/",
        "file:///etc/hostname",
        "ftp://h/",
        "memory:other",
        "face:../x",
    ],
)
def test_a_document_fetches_nothing_that_was_not_handed_to_it(address):
    with pytest.raises(AddressRefusedError):
        HandedOver({"photo": b""}).fetch(address)


def test_a_refused_address_stops_the_print():
    with pytest.raises(AddressRefusedError):
        HTML(string='<img src="file:///etc/hostname">', base_url="memory:", url_fetcher=HandedOver({})).write_pdf()


def test_a_portrait_is_printed_upright_small_and_without_the_cameras_notes():
    scanned, exif = io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken at home"
    Image.effect_noise((1640, 1200), 90).save(scanned, "JPEG", exif=exif, quality=95)

    printed = portrait.print_size(scanned.getvalue())

    with Image.open(io.BytesIO(printed)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (413, 564), {})
    assert len(printed) < len(scanned.getvalue()) / 5
    assert portrait.print_size(scanned.getvalue()) == printed


def test_markup_in_a_name_is_printed_as_letters():
    assert "<b>林</b>" in text_of(renderer().render(samples.certificate(name="<b>林</b>")))


def test_only_the_portals_own_faces_are_embedded():
    pdf = renderer().render(samples.review_form())
    names = {name.split(b"+")[1] for name in re.findall(rb"/BaseFont\s*/([A-Z]{6}\+[^\s/]+)", inflated(pdf))}
    assert {name.decode().replace("-", " ").split()[0] for name in names} <= {"Portal", "PortalSong", "PortalHei"}
    assert names


def inflated(pdf: bytes) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return written.getvalue()


def test_printing_libraries_are_complete():
    assert checks.harfbuzz_subset_is_there() == []
    assert checks.fonts_are_built() == []


def test_the_check_looks_where_weasyprint_looks():
    asked = Path(ffi.__file__).read_text(encoding="utf8")
    names = [name for files in (*checks.NEEDED.values(), checks.HARFBUZZ_SUBSET) for name in files]
    assert [name for name in names if f"'{name}'" not in asked] == []
    assert ffi.harfbuzz_subset


@pytest.mark.parametrize(("place", "told"), [("HARFBUZZ_SUBSET", "certificates.E002"), ("NEEDED", "certificates.E001")])
def test_a_missing_system_library_stops_the_start(monkeypatch, place, told):
    absent = ("libabsent.so.0",)
    monkeypatch.setattr(checks, place, {**checks.NEEDED, "pango": absent} if place == "NEEDED" else absent)
    assert [found.id for found in checks.harfbuzz_subset_is_there()] == [told]


def test_missing_fonts_are_named_with_the_way_out(tmp_path):
    fonts.faces.cache_clear()
    try:
        with override_settings(FONTS_DIR=tmp_path), pytest.raises(fonts.FontsUnavailableError, match="make setup"):
            fonts.faces()
    finally:
        fonts.faces.cache_clear()


@pytest.mark.django_db
def test_nothing_is_printed_while_a_transaction_is_open(monkeypatch):
    drawn = []
    monkeypatch.setattr(HTML, "write_pdf", lambda *_args, **_options: drawn.append(1) or b"%PDF")  # type: ignore[func-returns-value]
    with transaction.atomic(), pytest.raises(InsideTransactionError, match=r"WeasyPrintRenderer\.render"):
        renderer().render(samples.certificate())
    assert drawn == []
    assert renderer().render(samples.certificate()) == b"%PDF"
    assert drawn == [1]
