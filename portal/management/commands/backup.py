"""Writes one archive with the database, the files and their hashes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import backup, content_store


class Command(BaseCommand):
    help = "Writes a backup archive. The keys (SECRET_KEY, FIELD_KEYS, DIGEST_KEY) are not in it: keep them apart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, help="the .tar to write; must not exist")

    def handle(self, *_args: Any, archive: Path, **_options: Any) -> None:
        try:
            manifest = backup.write(archive)
        except (backup.BackupError, content_store.StorageError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{archive}: database and {len(manifest['files'])} files")
