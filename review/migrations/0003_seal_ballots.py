"""Puts the ballots that stand in clear under seal, as new rows in random order under new random keys."""

import secrets
import uuid
from collections.abc import Callable
from typing import Any

from django.db import migrations

from review.ballot_seal import opened, register_sha256, seal

Written = Callable[..., str]


def rewrite(apps: Any, written: Written) -> None:
    """Writes every box anew; `written` says what a row holds, from what it held."""
    choice_model, vote_model = apps.get_model("review", "BallotChoice"), apps.get_model("review", "BallotParticipation")
    boxes = choice_model.objects.order_by().values_list("entry_id", "entry__public_id").distinct()
    for entry, public_id in list(boxes):
        register = register_sha256(vote_model.objects.filter(entry_id=entry).values_list("pk", "seat_id"))
        old = list(choice_model.objects.filter(entry_id=entry).values_list("pk", "choice"))
        secrets.SystemRandom().shuffle(old)
        choice_model.objects.filter(entry_id=entry).delete()
        for row, held in old:
            new = uuid.uuid4()
            text = written(held, entry=public_id, register=register, old=row, new=new)
            choice_model.objects.create(pk=new, entry_id=entry, choice=text)


def put_under_seal(apps: Any, _schema_editor: Any) -> None:
    def written(held: str, *, entry: uuid.UUID, register: str, old: uuid.UUID, new: uuid.UUID) -> str:  # noqa: ARG001
        return seal(held, entry=entry, register=register, row=new)

    rewrite(apps, written)


def take_off_seals(apps: Any, _schema_editor: Any) -> None:
    def written(held: str, *, entry: uuid.UUID, register: str, old: uuid.UUID, new: uuid.UUID) -> str:  # noqa: ARG001
        return opened(held, entry=entry, register=register, row=old)

    rewrite(apps, written)


class Migration(migrations.Migration):
    dependencies = [("review", "0002_ballot_choice_as_text")]

    operations = [migrations.RunPython(put_under_seal, take_off_seals)]
