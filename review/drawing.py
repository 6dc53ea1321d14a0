"""The draw of a panel: uniform over all lawful panels, and repeatable by anyone from its text and its seed.

Members are drawn without regard to the rules and the whole panel is thrown away unless it is lawful (rejection), so
every lawful panel is equally likely. Filling quotas one by one would favour some experts over others and is not done.
Pure: no database, no clock, no randomness but the seed. `scripts/verify_draw_standalone.py` repeats it independently.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, Self

from review.lawful_panels import Candidate, PanelRules, count_completions, explain_infeasible, is_lawful

ALGORITHM = "rejection-hmac-sha256-1"
MOST_TRIES = 1_000_000
SEED_BYTES = 32
# The reason under which a candidate is out who has left the pool since the round before.
LEFT_POOL = "left_pool"


class DrawError(ValueError):
    """The draw cannot be carried out; the sentence names what is wrong."""


class Infeasible(DrawError):  # noqa: N818  a state of the pool, not a malfunction
    """No lawful panel exists. `rules` are the rules that cannot hold together, as named in `lawful_panels.Rule`."""

    def __init__(self, rules: Sequence[str]) -> None:
        self.rules = list(rules)
        super().__init__(f"no lawful panel: {', '.join(self.rules)}")


class TooManyTries(DrawError):  # noqa: N818
    """Lawful panels exist by the counted rules, but none was met within the limit (a cap per unit is too tight)."""


@dataclass(frozen=True, slots=True)
class DrawInput:
    """Everything a round of the draw depends on, apart from the seed.

    `candidates` are all who may sit, those kept included; `excluded` says who was removed beforehand and why; `kept`
    are the ids seated by earlier rounds. Ids and units are pseudonyms: who they are is known to the office alone.
    `joined` is given in a supplementary round alone: the candidates who came into the pool after the round before.
    """

    meeting: str
    number: int
    rules: PanelRules
    candidates: tuple[Candidate, ...]
    excluded: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()
    joined: tuple[str, ...] | None = None

    def text(self) -> str:
        """The canonical JSON: keys and lists sorted, no spaces, so that one input has one text."""
        return json.dumps(
            {
                "algorithm": ALGORITHM,
                "candidates": sorted((asdict(person) for person in self.candidates), key=lambda person: person["id"]),
                "excluded": sorted([person, reason] for person, reason in self.excluded),
                "kept": sorted(self.kept),
                "meeting": self.meeting,
                "number": self.number,
                "rules": asdict(self.rules),
                **({} if self.joined is None else {"joined": sorted(self.joined)}),
            },
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
        )

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Reads a canonical text back; raises DrawError unless it is exactly the text its content has."""
        try:
            data: Mapping[str, Any] = json.loads(text)
            rules: dict[str, Any] = {
                name: tuple(value) if isinstance(value, list) else value for name, value in data["rules"].items()
            }
            read = cls(
                meeting=data["meeting"],
                number=data["number"],
                rules=PanelRules(**rules),
                candidates=tuple(Candidate(**person) for person in data["candidates"]),
                excluded=tuple((person, reason) for person, reason in data["excluded"]),
                kept=tuple(data["kept"]),
                joined=tuple(data["joined"]) if "joined" in data else None,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DrawError(f"not an input of a draw: {error}") from error
        if read.text() != text:
            raise DrawError("the input is not in its canonical form, or was made by another algorithm")
        return read

    def after_declines(self, panel: Sequence[str], declined: Mapping[str, str], *, left: Collection[str] = ()) -> Self:
        """The next round: the declined (id → reason) are out, the rest of the panel stays; `left` are out as well.

        Only candidates without a place leave by leaving the pool: a seat once taken is not lost by it.
        """
        if not declined or set(declined) - set(panel):
            raise DrawError(f"only members of the panel can decline: {sorted(set(declined) - set(panel))}")
        if strangers := set(left) - {person.id for person in self.candidates} | set(left) & set(panel):
            raise DrawError(f"only candidates without a place leave the pool: {sorted(strangers)}")
        gone = {**declined, **dict.fromkeys(left, LEFT_POOL)}
        return type(self)(
            meeting=self.meeting,
            number=self.number + 1,
            rules=self.rules,
            candidates=tuple(person for person in self.candidates if person.id not in gone),
            excluded=(*self.excluded, *gone.items()),
            kept=tuple(person for person in panel if person not in declined),
        )

    def supplemented(self, joined: Sequence[Candidate], barred: Sequence[tuple[str, str]] = ()) -> Self:
        """The same round with those who have come into the pool since; `barred` of them may not judge, with reasons.

        Who was out already stays out, unless for having left the pool.
        """
        known = {person.id for person in self.candidates} | {
            person for person, reason in self.excluded if reason != LEFT_POOL
        }
        new = {person.id for person in joined}
        if again := known & (new | {person for person, _reason in barred}) or new & {person for person, _ in barred}:
            raise DrawError(f"not new to the draw: {sorted(again)}")
        return replace(
            self,
            candidates=(*self.candidates, *joined),
            excluded=(*(pair for pair in self.excluded if pair[0] not in new), *barred),
            joined=tuple(new),
        )


@dataclass(frozen=True)
class Drawing:
    """A round ready to be drawn: it is known that a lawful panel exists, and how many there are."""

    given: DrawInput
    _by_id: dict[str, Candidate] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {person.id: person for person in self.given.candidates})
        if len(self._by_id) != len(self.given.candidates):
            raise DrawError("a candidate is listed twice")
        if missing := set(self.given.kept) - set(self._by_id):
            raise DrawError(f"kept members are not among the candidates: {sorted(missing)}")
        if not self.lawful:
            raise Infeasible(explain_infeasible(self.given.rules, self.free, self.kept))

    @cached_property
    def kept(self) -> list[Candidate]:
        return [self._by_id[person] for person in sorted(self.given.kept)]

    @cached_property
    def free(self) -> list[Candidate]:
        return sorted((p for p in self.given.candidates if p.id not in self.given.kept), key=lambda person: person.id)

    @cached_property
    def lawful(self) -> int:
        """How many lawful panels there are (before a cap per unit, which only lowers it)."""
        return count_completions(self.given.rules, self.free, self.kept)

    def panel(self, seed: bytes, *, most_tries: int = MOST_TRIES) -> list[str]:
        """The panel this seed names: ids, sorted, those kept included.

        Raises:
            TooManyTries: when no lawful panel is met within `most_tries`.
        """
        numbers = UnbiasedNumbers(seed)
        wanted = self.given.rules.panel - len(self.kept)
        for _ in range(most_tries):
            members = self.kept + numbers.sample(self.free, wanted)
            if is_lawful(self.given.rules, members):
                return sorted(person.id for person in members)
        raise TooManyTries(f"no lawful panel within {most_tries} tries")


