"""What a procedure states: a figure with the clause it stands in, or a setting that the office has to confirm."""

import re
from fractions import Fraction

from msgspec import Struct

_SHARE = re.compile(r"[1-9]\d*/[1-9]\d*")


class Stated(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something stated by a clause, or a setting that the office still has to confirm.

    `see`: a clause that speaks of a setting and leaves its value open. `reading`: our answer where the clause leaves
    a question.
    """

    clause: str | None = None
    to_confirm: bool = False
    why: str | None = None
    see: str | None = None
    reading: str | None = None

    def __post_init__(self) -> None:
        if (self.clause is None) != self.to_confirm:
            raise ValueError("clause: needed unless the figure is marked to_confirm")
        if self.to_confirm and self.why is None:
            raise ValueError("why: a setting says where its value comes from")


class Figure(Stated, frozen=True, kw_only=True):
    value: int


class Share(Stated, frozen=True, kw_only=True):
    """A part of a whole, written `2/3`."""

    value: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if not _SHARE.fullmatch(self.value) or Fraction(self.value) > 1:
            raise ValueError(f"value: {self.value!r} is not a share such as '2/3'")

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.value)

    def of(self, whole: int) -> int:
        """The least whole number that reaches this share of `whole`."""
        return -(-whole * self.fraction.numerator // self.fraction.denominator)


class Choice(Stated, frozen=True, kw_only=True):
    value: str


class Texts(Stated, frozen=True, kw_only=True):
    value: list[str]
