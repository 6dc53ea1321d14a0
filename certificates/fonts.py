"""The faces that documents are printed with, and which characters they hold."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

# Characters that set type without ink of their own.
INKLESS = frozenset("\n\r\t\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff")


class FontsUnavailableError(RuntimeError):
    """The pre-subset fonts are missing or damaged; nothing can be printed until they are built."""


class MissingGlyphError(ValueError):
    """A character that no face holds; printing it would show an empty box."""

    def __init__(self, character: str, field: str) -> None:
        self.character, self.field = character, field
        super().__init__(
            _(
                "“%(field)s”中的“%(character)s”（%(code)s）不在证书字库中，已停止打印。请由系统管理员补充字库后重新生成。"
            )
            % {"field": field, "character": character, "code": f"U+{ord(character):04X}"}
        )


@dataclass(frozen=True, slots=True)
class Face:
    family: str
    weight: int
    path: Path

    @property
    def rule(self) -> str:
        """The style sheet's @font-face; the address is one that only the renderer's own fetcher knows."""
        return (
            f"@font-face {{ font-family: '{self.family}'; font-weight: {self.weight}; "
            f"src: url('face:{self.path.name}'); }}"
        )


def directory() -> Path:
    """Where `scripts/build_fonts.py` leaves the fonts and their manifest."""
    return Path(getattr(settings, "FONTS_DIR", settings.VAR_DIR / "fonts"))


@cache
def faces() -> tuple[Face, ...]:
    """The faces of the manifest, each checked against its sha256.

    Raises:
        FontsUnavailableError: no manifest, a file missing, or a file that is not the one that was built.
    """
    manifest = directory() / "manifest.json"
    try:
        listed = json.loads(manifest.read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        raise FontsUnavailableError(_("证书字库尚未生成，无法打印。请运行 make setup 后重试。")) from error
    entries: list[dict[str, Any]] = listed["fonts"] if isinstance(listed, dict) else listed
    return tuple(_checked(entry) for entry in entries)


def _checked(entry: dict[str, Any]) -> Face:
    path = directory() / entry["file"]
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
        raise FontsUnavailableError(
            _("证书字库文件 %(file)s 缺失或已损坏。请运行 make setup 重新生成。") % {"file": entry["file"]}
        )
    return Face(family=entry["family"], weight=int(entry["weight"]), path=path)


@cache
def coverage() -> frozenset[int]:
    """The code points that every face holds, so that a character prints in whatever style a template sets it."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  only who prints needs it

    held = [set(TTFont(face.path, lazy=True).getBestCmap()) for face in faces()]
    return frozenset(set.intersection(*held)) if held else frozenset()


def refuse_missing(text: str, field: str) -> None:
    """Raises MissingGlyphError for the first character of the text that could not be printed."""
    for character in text:
        if ord(character) not in coverage() and character not in INKLESS:
            raise MissingGlyphError(character, field)


def strings_in(data: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every string of nested data with its place, as `basic.name` or `history[2].post`."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from strings_in(value, f"{place}.{key}" if place else str(key))
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from strings_in(value, f"{place}[{index}]")
