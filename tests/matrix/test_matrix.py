"""Every route × persona × relation × method answers as declared; what is not there looks like what never was."""

from collections.abc import Iterator

import pytest

from tests.architecture.routes import own_routes
from tests.matrix.asking import Answer, Asker
from tests.matrix.declare import GONE, NO, OK, PERSONAS, Row
from tests.matrix.scene import Scene, made_up
from tests.matrix.tables import ROWS


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
    asker = Asker(scene.people)
    wrong = [
        line
        for stage in scene.stages()
        for row in ROWS
        if stage in row.stages
        for line in _asked(asker, scene, row, stage)
    ]
    assert wrong == [], "\n".join(["", *wrong])


def _asked(asker: Asker, scene: Scene, row: Row, stage: str) -> Iterator[str]:
    """The cells of a row that answer otherwise than declared, a line each."""
    things = {relation: [scene.lines[relation].word_for(thing) for thing in row.things] for relation in row.relations}
    for method in ("GET", "POST"):
        for persona in PERSONAS:
            gone: list[Answer] = []
            for relation in row.relations:
                answer = asker.ask(persona, method, row, things[relation])
                expected = row.expected(persona, relation, method)
                if answer.kind != expected:
                    yield f"{row.route} @{stage} {method} {persona} {relation}: {expected} declared, {answer.kind}"
                if answer.kind == GONE:
                    gone.append(answer)
            if row.has_objects and row.reaches(persona, method):
                where = f"{row.route} @{stage} {method} {persona}"
                yield from _nothing_shows(asker, row, where, (persona, method), gone)
                yield from _nothing_crosses(asker, row, where, (persona, method), things)


def _nothing_shows(asker: Asker, row: Row, where: str, who: tuple[str, str], gone: list[Answer]) -> Iterator[str]:
    """What a person may not see and what has never been are answered alike."""
    persona, method = who
    never = asker.ask(
        persona, method, row, [made_up() if not thing.startswith("=") else thing[1:] for thing in row.things]
    )
    if never.kind == OK:
        yield f"{where}: a made-up thing is answered"
    if any((answer.status, answer.page) != (never.status, never.page) for answer in gone):
        yield f"{where}: an invisible thing looks different from a made-up one"


def _nothing_crosses(
    asker: Asker, row: Row, where: str, who: tuple[str, str], things: dict[str, list[str]]
) -> Iterator[str]:
    """A thing does not open under the address of another line's application, notice or meeting."""
    persona, method = who
    if sum(not thing.startswith("=") for thing in row.things) < 2:
        return
    for first, second in (("mine", "other"), ("other", "mine")):
        answer = asker.ask(persona, method, row, [things[first][0], *things[second][1:]])
        if answer.kind == OK or (answer.kind not in {GONE, NO} and row.expected(persona, first, method) in {OK, GONE}):
            yield f"{where}: {first}'s address with {second}'s thing is answered: {answer.kind}"
