"""Adds a link to the daily list of audit heads."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import audit


class Command(BaseCommand):
    help = "Chains the audit heads that moved since the last link; prints the hash to keep outside."

    def handle(self, *_args: Any, **_options: Any) -> None:
        day = audit.chain_day()
        self.stdout.write(f"{day.number} {day.day} {day.sha256}")
