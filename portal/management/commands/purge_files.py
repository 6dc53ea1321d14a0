"""Takes away files that nothing names, and stored bytes that no row names. The night does the same."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import content_store, forsaken


class Command(BaseCommand):
    help = "Deletes contents that no file names any more and broken-off uploads, once they are a day old."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{forsaken.let_go()} files, {content_store.purge()} contents deleted")
