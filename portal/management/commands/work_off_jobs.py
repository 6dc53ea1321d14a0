"""Runs due jobs in this process, without a worker."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal import jobs


class Command(BaseCommand):
    help = "Runs the jobs that are due, in this process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, help="at most so many")

    def handle(self, *_args: Any, limit: int | None, **_options: Any) -> None:
        self.stdout.write(f"{jobs.work_off(limit=limit)} jobs ran")
