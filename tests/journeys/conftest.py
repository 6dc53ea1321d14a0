"""A round played to its end through the services, for the tests that look at what is left behind."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import override_settings

from certificates.round_play import Act, Play
from portal import clock, workdays
from portal import demo as people
from portal.demo import World
from portal.logs import JsonLine
from review import demo as pool
from tests.conftest import BUSINESS_NOW


class MailServerLateOnce(EmailBackend):
    """Takes every mail but the first, so that the log has a failure to tell of."""

    late = True

    def send_messages(self, messages):
        if MailServerLateOnce.late:
            MailServerLateOnce.late = False
            raise ConnectionRefusedError("the mail server does not answer")
        return super().send_messages(messages)


@dataclass(frozen=True)
class Played:
    play: Play
    acts: list[Act]
    files: Path
    mails: list[str]
    log: list[str]


@pytest.fixture(scope="module")
def played(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Played]:
    """林申报's round, from its opening to the verified papers. Played once for a module, which only looks at it."""
    folder = tmp_path_factory.mktemp("round")
    backend = {"BACKEND": "portal.directory_store.Directory", "OPTIONS": {"location": str(folder)}}
    storages = {**settings.STORAGES, "default": backend, "private": backend}
    with (
        django_db_blocker.unblock(),
        override_settings(STORAGES=storages, EMAIL_BACKEND=f"{__name__}.MailServerLateOnce"),
        clock.frozen(BUSINESS_NOW),
        everything_logged() as log,
    ):
        round_trip = transaction.atomic()
        round_trip._from_testcase = True  # as the framework marks its own: a durable block may stand inside
        round_trip.__enter__()
        try:
            workdays.seed()
            world = World()
            people.load(world)
            pool.load(world)
            play = Play(world)
            acts = list(play.whole())
            # Copied here: the plugin empties the outbox before each test.
            yield Played(play, acts, folder, _mails(), list(log))
        finally:
            transaction.set_rollback(True)
            round_trip.__exit__(None, None, None)


def _mails() -> list[str]:
    """Every mail, as it was written and as it goes over the wire."""
    return [f"{message.subject}\n{message.body}\n{message.message()}" for message in mail.outbox]


@contextmanager
def everything_logged() -> Iterator[list[str]]:
    """Every line that the log would hold at its most talkative, in the form that is written."""
    current_app.loader.import_default_modules()  # else done at the first job, and Django sets up its logging anew with it
    lines: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(JsonLine())
    handler.emit = lambda record: lines.append(handler.format(record))
    loggers = [logging.getLogger(name) for name in ("", "portal")]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        loggers[0].removeHandler(handler)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@pytest.fixture(autouse=True)
def business_time() -> None:
    """The round keeps its own time for the whole module."""


@pytest.fixture(autouse=True)
def private_files() -> None:
    """The round keeps its own files for the whole module."""
