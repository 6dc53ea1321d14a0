"""Fills the table of working days from the kept library."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import workdays


class Command(BaseCommand):
    help = "Adds the State Council's arrangements that are missing; rows that staff edited stay."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{workdays.seed()} days added")
