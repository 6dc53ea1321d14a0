"""Checks every registered invariant."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import invariants


class Command(BaseCommand):
    help = "Checks the truths that hold in the database at any moment; fails with a line a breach."

    def handle(self, *_args: Any, **_options: Any) -> None:
        breaches = invariants.check()
        for breach in breaches:
            self.stderr.write(str(breach))
        if breaches:
            raise CommandError(f"{len(breaches)} breach(es)")
        self.stdout.write(f"{len(invariants.names())} invariants hold")
