"""A floor: what a document above every policy asks at least of each level, where it is no pack of its own."""

from typing import Literal

from rules import vocabulary as terms
from rules.criteria import Node
from rules.leaves import Part
from rules.model import Source


class Floor(Part, frozen=True, kw_only=True):
    """`levels` hold education and years alone. `silent`: kinds of record the document does not speak of."""

    id: str
    source: Source
    silent: list[Literal["education", "title", "skill"]] = []
    levels: dict[terms.TitleLevel, Node]
