"""`manage.py state_diagram`: writes docs/state-diagram.md from the transition table."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from applications.state_diagram import document


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Write docs/state-diagram.md from the transition table, or with --check say whether it is current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is stale")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        page = Path(settings.BASE_DIR) / "docs" / "state-diagram.md"
        if not check:
            page.write_text(document(), encoding="utf-8")
            self.stdout.write(f"{page.relative_to(settings.BASE_DIR)} written")
        elif not page.exists() or page.read_text(encoding="utf-8") != document():
            raise CommandError("docs/state-diagram.md is stale: run manage.py state_diagram")
