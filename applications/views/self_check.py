"""The public self-check: no log-in, no cookie, nothing kept. What was answered travels in the form (ADR 0020)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from applications.self_check import questions
from applications.self_check.answer import answer
from applications.self_check.policy_form import PolicyStepForm
from applications.self_check.questions import KEYS, STEPS, Step
from applications.self_check.state import State, UnreadableState, read, write
from applications.self_check.step_forms import StepForm
from applications.views.acts import INVALID
from portal import access, clock, upload_limit
from portal.rate_limit import Limit
from rules.dossier import DossierError

MOST_BYTES = 512 * 1024
TRIES = Limit("self_check", times=120, seconds=60)
# A result weighs what would turn every route of every level, which takes the better part of a second.
RESULTS = Limit("self_check_result", times=30, seconds=60)
NEXT, BACK, RESULT, PRINT = "next", "back", "result", "print"
UNREADABLE = 400


class SelfCheckBroke(Exception):  # noqa: N818  named for what it is
    """A fault of ours: its kind and its place, without a word of what was answered."""


# Nothing is changed and nobody is signed in by it, so a token against forged requests would only set a cookie.
@csrf_exempt
@upload_limit.at_most(MOST_BYTES)
@access.public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def self_check(request: HttpRequest) -> HttpResponse:
    """One address for every step. A post says which step it answers and where to go from there."""
    if request.method != "POST":
        return _step(request, STEPS[0], State())
    if not TRIES.allows(request):
        return TRIES.refusal(request)
    try:
        return _answered(request, read(request.POST.get("state", "")))
    except (UnreadableState, DossierError):
        return render(request, "applications/self_check/unreadable.html", status=UNREADABLE)
    except Exception as fault:  # noqa: BLE001  what it says may repeat what was answered; where it broke does not
        raise SelfCheckBroke(type(fault).__name__).with_traceback(fault.__traceback__) from None


def _answered(request: HttpRequest, state: State) -> HttpResponse:
    """Takes over what the step was answered with, and goes where the button says."""
    here = request.POST.get("step", KEYS[0])
    if here == RESULT and state.has_policy:
        return _go(request, state, here, request.POST.get("go", NEXT))
    if here not in KEYS or (here != KEYS[0] and not state.has_policy):
        raise UnreadableState
    drop, more = request.POST.get("drop", ""), request.POST.get("more", "")
    form = _form(questions.step_of(here), state, request, drop=drop)
    if not form.is_valid():
        return _page(request, form, state, status=INVALID)
    moved = form.apply()
    if drop or more:
        again = _form(questions.step_of(here), moved)
        for known in again.lists if isinstance(again, StepForm) else ():
            if known.kind == more:
                known.add(request.POST.get(f"{more}-new", ""))
        return _page(request, again, moved, status=INVALID if again.wrong else 200)
    return _go(request, moved, here, request.POST.get("go", NEXT))


def _go(request: HttpRequest, state: State, here: str, way: str) -> HttpResponse:
    stations = [*KEYS, RESULT]
    at = stations.index(here)
    if way == BACK:
        way = stations[max(at - 1, 0)]
    elif way == NEXT:
        way = stations[min(at + 1, len(stations) - 1)]
    if way in {RESULT, PRINT}:
        return _result(request, state, on_paper=way == PRINT)
    return _step(request, questions.step_of(way) if way in KEYS else STEPS[0], state)


def _step(request: HttpRequest, step: Step, state: State) -> HttpResponse:
    return _page(request, _form(step, state), state)


def _form(step: Step, state: State, sent: HttpRequest | None = None, *, drop: str = "") -> StepForm | PolicyStepForm:
    data = sent.POST if sent is not None else None
    if step is STEPS[0]:
        return PolicyStepForm(step, state, data, today=clock.today())
    return StepForm(step, state, data, drop=drop)


def _page(request: HttpRequest, form: StepForm | PolicyStepForm, state: State, *, status: int = 200) -> HttpResponse:
    context = {"step_form": form, "form": form.wrong, **_frame(state, form.step.key)}
    return render(request, "applications/self_check/step.html", context, status=status)


def _result(request: HttpRequest, state: State, *, on_paper: bool) -> HttpResponse:
    if not RESULTS.allows(request):
        return RESULTS.refusal(request)
    today = clock.today()
    found = answer(state, today)
    context = {"answer": found, "panel": found.panel, "today": today, **_frame(state, RESULT)}
    return render(request, f"applications/self_check/{'paper' if on_paper else 'result'}.html", context)


def _frame(state: State, here: str) -> dict[str, object]:
    """What stands on every page: what travels, and where one is on the way."""
    return {
        "state": state,
        "travelling": write(state),
        "stations": [(number, step, questions.is_answered(step, state)) for number, step in enumerate(STEPS, start=1)],
        "here": here,
        "number": KEYS.index(here) + 1 if here in KEYS else len(KEYS),
        "total": len(KEYS),
    }
