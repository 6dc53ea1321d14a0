"""Repeats a draw: of a meeting by its public id, or from an exported transcript."""

import json
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from review import transcript
from review.models import Meeting
from review.services.draws import transcript_of


class Command(BaseCommand):
    help = "Repeats the draw of a meeting from its stored input and seed, or from a transcript file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="a meeting's public id, or the path of a transcript (JSON)")
        parser.add_argument("--export", metavar="FILE", help="also write the meeting's transcript to this file")

    def handle(self, *_args: Any, **options: Any) -> None:
        told = self._read(options["source"])
        if options["export"]:
            Path(options["export"]).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf8")
        try:
            panel = transcript.verify(told)
        except transcript.TranscriptError as wrong:
            raise CommandError(f"not repeated: {wrong}") from wrong
        self.stdout.write(f"repeated: {len(told['rounds'])} round(s), {len(panel)} members, the same panel")
        if missing := transcript.places_open(told):
            self.stdout.write(f"not a whole panel: {missing} place(s) wait for a supplementary draw")
        for pseudonym in panel:
            self.stdout.write(f"  {pseudonym}")

    def _read(self, source: str) -> dict[str, Any]:
        path = Path(source)
        if path.is_file():
            read: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
            return read
        try:
            meeting = Meeting.objects.get(public_id=uuid.UUID(source))
        except (ValueError, Meeting.DoesNotExist):
            raise CommandError(f"{source} is neither a file nor the public id of a meeting") from None
        # The clerk at the terminal holds the database anyway: the check does not wait for the meeting's end.
        return transcript_of(meeting, opened=True)
