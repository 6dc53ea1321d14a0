"""manage.py check_eligibility: does this dossier qualify? One dossier, or a batch, a case a line. Needs no database."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from msgspec import ValidationError, convert

from rules import batch, catalog, explain
from rules.catalog import UnknownPolicy
from rules.dossier import decode
from rules.management.files import reading
from rules.management.piped import PipedCommand
from rules.result import Result


class Command(PipedCommand):
    help = "Judge a dossier against a policy: met, unmet or open, clause by clause."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dossier", nargs="?", help="dossier JSON file, or - for standard input")
        parser.add_argument("--policy", help="policy id")
        parser.add_argument("--level", help="level asked for")
        parser.add_argument("--as-of", type=_day, metavar="DATE", help="cut-off day, YYYY-MM-DD")
        parser.add_argument("--opened", type=_day, metavar="DATE", help="day the round opened; --as-of where left out")
        parser.add_argument("--json", action="store_true", help="one JSON answer instead of a tree")
        parser.add_argument("--advise", action="store_true", help="say the shortest ways to yes along each route")
        parser.add_argument("--levels", action="store_true", help="say where the person stands at every level")
        parser.add_argument("--against", metavar="POLICY", help="set another policy's findings beside these")
        parser.add_argument("--batch", metavar="CASES", help="JSON lines, one case a line, or - for standard input")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["batch"]:
            if options["dossier"]:
                raise CommandError("Give a dossier or --batch, not both.")
            if said := [flag for flag, key in _OF_ONE if options[key]]:
                raise CommandError(f"{', '.join(said)}: for one dossier; in a batch every line says its own.")
            self._batch(options["batch"])
        else:
            self._single(options)

    def _batch(self, name: str) -> None:
        failed = False
        with reading(name) as lines:
            for answer in batch.answer_lines(lines):
                failed = failed or "error" in answer
                self._write(answer)
                self.stdout.flush()  # whoever writes a line may wait for its answer
        if failed:
            sys.exit(1)

    def _single(self, options: dict[str, Any]) -> None:
        absent = [flag for flag, key in _REQUIRED if options[key] is None]
        if absent:
            raise CommandError(f"Missing: {', '.join(absent)}.")
        if options["json"] and any(options[flag] for flag in _MORE):
            raise CommandError("--advise, --levels and --against are for reading; --json gives the contract's answer.")
        with reading(options["dossier"]) as file:
            source = file.read()
        try:
            result = batch.judge_parsed(
                options["policy"], options["level"], source, as_of=options["as_of"], opened=options["opened"]
            )
            more = list(_more(options, source)) if any(options[flag] for flag in _MORE) else []
        except (batch.CaseError, UnknownPolicy) as error:
            if not options["json"]:
                raise CommandError(str(error)) from None
            self._write({"id": None, "error": str(error)})
            sys.exit(1)
        if options["json"]:
            self._write({"id": None, **result.answer()})
        else:
            self.stdout.write("\n".join([_tree(result), *more]))

    def _write(self, answer: dict[str, Any]) -> None:
        text = json.dumps(answer, ensure_ascii=False)
        for end in _LINE_ENDS:
            text = text.replace(end, f"\\u{ord(end):04x}")
        self.stdout.write(text)


_REQUIRED = (("DOSSIER", "dossier"), ("--policy", "policy"), ("--level", "level"), ("--as-of", "as_of"))
_OF_ONE = (
    ("--policy", "policy"), ("--level", "level"), ("--as-of", "as_of"), ("--opened", "opened"),
    ("--advise", "advise"), ("--levels", "levels"), ("--against", "against"),
)  # fmt: skip
_MORE = ("advise", "levels", "against")
_LINE_ENDS = "\x85\u2028\u2029"  # allowed in JSON as they are, but some readers of lines would cut an answer there


def _day(text: str) -> date:
    try:
        return convert(text, date)
    except ValidationError:
        raise ArgumentTypeError(f"{text!r} is not a date written YYYY-MM-DD") from None


def _more(options: dict[str, Any], source: bytes) -> Iterator[str]:
    """What is asked for beside the tree. Raises UnknownPolicy."""
    from rules import comparison  # noqa: PLC0415  a batch starts without them
    from rules.advice import advise, wording  # noqa: PLC0415

    entry, dossier = catalog.get(options["policy"]), decode(source)
    days = {"as_of": options["as_of"], "opened": options["opened"]}
    if options["advise"]:
        yield from ("", "怎样才能符合", *wording.lines(advise(entry, options["level"], dossier, **days)))
    if options["levels"]:
        yield from ("", "各层级", comparison.sentence(comparison.levels(entry, dossier, **days)))
    if options["against"]:
        other = catalog.get(options["against"])
        pair = comparison.policies(entry, other, options["level"], dossier, **days)
        yield from ("", "政策对照", *comparison.table(pair))


def _tree(result: Result) -> str:
    lines = [explain.headline(result)]
    for line in explain.sentences(result):
        indent = "  " * (line.depth + 1)
        lines.append(f"{indent}{line.mark} {line.clause}　{line.text}")
        if line.reading:
            lines.append(f"{indent}    适用口径：{line.reading}")
        if line.mend:
            lines.append(f"{indent}    → {line.mend}")
    documents = [source.number for source in catalog.get(result.policy).documents]
    return "\n".join([*lines, f"依据：{'、'.join(documents)}"])
