"""QR codes as PNG bytes."""

import io

import segno

# Scoring all eight masks costs more than drawing; any mask reads well at this size.
MASK = 4
PIXELS_A_MODULE = 6


def png(address: str) -> bytes:
    """A PNG of the address: error correction M, quiet zone of four modules."""
    code = segno.make_qr(address, error="m", mask=MASK)
    drawn = io.BytesIO()
    code.save(drawn, kind="png", scale=PIXELS_A_MODULE, border=4)
    return drawn.getvalue()
