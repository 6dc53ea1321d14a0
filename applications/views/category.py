"""The kind of an experience, chosen before its content where the round's notice wants it so."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications import wording
from applications.asked_parts import CATEGORY, category_rule, part_of
from applications.sections import Part, Section
from applications.views.desk import Desk
from rules import catalog


def asks_category_first(request: HttpRequest, desk: Desk, kind: str) -> bool:
    """Whether a new record begins with the choice of its kind: once that is in the address, its form follows."""
    if kind != "post" or request.method == "POST" or desk.application is None:
        return False
    return category_rule(desk.application.round) is not None and not chosen_category(request, desk.part(kind))


def chosen_category(request: HttpRequest, part: Part) -> dict[str, Any]:
    """The kind that the address names, as the details of a new record hold it; empty where it names none."""
    named = request.GET.get(CATEGORY, "")
    return {CATEGORY: named} if part.kind == "post" and named in wording.EXPERIENCE else {}


def category_page(request: HttpRequest, desk: Desk, section: Section) -> HttpResponse:
    """The kinds there are, each with the proofs that it will be asked for."""
    assert desk.application is not None
    entry, rule = catalog.get(desk.application.round.policy_id), category_rule(desk.application.round)
    context = {
        "application": desk.application,
        "desk": desk,
        "part": part_of("post", desk.application.round),
        "clause": entry.cite(rule),
        "choices": [(key, label, wording.EXPERIENCE_PROOF[key]) for key, label in wording.EXPERIENCE.items()],
        "crumbs": desk.way_to(section),
        "back": desk.section(section),
    }
    return render(request, "applications/record_category.html", context)
