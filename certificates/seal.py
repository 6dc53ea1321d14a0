"""The test seal: round, red, and marked as worthless. An official seal is put in its place by the installation."""

import math
from functools import lru_cache

from django.utils.html import escape
from django.utils.translation import gettext as _

RADIUS = 100
LETTER = 21
# The arc of the issuing body's name, in degrees from the top, at most.
WIDEST = 240


@lru_cache(maxsize=64)
def svg(issuer: str) -> bytes:
    """An SVG of the test seal: the issuer's name along the rim, and across it that the seal is not valid."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-110 -110 220 220">'
        f'<circle r="{RADIUS}" fill="none" stroke="#c8161d" stroke-width="5"/>'
        f'<g font-family="Portal Song" font-size="{LETTER}" font-weight="700" fill="#c8161d" text-anchor="middle">'
        f"{_rim(issuer)}"
        f'<text x="0" y="2" font-size="23">{_("演示用章")}</text>'
        f'<text x="0" y="32" font-size="23">{_("·无效·")}</text>'
        '<text x="0" y="62" font-size="13">TEST ONLY</text>'
        "</g></svg>"
    ).encode()


def _rim(issuer: str) -> str:
    """The letters of the name, spread evenly along the upper rim, feet towards the middle."""
    step = min(24.0, WIDEST / max(len(issuer) - 1, 1))
    first = -step * (len(issuer) - 1) / 2
    letters = []
    for place, letter in enumerate(issuer):
        angle = first + step * place
        x = math.sin(math.radians(angle)) * (RADIUS - LETTER - 7)
        y = -math.cos(math.radians(angle)) * (RADIUS - LETTER - 7)
        size = min(LETTER, step * 1.22)
        place_of = f"translate({x:.1f} {y:.1f}) rotate({angle:.1f})"
        letters.append(f'<text transform="{place_of}" font-size="{size:.1f}">{escape(letter)}</text>')
    return "".join(letters)
