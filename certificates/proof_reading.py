"""Reading a finished paper as its receiver would: the words that can be copied out, and the address in its code."""

import pypdfium2
import zxingcpp

READING_DPI = 200


def text_of(pdf: bytes) -> str:
    """The text of all pages, as copied out of the PDF."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def pages_of(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def codes_of(pdf: bytes) -> list[str]:
    """What the QR codes of the rendered pages say, each once, in the order of the pages."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=READING_DPI / 72).to_pil()
        found += [code.text for code in zxingcpp.read_barcodes(picture)]
    return list(dict.fromkeys(found))
