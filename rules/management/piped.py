"""A command whose reader may leave before the end, as `| head` does: it ends quietly, as other tools do."""

import os
import sys

from django.core.management.base import BaseCommand

READER_GONE = 141  # 128 + SIGPIPE: what a shell shows of a tool that a broken pipe ended


class PipedCommand(BaseCommand):
    def run_from_argv(self, argv: list[str]) -> None:
        try:
            try:
                super().run_from_argv(argv)
            finally:
                sys.stdout.flush()  # else what is still held would be written, and fail, while the interpreter ends
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(READER_GONE)
