"""PDFs that cost too much, go round in circles, or are in pieces."""

import zlib

from tests.uploads.hostile.documents import inert, refused
from tests.uploads.hostile.kind import End, Hostile, kind
from tests.uploads.hostile.pictures import zeros
from tests.uploads.hostile.sources import document, stream, written

MIB = 1 << 20
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"


def either(content: bytes) -> Hostile:
    return Hostile("证明.pdf", content, End.EITHER, "application/pdf")


@kind
def document_bomb(chance, number):
    """Small as sent, hundreds of megabytes once unpacked."""
    twice = zlib.compress(zeros((200 + 100 * (number % 2)) * MIB), 9)
    ways = [
        stream(twice, b"/Filter [/FlateDecode /FlateDecode]"),
        stream(zeros(300 * MIB), b"/Filter /FlateDecode"),
        stream(twice.hex().encode() + b">", b"/Filter [/ASCIIHexDecode /FlateDecode /FlateDecode]"),
        stream(zlib.compress(b"\x81\0" * MIB), b"/Filter [/FlateDecode /RunLengthDecode]"),
    ]
    return refused(document(contents=ways[number % 4], comment=b"%%%d\n" % number))


@kind
def bomb_in_a_picture_of_a_document(chance, number):
    side = [50_000, 30_000, 70_000, 60_000][number % 4]
    entries = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray" % (
        side,
        side,
    )
    picture = stream(zeros(side * side // 8), entries + b" /Filter /FlateDecode")
    drawn = stream(b"500 0 0 500 0 0 cm /X Do")
    return Hostile(
        "扫描件.pdf", document(contents=drawn, comment=b"%%%d\n" % number, page=b"/Resources << /XObject << /X 5 0 R >> >>", more=[picture]),
        End.REFUSED if side * side // 8 > 200 * MIB else End.EITHER, "application/pdf",
    )  # fmt: skip


@kind
def bomb_of_drawings_in_drawings(chance, number):
    """Each form draws the next ten times: a small file, and a page that is never done."""
    depth = 8 + number % 8
    forms = [
        stream(
            b"/X Do " * 10, b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (6 + level)
        )
        for level in range(depth)
    ]
    last = stream(b"0 0 9 9 re f", b"/Subtype /Form /BBox [0 0 9 9]")
    page = b"/Resources << /XObject << /X 5 0 R >> >>"
    return either(document(contents=stream(b"/X Do"), page=page, more=[*forms, last]))


@kind
def drawing_that_draws_itself(chance, number):
    said = b"%%%d\n" % number
    form = stream(b"/X Do", b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>")
    pattern = stream(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep .001 /YStep .001 /Resources << /Pattern << /P 5 0 R >> >>",
    )
    if number % 2:
        page = b"/Resources << /Pattern << /P 5 0 R >> >>"
        return either(
            document(comment=said, contents=stream(b"/Pattern cs /P scn 0 0 595 842 re f"), page=page, more=[pattern])
        )
    return either(
        document(comment=said, contents=stream(b"/X Do"), page=b"/Resources << /XObject << /X 5 0 R >> >>", more=[form])
    )


@kind
def vast_page(chance, number):
    boxes = [
        b"0 0 1e9 1e9",
        b"0 0 1 100000",
        b"0 0 100000 1",
        b"0 0 0 0",
        b"-1e30 -1e30 1e30 1e30",
        b"0 0 1e-9 1e-9",
        b"5 5 1 1",
        b"(a) /b null []",
    ]
    return either(document(page=b"/MediaBox [%s] /UserUnit 1e9" % boxes[number % 8]))


@kind
def deep_page_tree(chance, number):
    depth = [60, 200, 1_000, 5_000, 15_000][number % 5] + number
    levels = [
        b"<< /Type /Pages /Count 1 /Kids [%d 0 R] /Parent %d 0 R >>" % (3 + level, 1 + level) for level in range(depth)
    ]
    leaf = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] >>" % (1 + depth)
    return either(written([CATALOG, *levels, leaf]))


@kind
def deep_nesting(chance, number):
    depth = [50, 400, 499, 501, 5_000, 100_000, 400_000][number % 7]
    opened, closed = [(b"[", b"]"), (b"<< /a ", b" >>")][number % 2]
    return either(document(catalog=b"/X " + opened * depth + b" null " + closed * depth))


@kind
def round_page_tree(chance, number):
    pages = [
        b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>", b"<< /Type /Pages /Count 2 /Kids [3 0 R 2 0 R] >>",
        b"<< /Type /Pages /Count 1 /Kids 2 0 R >>", b"<< /Type /Pages /Count -1 /Kids [3 0 R] >>",
        b"<< /Type /Pages /Count 2147483647 /Kids [3 0 R] >>", b"2 0 R", b"[2 0 R]", b"<< /Kids [null 9 0 R] >>",
    ]  # fmt: skip
    return either(written([CATALOG, pages[number % 8], PAGE]))


@kind
def broken_table_of_objects(chance, number):
    whole = document(text=str(number))
    start = whole.index(b"startxref\n")
    ways = [
        whole[:start] + b"startxref\n%d\n%%%%EOF\n" % chance.randrange(1, 9_999_999),
        whole[:start] + b"startxref\n-1\n%%EOF\n",
        whole[:start] + b"startxref\n99999999999999999999\n%%EOF\n",
        whole.replace(b"/Size", b"/Prev %d /Size" % whole.index(b"xref\n")),
        whole.replace(b"0000000009 00000 n", b"9999999999 00000 n"),
        whole.replace(b"xref\n0 5", b"xref\n0 99999999"),
        whole.replace(b"/Size 5", b"/Size 2147483647"),
        whole.replace(b"trailer", b"tr\0iler"),
    ]
    return either(ways[number % 8])


@kind
def document_in_pieces(chance, number):
    whole = document(text=str(number))
    ways = [
        whole[: len(whole) // 2], whole[:-7], b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7\n" + chance.randbytes(2000),
        b"%PDF-1.7\n" + chance.randbytes(2000) + b"%%EOF\n", whole.replace(b"/Catalog", b"/Cabbage").replace(b"/Pages 2 0 R", b""),
        written([CATALOG, b"null", PAGE]), written([b"<< >>"]),
    ]  # fmt: skip
    return refused(ways[number % 8])


@kind
def lying_lengths(chance, number):
    length = [b"99999999", b"-5", b"0", b"4 0 R", b"null", b"9223372036854775807", b"(a)", b"[9]"][number % 8]
    return either(document(contents=b"<< /Length %s >>\nstream\nBT ET\nendstream" % length))


@kind
def damaged_at_random(chance, number):
    """Bytes changed here and there: readers have to repair, or to give up."""
    whole = bytearray(
        document(text="x" * 200, page=b"/Annots [] /Rotate 90", catalog=b"/Lang (zh-CN) /PageMode /UseNone")
    )
    for _ in range(3 + number):
        whole[chance.randrange(9, len(whole))] = chance.randrange(256)
    return either(bytes(whole))


@kind
def crowd_of_objects(chance, number):
    count = [5_000, 20_000, 40_000, 60_000][number % 4]
    crowd = [[b"null"], [b"<< /a 1 >>"], [b"[[[[]]]]"]][number % 3] * count
    return either(written([CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE, *crowd])[: 2 * MIB])


@kind
def signed_in_part(chance, number):
    """A signature over some of the bytes, and a page changed afterwards: kept as it came, and no more than that."""
    signature = b"/AcroForm << /SigFlags 3 /Fields [<< /FT /Sig /T (s) /V << /Type /Sig /ByteRange [0 9 20 9] /Contents <00> >> >>] >>"
    return inert(document(catalog=signature, text=str(number)))
