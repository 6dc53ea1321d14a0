"""Lifts encrypted columns to the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import crypto


class Command(BaseCommand):
    help = "Encrypts every encrypted column under the first of FIELD_KEYS; older keys may then be taken away."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for column, lifted in crypto.rotate_columns().items():
            self.stdout.write(f"{column}: {lifted} values lifted")
