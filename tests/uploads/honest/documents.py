"""PDFs by the writers that applicants meet: scanners, word processors, browsers, registries, and who signs them."""

import base64
import io
import logging
import subprocess
import tempfile
import zlib
from pathlib import Path

import pikepdf
import segno
from weasyprint import HTML

from tests.uploads.honest import signing
from tests.uploads.honest.kind import kind
from tests.uploads.honest.pictures import packed, scan
from tests.uploads.hostile.sources import document, jpeg, stream

logging.getLogger("fontTools").setLevel(logging.ERROR)
logging.getLogger("weasyprint").setLevel(logging.ERROR)
REPORT = """<html lang=zh><meta charset=utf-8><title>教育部学历证书电子注册备案表</title>
<style>body {{ font-family: "Noto Serif CJK SC", serif }} table {{ width: 100%; border: 1px solid }} td {{ border: 1px solid }}</style>
<h1>教育部学历证书电子注册备案表</h1><p>更新日期：2025年3月{day}日</p>
<table><tr><td>姓名<td>林申报<td rowspan=3><img src="{code}" width=90></tr>
<tr><td>证书编号<td>1005 6120 0705 {number:06d}</tr><tr><td>专业<td>应用化学</tr></table>
<h2 id=check>在线验证</h2><p><a href="https://www.chsi.com.cn/xlcx/bgcx.jsp">查询网址</a>　<a href="#check">验证说明</a>
<p style="break-before: page">注意事项"""
FIELDS = (
    b"/FT /Tx /T (name) /V (Lin) /DA (/F 9 Tf 0 g)", b"/FT /Btn /T (agreed) /V /Yes /AS /Yes",
    b"/FT /Ch /T (kind) /Ff 131072 /Opt [(a) (b)] /V (a) /DA (/F 9 Tf 0 g)", b"/FT /Tx /T (day) /MaxLen 10 /DA (/F 9 Tf 0 g)",
)  # fmt: skip


def report(number: int, **options: object) -> bytes:
    """A report as a registry hands it out: a table, a QR code, links, and headings that become bookmarks."""
    code = segno.make(f"https://www.chsi.com.cn/{number}").png_data_uri(scale=3)
    page = REPORT.format(day=1 + number % 28, number=number, code=code)
    return HTML(string=page, base_url="memory:").write_pdf(**options)


