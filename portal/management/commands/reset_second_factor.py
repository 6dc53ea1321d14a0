"""Takes away the second factor of somebody who has lost it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import second_factor
from portal.models import User


class Command(BaseCommand):
    help = "Takes a person's second factor away, ends their sessions and tells them. Verify the person first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="the user name")
        parser.add_argument("--reason", required=True, help="who verified the person, and how; stands in the audit log")

    def handle(self, *_args: Any, user: str, reason: str, **_options: Any) -> None:
        person = User.objects.filter(username=user).first()
        if person is None:
            raise CommandError(f"no user {user}")
        try:
            ended = second_factor.reset(person, reason=reason)
        except second_factor.ResetRefusedError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{user}: second factor taken away, {ended} session(s) ended")
