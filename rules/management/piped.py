"""A command whose output others read: in UTF-8, whatever the locale, and its ends are not faults of ours.

A reader may leave before the end, as `| head` does: the command ends quietly, as other tools do. A full disk or a
stream that the caller closed is said in one line.
"""

import os
import sys
from io import TextIOWrapper
from typing import NoReturn

from django.core.management.base import BaseCommand

READER_GONE = 141  # 128 + SIGPIPE: what a shell shows of a tool that a broken pipe ended


class PipedCommand(BaseCommand):
    def run_from_argv(self, argv: list[str]) -> None:
        if sys.stdout is None:  # closed by the caller
            self._fail("standard output is closed")
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        try:
            try:
                super().run_from_argv(argv)
            finally:
                sys.stdout.flush()  # else what is still held would be written, and fail, while the interpreter ends
        except BrokenPipeError:
            _let_go()
            sys.exit(READER_GONE)
        except OSError as error:
            _let_go()
            self._fail(str(error))

    def _fail(self, why: str) -> NoReturn:
        self.stderr.write(f"CommandError: {why}")
        sys.exit(1)


def _let_go() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
