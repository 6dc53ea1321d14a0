"""What must stand for documents to be printed well; asked at every start."""

from ctypes import CDLL
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004  Django's own name

from certificates import fonts

# The names WeasyPrint asks the system for. Asking WeasyPrint itself would load it, a second for every command.
NEEDED = {
    "gobject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
}
HARFBUZZ_SUBSET = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib")


@register()
def harfbuzz_subset_is_there(**_kwargs: Any) -> list[CheckMessage]:
    """Without libharfbuzz-subset WeasyPrint subsets in Python: seconds instead of milliseconds a certificate."""
    if missing := [name for name, files in NEEDED.items() if _loaded(files) is None]:
        hint = "apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        return [Error(f"System libraries are missing: {', '.join(missing)}.", hint=hint, id="certificates.E001")]
    harfbuzz = _loaded(NEEDED["harfbuzz"])
    if _loaded(HARFBUZZ_SUBSET) is None or harfbuzz is None or not harfbuzz.hb_version_atleast(4, 1, 0):
        hint = "apt-get install libharfbuzz-subset0"
        return [Error("libharfbuzz-subset is missing.", hint=hint, id="certificates.E002")]
    return []


def _loaded(files: tuple[str, ...]) -> CDLL | None:
    for name in files:
        try:
            return CDLL(name)
        except OSError:
            continue
    return None


@register()
def fonts_are_built(**_kwargs: Any) -> list[CheckMessage]:
    try:
        fonts.faces()
    except fonts.FontsUnavailableError as missing:
        return [Warning(str(missing), hint="make setup", id="certificates.W001")]
    return []
