"""Every route × persona × relation × method answers as declared; what is not there looks like what never was."""

import itertools
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from tests.architecture.routes import own_routes
from tests.counts import FULL
from tests.matrix.asking import Answer, Asker
from tests.matrix.declare import ANONYMOUS, GONE, NO, OK, PERSONAS, RELATIONS, Row
from tests.matrix.scene import Scene, made_up
from tests.matrix.tables import ROWS

# Where the answer does not hang on the object, `make test` asks with the near objects only; `make prove` with all.
EVERYTHING = FULL
# 冯职称 and 陈监督 watch over the whole region, 林申报's applications are nobody's business at other units.
HIDDEN_FROM = {
    **dict.fromkeys((ANONYMOUS, "zhou"), ("mine", "other", "far")),
    **dict.fromkeys(("lin", "wang", "zhao", "sun"), ("other", "far")),
    **dict.fromkeys(("wu", "zheng"), ("mine", "far")),
    **dict.fromkeys(("feng", "chen"), ("far",)),
    "qian": ("mine", "other", "far"),
}


def test_every_route_has_a_row_and_every_row_a_route():
    found = {route.name for route in own_routes()}
    declared = {row.route for row in ROWS}
    assert (sorted(found - declared), sorted(declared - found)) == ([], [])


def test_every_row_fills_its_address():
    arguments = {route.name: len(route.arguments) for route in own_routes()}
    assert [row.route for row in ROWS if len(row.things) != arguments.get(row.route)] == []


@pytest.mark.slow
@pytest.mark.django_db
def test_every_answer_is_as_declared(scene):
    asker, wrong = Asker(scene.people), []
    for stage in scene.stages():
        with asker.at_a_stage():
            for row in ROWS:
                if stage in row.stages:
                    wrong += _asked(asker, scene, row, stage)
    assert wrong == [], "\n".join(["", *wrong])


def _asked(asker: Asker, scene: Scene, row: Row, stage: str) -> Iterator[str]:
    """The cells of a row that answer otherwise than declared, a line each."""
    things = {relation: [scene.lines[relation].word_for(thing) for thing in row.things] for relation in row.relations}
    applications = {relation: scene.lines[relation].word_for("application") for relation in RELATIONS}
    for method, persona in itertools.product(("GET", "POST"), PERSONAS):
        where = f"{row.route} @{stage} {method} {persona}"
        gone: list[Answer] = []
        for relation in row.relations if EVERYTHING else row.relations[: _width(row, method)]:
            answer = asker.ask(persona, method, row, things[relation])
            expected = row.expected(persona, relation, method)
            if answer.kind != expected:
                yield f"{where} {relation}: {expected} declared, {answer.kind}"
            if any(applications[hidden] in answer.page for hidden in HIDDEN_FROM[persona]):
                yield f"{where} {relation}: the page names an application the person may not see"
            if answer.kind == GONE:
                gone.append(answer)
        if row.has_objects and row.reaches(persona, method) and (EVERYTHING or method == row.methods[0]):
            yield from _nothing_shows(asker, row, where, (persona, method), gone)
            yield from _nothing_crosses(asker, row, where, (persona, method), things)


def _width(row: Row, method: str) -> int:
    """How many relations are asked in a usual run: all where the object decides, the near ones on a second asking."""
    if method not in row.methods:
        return 1
    return len(RELATIONS) if method == row.methods[0] else 2


def _nothing_shows(asker: Asker, row: Row, where: str, who: tuple[str, str], gone: list[Answer]) -> Iterator[str]:
    """What a person may not see and what has never been are answered alike."""
    persona, method = who
    words = [thing[1:] if thing.startswith("=") else made_up() for thing in row.things]
    never = asker.ask(persona, method, row, words)
    if never.kind == OK:
        yield f"{where}: a made-up thing is answered"
    if any(answer.settled != never.settled for answer in gone):
        yield f"{where}: an invisible thing looks different from a made-up one"


def _nothing_crosses(
    asker: Asker, row: Row, where: str, who: tuple[str, str], things: dict[str, list[str]]
) -> Iterator[str]:
    """A thing does not open under the address of another line's application, notice or meeting."""
    persona, method = who
    if sum(not thing.startswith("=") for thing in row.things) < 2:
        return
    for first, second in itertools.permutations(("mine", "other")):
        answer = asker.ask(persona, method, row, [things[first][0], *things[second][1:]])
        if answer.kind not in {GONE, NO}:
            yield f"{where}: {first}'s address with {second}'s thing is answered: {answer.kind}"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_route_of_ours_knows_another_method(scene, method):
    """Whoever gets through a door with GET or POST is told 405 with any other."""
    wrong = []
    for row in ROWS:
        person = next((name for name in sorted(row.door) if name != ANONYMOUS), None)
        client = Client()
        client.force_login(scene.people[person])
        words = [thing[1:] if thing.startswith("=") else made_up() for thing in row.things]
        status = getattr(client, method)(reverse(row.route, args=words)).status_code
        if status != 405:
            wrong.append((row.route, person, status))
    assert wrong == []
