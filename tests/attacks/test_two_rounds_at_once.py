"""One person, two windows, two rounds of the same specialty: one application a year."""

import threading

import pytest
from django.db import connection, connections, transaction

from applications import demo as filing
from applications import services
from applications.errors import Refused
from applications.models import Application, Round
from tests.counts import times


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_turn", times(10))
def test_two_rounds_at_once(world, round_, _turn):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time; the race is PostgreSQL's")
    other = Round.objects.get(pk=round_.pk)
    other.pk, other.public_id, other.name = None, "7c1b1d8e-0000-4000-8000-000000000001", "第二批"
    other.save(force_insert=True)
    answers: list[str] = []

    def begin(chosen: Round) -> None:
        try:
            services.open_draft(
                applicant=world.people["lin"], round=chosen, level=filing.LEVEL, employer=world.units["employer"]
            )
            answers.append("ok")
        except Refused:
            answers.append("refused")

    def elsewhere() -> None:
        begin(other)
        connections.close_all()

    with transaction.atomic():
        begin(round_)
        second = threading.Thread(target=elsewhere)
        second.start()
        second.join(1)
    second.join(10)

    assert sorted(answers) == ["ok", "refused"]
    assert Application.objects.count() == 1
