"""A step of the self-check on a page: forms made from its questions, and what they make of the dossier.

Nothing is required. A question left alone stays unknown; a list is declared empty by a tick of its own.
"""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from applications.self_check import questions
from applications.self_check.entries import ListForm
from applications.self_check.questions import Step
from applications.self_check.single import AnswersForm, RoutesForm, StatementsForm
from applications.self_check.state import State
from portal.forms import PortalForm

Data = Mapping[str, str] | None


class StepForm:
    """A step with what was said before, or with what was sent: `apply` takes it over."""

    def __init__(self, step: Step, state: State, data: Data = None, *, drop: str = "") -> None:
        self.step, self.state = step, state
        self.singles = [
            AnswersForm(data, part=part, dossier=state.dossier) for part in questions.singles_of(step, state)
        ]
        self.lists = [ListForm(kind, state, data, drop=drop) for kind in questions.lists_of(step, state)]
        self.extras: list[RoutesForm | StatementsForm] = []
        if step.key == "routes":
            self.extras.append(RoutesForm(data, state=state))
        elif step.key == "statements":
            self.extras.append(StatementsForm(data, state=state))

    @property
    def forms(self) -> list[PortalForm]:
        """Every form on the page, in its order."""
        return [*self.singles, *(form for known in self.lists for form in known.forms), *self.extras]

    @property
    def wrong(self) -> PortalForm | None:
        """A form with something to put right."""
        return next((form for form in self.forms if form.is_bound and form.errors), None)

    def is_valid(self) -> bool:
        sound = [part.is_valid() for part in (*self.singles, *self.lists, *self.extras)]
        return all(sound)

    def apply(self) -> State:
        """The state with this step's answers in place of those it had."""
        dossier = copy.deepcopy(self.state.dossier)
        for place, answer in self._answers():
            put(dossier, place, answer)
        return self.state.with_dossier(dossier)

    def _answers(self) -> Iterator[tuple[str, Any]]:
        for single in self.singles:
            yield from single.answers
        for known in self.lists:
            yield known.place, known.answer
        for extra in self.extras:
            yield extra.place, extra.answer


def put(dossier: dict[str, Any], place: str, answer: Any) -> None:
    """Sets a dotted place of a dossier, or takes it away where nothing is known."""
    first, _dot, rest = place.partition(".")
    if rest:
        inner = dict(dossier.get(first) or {})
        put(inner, rest, answer)
        answer = inner or None
    if answer is None:
        dossier.pop(first, None)
    else:
        dossier[first] = answer
