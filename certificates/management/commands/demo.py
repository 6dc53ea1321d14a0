"""`manage.py demo`: a whole round through the services in an empty database, without a server (`make demo`)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.test import Client

from certificates.proof_reading import codes_of, pages_of, text_of
from certificates.round_play import Play, write_papers
from portal import clock, files, workdays
from portal.demo import World
from portal.demo import load as load_people
from portal.models import StoredFile, User
from review.demo import load as load_experts


class Command(BaseCommand):
    help = "Play a whole round in an empty database and write certificate.pdf and review-form.pdf."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=Path(settings.VAR_DIR) / "demo")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo plays with made-up people: it runs under DEMO=1 only.")
        if User.objects.exists():
            raise CommandError("demo wants a database of its own, and this one holds people. Use `make demo`.")
        workdays.seed()
        with clock.frozen(clock.DEMO_START):
            play = self._play()
            papers = write_papers(play.certificate, folder, _bytes)
            for path in papers:
                data = path.read_bytes()
                self.stdout.write(f"{path}  {pages_of(data)} 页  {len(data) // 1024} KB")
            self._verify(papers[0].read_bytes(), play)
            call_command("verify_audit", stdout=self.stdout)
            call_command("check_invariants", stdout=self.stdout)

    def _play(self) -> Play:
        world = World()
        load_people(world)
        load_experts(world)
        play = Play(world)
        for act in play.whole():
            self.stdout.write(str(act))
        return play

    def _verify(self, certificate: bytes, play: Play) -> None:
        """Follows the code read from the rendered page, as a stranger would."""
        codes = codes_of(certificate)
        if len(codes) != 1:
            raise CommandError(f"the certificate carries {len(codes)} readable codes, not one")
        answer = Client().get(urlsplit(codes[0]).path)
        page = answer.content.decode()
        if answer.status_code != 200 or play.certificate.number not in page or "证书有效" not in page:
            raise CommandError(f"the code's page does not verify the certificate: {answer.status_code}")
        if play.certificate.holder_name not in text_of(certificate):
            raise CommandError("the holder's name cannot be read from the certificate")
        self.stdout.write(
            f"查验：扫描证书二维码 → {urlsplit(codes[0]).path[:8]}… → 证书有效，{play.certificate.number}"
        )


def _bytes(stored: StoredFile) -> bytes:
    with files.open_clean(stored) as file:
        return file.read()
