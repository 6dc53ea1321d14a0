"""The renderer of WeasyPrint. `certificates.render` loads this module, and with it the library, at the first print.

One FontConfiguration and one parsed style sheet serve a whole process: that is what makes a certificate three times
as fast as a plain WeasyPrint call. Scale with processes, not threads; a lock keeps threads of one process apart.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from certificates import fonts
from certificates.printable import Printable
from portal.outside_transactions import outside_transactions

STYLE = Path("css/document.css")


class AddressRefusedError(FatalURLFetchingError):
    """A document asked for something that was not handed to it."""


class HandedOver(URLFetcher):
    """Answers for what was given in memory and for the faces, and for nothing else: no network, no files."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("memory", "face"), allow_redirects=False, fail_on_errors=True)
        self.pictures = pictures

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        scheme, _, name = url.partition(":")
        if scheme == "memory" and name in self.pictures:
            return URLFetcherResponse(url, self.pictures[name])
        if scheme == "face":
            for face in fonts.faces():
                if face.path.name == name:
                    return URLFetcherResponse(url, face.path.read_bytes())
        raise AddressRefusedError(f"a document may not fetch {url[:80]!r}")


class WeasyPrintRenderer:
    """See printable.Renderer. Keeps fonts and style between documents."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._fonts = FontConfiguration()
        rules = "\n".join(face.rule for face in fonts.faces())
        self._style = CSS(string=f"{rules}\n{style_sheet()}", font_config=self._fonts, url_fetcher=HandedOver({}))

    @outside_transactions
    def render(self, printable: Printable) -> bytes:
        refuse_unprintable(printable)
        html = render_to_string(printable.template, dict(printable.data))
        fonts.refuse_missing(strip_tags(html), printable.template)
        with self._lock:
            document = HTML(string=html, base_url="memory:", url_fetcher=HandedOver(printable.pictures))
            written: bytes = document.write_pdf(
                stylesheets=[self._style],
                font_config=self._fonts,
                # The same content gives the same bytes.
                pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
            )
        return written


def refuse_unprintable(printable: Printable) -> None:
    """Raises MissingGlyphError naming the field and the character, before any work is done."""
    for place, text in fonts.strings_in(printable.data):
        fonts.refuse_missing(text, printable.labels.get(place, place))


def style_sheet() -> str:
    for folder in settings.STATICFILES_DIRS:
        if (path := Path(folder) / STYLE).is_file():
            return path.read_text(encoding="utf8")
    raise FileNotFoundError(f"{STYLE} is in none of STATICFILES_DIRS")
