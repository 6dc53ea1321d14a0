"""Builds the portal's own Chinese fonts from the system's Noto CJK: `python -m scripts.build_fonts`.

The result is TrueType, cut to GBK and the letters of names beyond it, so that WeasyPrint embeds it quickly and small
(the 26 MB collections cost three times the rendering time and five times the size). Each face is drawn in a process
of its own. var/fonts/manifest.json is written last: `{"key": …, "fonts": [{"family", "weight", "file", "sha256"}]}`;
`key` names source fonts, characters, fontTools and this file, and a manifest with the same key is left as it is.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

import fontTools
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from scripts import font_characters

ROOT = Path(__file__).resolve().parent.parent
CURVE_ERROR = 1.0  # of 1000 units an em: a hair's breadth at print size
COPYRIGHT = "Cut from Noto CJK, (c) Adobe, under the SIL Open Font License 1.1; renamed as a derived font."


class FontSourceError(RuntimeError):
    """The system's Noto CJK fonts are missing or without their Simplified Chinese face."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font to build: the family and weight it gets, and the collection and face it is cut from."""

    family: str
    weight: int
    collection: str
    face: str

    @property
    def file(self) -> str:
        return f"{self.family.lower().replace(' ', '-')}-{self.weight}.ttf"


FACES = (
    Face("Portal Song", 400, "NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    Face("Portal Song", 700, "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
    Face("Portal Hei", 400, "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
    Face("Portal Hei", 700, "NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"),
)


def build(directory: Path) -> Path:
    """Builds every face into `directory` unless its manifest says they stand there; the manifest's path.

    Raises FontSourceError where a source font is missing.
    """
    sources = {face: source_of(face) for face in FACES}
    key = _key(sources)
    manifest = directory / "manifest.json"
    if is_current(manifest, key):
        return manifest
    directory.mkdir(parents=True, exist_ok=True)
    for remnant in directory.glob("partial-*"):
        shutil.rmtree(remnant, ignore_errors=True)
    partial = Path(tempfile.mkdtemp(prefix="partial-", dir=directory))
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        started = time.monotonic()
        waiting = {pool.submit(cut, face, sources[face], partial / face.file): face for face in FACES}
        for number, future in enumerate(as_completed(waiting), 1):
            face, seconds = waiting[future], time.monotonic() - started
            carries = f"{face.family} {face.weight}, {future.result()} characters"
            print(f"  font {number}/{len(FACES)}: {carries}, {seconds:.0f} s", flush=True)
    entries = [
        {"family": face.family, "weight": face.weight, "file": face.file, "sha256": _sha256(partial / face.file)}
        for face in FACES
    ]
    for face in FACES:
        (partial / face.file).replace(directory / face.file)
    (partial / "manifest.json").write_text(json.dumps({"key": key, "fonts": entries}, indent=2) + "\n", encoding="utf8")
    (partial / "manifest.json").replace(manifest)
    partial.rmdir()
    return manifest


def is_current(manifest: Path, key: str) -> bool:
    """Whether the manifest is of this key and every file it names is whole."""
    try:
        stored = json.loads(manifest.read_text(encoding="utf8"))
    except (OSError, ValueError):
        return False
    return stored.get("key") == key and all(
        (manifest.parent / font["file"]).is_file() and _sha256(manifest.parent / font["file"]) == font["sha256"]
        for font in stored["fonts"]
    )


def cut(face: Face, source: Path, target: Path) -> int:
    """Writes `face` as TrueType with the portal's characters to `target`; how many it carries."""
    with TTCollection(source, lazy=True) as collection:
        font = next((font for font in collection.fonts if font["name"].getDebugName(1) == face.face), None)
        if font is None:
            font = next((f for f in collection.fonts if str(f["name"].getDebugName(4)).startswith(face.face)), None)
        if font is None:
            raise FontSourceError(f"{source} has no face named {face.face}.")
        return _draw(font, face, target)


def _draw(font: TTFont, face: Face, target: Path) -> int:
    available = font.getBestCmap()
    characters = {point: available[point] for point in font_characters.code_points() if point in available}
    order = [".notdef", *dict.fromkeys(characters.values())]
    drawn = font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    builder = FontBuilder(font["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(characters)
    builder.setupGlyf(glyphs)
    widths = font["hmtx"].metrics
    builder.setupHorizontalMetrics(
        {
            name: (widths[name][0], builder.font["glyf"][name].xMin if glyphs[name].numberOfContours else 0)
            for name in order
        }
    )
    head, os2 = font["hhea"], font["OS/2"]
    builder.setupHorizontalHeader(ascent=head.ascent, descent=head.descent, lineGap=head.lineGap)
    builder.setupOS2(
        version=4,
        usWeightClass=face.weight,
        fsSelection=0x20 if face.weight >= 700 else 0x40,
        sTypoAscender=os2.sTypoAscender,
        sTypoDescender=os2.sTypoDescender,
        sTypoLineGap=os2.sTypoLineGap,
        usWinAscent=os2.usWinAscent,
        usWinDescent=os2.usWinDescent,
        sxHeight=os2.sxHeight,
        sCapHeight=os2.sCapHeight,
        ulCodePageRange1=os2.ulCodePageRange1,
    )
    style = "Bold" if face.weight >= 700 else "Regular"
    builder.setupNameTable(
        {
            "copyright": COPYRIGHT,
            "familyName": face.family,
            "styleName": style,
            "uniqueFontIdentifier": f"{face.family} {style} {font['head'].fontRevision:.3f}",
            "fullName": f"{face.family} {style}",
            "version": f"Version {font['head'].fontRevision:.3f}",
            "psName": f"{face.family.replace(' ', '')}-{style}",
        }
    )
    builder.setupPost(
        keepGlyphNames=False,
        underlinePosition=font["post"].underlinePosition,
        underlineThickness=font["post"].underlineThickness,
    )
    builder.font["head"].macStyle = 1 if face.weight >= 700 else 0
    # The same input gives the same bytes: no time of building in the file.
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(target)
    return len(characters)


def source_of(face: Face) -> Path:
    """The installed collection that `face` is cut from; fontconfig is asked where it is not at Debian's place."""
    usual = Path("/usr/share/fonts/opentype/noto") / face.collection
    if usual.is_file():
        return usual
    listed = subprocess.run(["fc-list", "--format", "%{file}\n"], capture_output=True, text=True, check=False)
    for line in listed.stdout.splitlines():
        if Path(line).name == face.collection:
            return Path(line)
    raise FontSourceError(f"{face.collection} is not installed. Install the package fonts-noto-cjk.")


def _key(sources: dict[Face, Path]) -> str:
    digest = hashlib.sha256()
    for face, source in sources.items():
        digest.update(json.dumps(asdict(face)).encode() + _sha256(source).encode())
    digest.update(",".join(map(str, font_characters.code_points())).encode())
    digest.update(fontTools.version.encode() + Path(__file__).read_bytes())
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main() -> int:
    try:
        print(build(Path(os.environ.get("VAR_DIR", ROOT / "var")) / "fonts"))
    except FontSourceError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
