"""What the lint has to say of a pack: a refusal, or a warning that people weigh."""

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """`place` is a path of keys in `file`; empty where the whole file is meant."""

    file: str
    place: str
    message: str
    refusal: bool = True

    def __str__(self) -> str:
        at = f"{self.file}: {self.place}" if self.place else self.file
        return f"{at}: {self.message}"
