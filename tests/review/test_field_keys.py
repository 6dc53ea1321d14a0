"""Changing the key: every encrypted column of the house is lifted, after which the old key may go."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.core.management import call_command
from django.db.models import CharField, TextField

from applications import services
from applications.models import Notice, NoticeEntry, Objection
from portal import clock, crypto, identity
from portal.models import IdentityDocument
from review.models import Meeting
from tests.review import walk

COLUMNS = [
    "applications.Objection.contact",
    "portal.IdentityDocument.number",
    "review.BallotChoice.choice",
    "review.Meeting.secret",
]


@pytest.fixture
def filled(world, application, voting) -> Meeting:
    """A person with a document, a meeting with its secret and its ballots, and an objection to a notice that runs."""
    today = clock.today()
    notice = Notice.objects.create(
        kind="employer",
        round=application.round,
        organization=application.employer,
        posted_on=today,
        days=5,
        ends_on=today + timedelta(days=7),
        posted_by=world.people["wang"],
    )
    entry = NoticeEntry.objects.create(notice=notice, application=application, name="林申报")
    services.lodge_objection(entry=entry, text="业绩与事实不符。", contact="13900000001", by=world.people["wang"])
    walk.vote(walk.entries(voting)[0], consent=4)
    return voting


def under(key: str) -> dict[str, int]:
    """How many values of each text column of the database this key opens."""
    opener, found = Fernet(key), {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField | TextField):
                values = model._default_manager.filter(**{f"{field.name}__startswith": "gAAAA"})
                opened = sum(_opens(opener, value) for value in values.values_list(field.name, flat=True))
                if opened:
                    found[f"{model._meta.label}.{field.name}"] = opened
    return found


def _opens(opener: Fernet, ciphertext: str) -> bool:
    try:
        opener.decrypt(ciphertext.encode())
    except InvalidToken:
        return False
    return True


def test_every_encrypted_column_is_lifted_to_the_new_key(filled, world, settings, capsys):
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    before, secret = under(old), filled.opened_secret
    assert sorted(before) == COLUMNS
    settings.FIELD_KEYS = [new, old]

    call_command("rotate_field_keys")

    assert capsys.readouterr().out.splitlines() == [f"{column}: {before[column]} values lifted" for column in COLUMNS]
    assert (under(old), under(new)) == ({}, before)
    settings.FIELD_KEYS = [new]
    filled.refresh_from_db()
    assert filled.opened_secret == secret
    assert crypto.decrypt(Objection.objects.get().contact) == "13900000001"
    lin = IdentityDocument.objects.get(user=world.people["lin"])
    assert identity.digest_of(lin.kind, crypto.decrypt(lin.number)) == lin.digest