class UnbiasedNumbers:
    """Whole numbers from HMAC-SHA256(seed, counter), counter as 8 bytes from 0; each below its bound equally likely."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise DrawError(f"a seed has {SEED_BYTES} bytes, not {len(seed)}")
        self._bytes = self._stream(seed)

    @staticmethod
    def _stream(seed: bytes) -> Iterator[int]:
        counter = 0
        while True:
            yield from hmac.digest(seed, counter.to_bytes(8, "big"), "sha256")
            counter += 1

    def below(self, bound: int) -> int:
        """A number from 0 to bound - 1: whole bytes are read, spare high bits dropped, too large ones thrown away."""
        bits = (bound - 1).bit_length()
        size = (bits + 7) // 8
        while True:
            value = 0
            for _ in range(size):
                value = value << 8 | next(self._bytes)
            value &= (1 << bits) - 1
            if value < bound:
                return value

    def sample(self, people: Sequence[Candidate], wanted: int) -> list[Candidate]:
        """`wanted` of the people, every selection equally likely (the first steps of a Fisher-Yates shuffle)."""
        order = list(people)
        for place in range(wanted):
            other = place + self.below(len(order) - place)
            order[place], order[other] = order[other], order[place]
        return order[:wanted]


def commitment(secret: bytes) -> str:
    """What is filed with the plan: the SHA-256 of the office's secret, in hex."""
    return hashlib.sha256(secret).hexdigest()


def text_sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def seed_of(secret: bytes, public_value: str, input_text: str) -> bytes:
    """The seed of a round: neither the office's secret nor the later public value settles it alone."""
    return hmac.digest(secret, f"{public_value}\n{text_sha256(input_text)}".encode(), "sha256")


def pseudonym(salt: bytes, name: str) -> str:
    """A stand-in for an expert or a unit: nobody without the salt can tell whom it means."""
    return hmac.digest(salt, name.encode(), "sha256")[:12].hex()
