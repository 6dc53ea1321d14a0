"""Takes away stored bytes that no row names."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import content_store


class Command(BaseCommand):
    help = "Deletes contents that no file names any more and broken-off uploads, once they are a day old."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{content_store.purge()} contents deleted")
