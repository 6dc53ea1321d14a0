"""HTML to PDF. The rest of the room asks for `renderer()`; what prints stays behind it."""

import atexit
from functools import cache

from certificates.printable import Renderer


@cache
def renderer() -> Renderer:
    """The process's renderer.

    The library takes a second to load, which the web processes and most commands, who never print, are spared.
    """
    from certificates.weasyprint_renderer import WeasyPrintRenderer  # noqa: PLC0415  see above

    # Let go before the interpreter takes the library's modules apart, or its fonts complain on the way out.
    atexit.register(renderer.cache_clear)
    return WeasyPrintRenderer()
