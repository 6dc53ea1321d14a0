"""Checks the audit log and names the first bad row of every broken chain."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import audit
from portal.models import AuditDay, AuditEntry
from portal.steady_view import steady_view


class Command(BaseCommand):
    help = "Verifies the audit log: every scope, its head, and the daily list of heads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scope", help="only this scope, e.g. application:<public id>")
        parser.add_argument("--expect", help="the hash of a daily link kept outside; it must still be in the list")

    def handle(self, *_args: Any, scope: str | None, expect: str | None, **_options: Any) -> None:
        with steady_view():
            problems = [str(problem) for problem in audit.verify(scope)]
            if expect and not AuditDay.objects.filter(sha256=expect).exists():
                problems.append(f"daily heads: the link {expect} kept outside is not in the list")
            last, entries = AuditDay.objects.order_by("-number").first(), AuditEntry.objects.count()
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"the audit log does not verify: {len(problems)} broken chain(s)")
        link = last.sha256 if last else "-"
        self.stdout.write(f"{entries} entries verify; last daily link: {link}")
