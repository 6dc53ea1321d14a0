"""Restores an archive into an empty installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import backup, content_store


class Command(BaseCommand):
    help = "Checks every hash of a backup archive, then restores it; refuses where there are people already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)

    def handle(self, *_args: Any, archive: Path, **_options: Any) -> None:
        try:
            manifest = backup.restore(archive)
        except (backup.BackupError, content_store.StorageError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"restored the database and {len(manifest['files'])} files")
