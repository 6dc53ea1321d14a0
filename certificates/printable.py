"""What a document is made of before it is a PDF, and what makes one of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Printable:
    """What is printed: a template of `templates/documents/`, its data, and pictures by the name templates call them.

    A template shows the picture `photo` by the address `memory:photo`. `labels` names fields for error sentences.
    """

    template: str
    data: Mapping[str, Any]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


class Renderer(Protocol):
    def render(self, printable: Printable) -> bytes:
        """A PDF. Raises fonts.MissingGlyphError, fonts.FontsUnavailableError, or what the template raises."""
        ...