def saved(data: bytes, **options: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as whole:
        whole.save(out, deterministic_id=True, **options)
    return out.getvalue()


def by_poppler(data: bytes, *command: str) -> bytes:
    """What one of poppler's programs makes of a document."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source.pdf"), Path(folder, "target.pdf")
        source.write_bytes(data)
        places = {"SOURCE": str(source), "TARGET": str(target)}
        subprocess.run([places.get(word, word) for word in command], check=True, capture_output=True)
        return target.read_bytes()


@kind
def scan_as_a_document(chance, number):
    out = io.BytesIO()
    first, *others = (scan(chance, (827, 1169), ["RGB", "L", "1"][number % 3]) for _ in range(1 + number % 4))
    first.save(out, "PDF", save_all=True, append_images=others, resolution=100)
    return out.getvalue()


@kind
def scan_with_a_layer_of_text(chance, number):
    """What reading software makes: the picture, and over it the words, invisible."""
    picture = packed(scan(chance, (827, 1169)), 60)
    entries = b"/Type /XObject /Subtype /Image /Width 827 /Height 1169 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode"
    drawn = stream(b"q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F 9 Tf 72 %d Td (words) Tj ET" % (700 - number))
    fonts = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    page = b"/Resources << %s /XObject << /I 5 0 R >> >>" % fonts
    return document(contents=drawn, page=page, more=[stream(picture, entries)])


@kind
def letter_in_printable_characters(chance, number):
    """As report libraries write it: every stream packed, then spelt in eighty-five letters."""
    words = b"BT /F 12 Tf 72 720 Td (%s) Tj ET" % (b"line %d " % number * 40)
    spelt = base64.a85encode(zlib.compress(words)) + b"~>"
    fonts = b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >>"
    return document(contents=stream(spelt, b"/Filter [/ASCII85Decode /FlateDecode]"), page=fonts)


@kind
def report_of_a_registry(chance, number):
    return report(number)


@kind
def report_for_the_archive(chance, number):
    return report(number, pdf_variant=["pdf/a-2b", "pdf/a-3b", "pdf/ua-1", "pdf/a-4u"][number % 4])


@kind
def form_without_a_script(chance, number):
    fields = [
        b"<< %s /Type /Annot /Subtype /Widget /Rect [9 9 90 20] /P 3 0 R >>" % one for one in FIELDS[: 1 + number % 4]
    ]
    names = b" ".join(b"%d 0 R" % (5 + place) for place in range(len(fields)))
    catalog = b"/AcroForm << /NeedAppearances true /Fields [%s] >>" % names
    return document(text=str(number), catalog=catalog, page=b"/Annots [%s]" % names, more=fields)


@kind
def signed_report(chance, number):
    return signing.signed(text=f"report {number}")


@kind
def document_for_the_web(chance, number):
    return saved(report(number), linearize=True)


@kind
def document_in_packed_objects(chance, number):
    return saved(report(number), object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)


@kind
def document_of_an_old_writer(chance, number):
    return saved(document(text=str(number)), force_version="1.3", object_stream_mode=pikepdf.ObjectStreamMode.disable)


@kind
def document_changed_and_saved_again(chance, number):
    """A reader puts what has changed behind the file, as often as it is saved."""
    data = document(text=str(number))
    for time in range(1 + number % 3):
        place, last = len(data), data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
        page = (
            b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Rotate %d >>\nendobj\n"
            % (90 * time)
        )
        table = b"xref\n3 1\n%010d 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\n" % (place, last)
        data += page + table + b"startxref\n%d\n%%%%EOF\n" % (place + len(page))
    return data


@kind
def document_drawn_anew(chance, number):
    return by_poppler(report(number), "pdftocairo", "-pdf", "SOURCE", "TARGET")


@kind
def documents_joined(chance, number):
    return by_poppler(document(text=str(number)), "pdfunite", *["SOURCE"] * (2 + number % 5), "TARGET")


@kind
def document_that_opens_at_a_place(chance, number):
    """Names of places, labels of pages, wishes about the window, a first view: all that is no deed."""
    ways = [
        b"/OpenAction [3 0 R /FitH 842]",
        b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>",
        b"/OpenAction << /S /Named /N /LastPage >>",
    ]
    catalog = b"/PageMode /UseOutlines /ViewerPreferences << /FitWindow true >> /Lang (zh-CN) /Names << /Dests << /Names [(a) [3 0 R /Fit]] >> >> "
    outline = b"/Outlines << /Count 2 /First 5 0 R /Last 6 0 R >> "
    more = [
        b"<< /Title (a) /Dest [3 0 R /Fit] /Next 6 0 R >>",
        b"<< /Title (b) /Prev 5 0 R /A << /S /URI /URI (https://www.cnki.net/%d) >> >>" % number,
    ]
    return document(catalog=catalog + outline + ways[number % 3], more=more)


@kind
def document_with_links(chance, number):
    where = [
        b"https://www.chsi.com.cn/",
        b"mailto:a@portal.example",
        b"www.cnki.net",
        b"file:///D:/a.docx",
        b"tel:02200000000",
    ]
    links = b" ".join(
        b"<< /Type /Annot /Subtype /Link /Rect [0 %d 90 %d] /A << /S /URI /URI (%s) >> >>" % (n, n + 9, one)
        for n, one in enumerate(where)
    )
    return document(text=str(number), page=b"/Annots [%s]" % links)


@kind
def document_with_notes_on_it(chance, number):
    notes = [
        b"/Text /Contents (seen)",
        b"/Highlight /QuadPoints [0 9 9 9 0 0 9 0]",
        b"/FreeText /DA (0 g) /Contents (a)",
        b"/Stamp /Name /Approved",
    ]
    note = b"<< /Type /Annot /Subtype %s /Rect [9 9 90 90] >>" % notes[number % 4]
    return document(text=str(number), page=b"/Annots [%s]" % note)


@kind
def thesis_of_many_pages(chance, number):
    made, out = pikepdf.new(), io.BytesIO()
    for page in range(60 + 40 * (number % 10)):
        made.add_blank_page(page_size=(595, 842)).Contents = made.make_stream(b"BT 72 720 Td (%d) Tj ET" % page)
    made.save(out, deterministic_id=True)
    return out.getvalue()


@kind
def picture_printed_to_a_document(chance, number):
    page = f'<img src="data:image/jpeg;base64,{base64.b64encode(jpeg(chance, 300)).decode()}" width={200 + number}>'
    return HTML(string=page, base_url="memory:").write_pdf()
