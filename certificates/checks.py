"""What must stand for documents to be printed well; asked at every start."""

from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004  Django's own name

from certificates import fonts


@register()
def harfbuzz_subset_is_there(**_kwargs: Any) -> list[CheckMessage]:
    """Without libharfbuzz-subset WeasyPrint subsets in Python: seconds instead of milliseconds a certificate."""
    try:
        from weasyprint.text import ffi  # noqa: PLC0415  a missing Pango is to be reported, not raised
    except OSError as error:
        hint = "apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        return [Error(f"WeasyPrint cannot load its system libraries: {error}", hint=hint, id="certificates.E001")]
    if not ffi.harfbuzz_subset or not ffi.harfbuzz.hb_version_atleast(4, 1, 0):
        hint = "apt-get install libharfbuzz-subset0"
        return [Error("libharfbuzz-subset is missing.", hint=hint, id="certificates.E002")]
    return []


@register()
def fonts_are_built(**_kwargs: Any) -> list[CheckMessage]:
    try:
        fonts.faces()
    except fonts.FontsUnavailableError as missing:
        return [Warning(str(missing), hint="make setup", id="certificates.W001")]
    return []
