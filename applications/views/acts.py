"""A legal act on a page of its own: what it is, what it does, a form where it needs one, and the answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from applications.errors import ActError, Refused
from portal.forms import PortalForm
from portal.refusals import note_answer

Text = str | Promise
Crumb = tuple[Text, str]
INVALID, CONFLICT = 422, 409


@dataclass(frozen=True, slots=True)
class Question:
    """What the page asks. `back` is where one comes from and, unless `onward` is given, where one goes after."""

    title: Text
    submit: Text
    back: str
    crumbs: Sequence[Crumb] = ()
    consequences: Sequence[Text] = ()
    tone: str = "primary"
    onward: str = ""


def ask(
    request: HttpRequest,
    question: Question,
    act: Callable[[PortalForm], Text],
    *,
    form: type[PortalForm] = PortalForm,
    **kwargs: object,
) -> HttpResponse:
    """Shows the question; on a valid post carries out `act`, which returns the sentence of success.

    An act that is refused is told on the same page with all its reasons, and what was typed stays.
    """
    filled = form(request.POST, **kwargs) if request.method == "POST" else form(**kwargs)
    refusals: list[str] = []
    status = 200
    if request.method == "POST":
        status = INVALID
        if filled.is_valid():
            try:
                sentence = act(filled)
            except ActError as refused:
                refusals, status = reasons_of(refused), CONFLICT
            else:
                messages.success(request, str(sentence))
                return redirect(question.onward or question.back)
    page = {"question": question, "form": filled, "refusals": refusals}
    return render(request, "applications/act.html", page, status=status)


def reasons_of(error: ActError) -> list[str]:
    """Every reason a refusal gives, one a line, for the page that answers with it. It stands in the audit log too."""
    reasons = list(error.reasons) if isinstance(error, Refused) else [str(error)]
    note_answer(*reasons)
    return reasons
