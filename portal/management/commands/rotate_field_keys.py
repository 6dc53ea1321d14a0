"""Lifts encrypted columns to the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import identity


class Command(BaseCommand):
    help = "Encrypts every identity number under the first of FIELD_KEYS; older keys may then be taken away."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{identity.rotate_keys()} numbers lifted")
