"""Every test that a level asks of one list, asked of each record once.

What passes is a set of bits, one a place of the list: a window or a count is then an operation on integers. A test
looks at few fields of few values, so what a record's values come to is kept for the next record that has the same.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Final

from rules.predicates.record_tests import RecordTest
from rules.verdict import Verdict
from rules.view import LISTS as DATED
from rules.view import Counted, View

KEPT: Final = 4096
NOTHING: Final = (0, 0)

# What is counted of a list that is not known.
UNKNOWN: Final[list[Counted]] = []


class Sieve:
    """The tests of one list. Each is given a number when it is added; all are added before anything is asked."""

    def __init__(self, of: str) -> None:
        self.of = of
        self.list_of: Callable[[Any], Sequence[Any] | None] = attrgetter(of)
        self._dated = of in DATED
        self._tests: list[RecordTest] = []
        self._anytime: list[int] = []
        self._meshes: dict[str | None, _Mesh] = {}

    def add(self, test: RecordTest, *, anytime: bool) -> int:
        number = len(self._tests)
        self._tests.append(test)
        self._anytime += [number] if anytime else []
        return number

    def at(self, view: View) -> list[Counted]:
        """`counted`, found once a day and window."""
        return view.same.get(self) or self.counted(view)

    def counted(self, view: View) -> list[Counted]:
        """By the number of the test: what counts on the view's day and in its window; UNKNOWN where the list is not."""
        found = whenever = self.whenever(view)
        if self._dated and self.list_of(view.dossier):
            inside, perhaps = view.counted(self.of)
            found = [
                NOTHING if pair is NOTHING else (pair[0] & inside, pair[0] & perhaps | pair[1] & (inside | perhaps))
                for pair in whenever
            ]
            for number in self._anytime:
                inside, perhaps = view.counted_anytime(self.of)
                sure, maybe = whenever[number]
                found[number] = sure & inside, sure & perhaps | maybe & (inside | perhaps)
        view.same[self] = found
        return found

    def whenever(self, view: View) -> list[Counted]:
        """The same whatever the day, found once a dossier."""
        known: list[Counted] | None = view.memo.get(self)
        return self._sifted(view) if known is None else known

    def _sifted(self, view: View) -> list[Counted]:
        records = self.list_of(view.dossier)
        if records is None:
            view.memo[self] = UNKNOWN
            return UNKNOWN
        found = view.memo[self] = [NOTHING] * len(self._tests)
        bit = 1
        for record in records:
            kind = getattr(record, "kind", "")
            mesh = self._meshes.get(kind) or self._woven(kind)
            passed, doubtful = mesh.known.get(mesh.read(record)) or mesh.weigh(record)
            for number in passed:
                sure, maybe = found[number]
                found[number] = sure | bit, maybe
            for number in doubtful:
                sure, maybe = found[number]
                found[number] = sure, maybe | bit
            bit <<= 1
        return found

    def _woven(self, kind: str | None) -> "_Mesh":
        asked = [
            (number, test)
            for number, test in enumerate(self._tests)
            if test.kinds is None or kind is None or kind in test.kinds
        ]
        mesh = self._meshes[kind] = _Mesh(asked, judged_relevant=self.of == "achievements")
        return mesh


class _Mesh:
    """The tests that are asked of records of one kind, and what is known of the values seen so far."""

    __slots__ = ("_asked", "_judged_relevant", "known", "read")

    def __init__(self, asked: Sequence[tuple[int, RecordTest]], *, judged_relevant: bool) -> None:
        fields = dict.fromkeys(field for _, test in asked for field in test.fields)
        if judged_relevant:
            fields["relevant"] = None
        self.read: Callable[[Any], Any] = attrgetter(*fields) if fields else lambda _record: None
        self.known: dict[Any, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._asked = asked
        self._judged_relevant = judged_relevant

    def weigh(self, record: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The numbers of the tests that the record passes, and of those that it might."""
        weighed = {number: test.weigh(record) for number, test in self._asked}
        if self._judged_relevant and record.relevant is False:
            weighed = {}
        found = (
            tuple(number for number, weight in weighed.items() if weight is Verdict.MET),
            tuple(number for number, weight in weighed.items() if weight is Verdict.OPEN),
        )
        if len(self.known) >= KEPT:
            self.known.clear()
        self.known[self.read(record)] = found
        return found
