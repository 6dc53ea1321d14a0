"""manage.py rules: look after the packs. Needs no database; a pack that is broken is what it is there to show."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from rules import casebook, catalog, coverage, document_words, dossier_schema, in_words, lint, lock, procedure_words
from rules.catalog import Entry, UnknownPolicy
from rules.dossier import Dossier, DossierError, decode
from rules.lint import Problem
from rules.load import PackError
from rules.management.files import reading
from rules.management.piped import PipedCommand


class Command(PipedCommand):
    help = "Lint the policy packs, say them in words, run their cases, show what the cases cover."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        linting = acts.add_parser("lint", help="refusals and warnings of every pack, layer and floor, or of a draft")
        linting.add_argument("files", nargs="*", metavar="FILE", help="a draft: a pack file outside the catalogue")
        linting.add_argument("--lock", action="store_true", help="first lock the policies that are not locked yet")
        for name, what in (
            ("cases", "run the hand-written cases"),
            ("coverage", "show what the cases show of every leaf"),
        ):
            acts.add_parser(name, help=what).add_argument(
                "policy", nargs="?", help="policy id; every policy where left out"
            )

        acts.add_parser("schema", help="the dossier as JSON Schema, as docs/dossier.schema.json holds it")

        procedure = acts.add_parser("procedure", help="the procedure in words, what is to be confirmed included")
        procedure.add_argument("policy", help="policy id")
        procedure.add_argument("--documents", metavar="DOSSIER", help="what the records of this dossier have to bring")

        explain = acts.add_parser("explain", help="a level, or one clause of it, in words")
        explain.add_argument("policy", help="policy id")
        explain.add_argument("level", help="level asked for")
        explain.add_argument("clause", nargs="?", help="clause number; the whole level where left out")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            passed = getattr(self, f"_{options['act']}")(options)
        except (PackError, UnknownPolicy) as error:
            raise CommandError(str(error)) from None
        if not passed:
            sys.exit(1)

    def _lint(self, options: dict[str, Any]) -> bool:
        if options["files"]:
            return self._drafts(options)
        if options["lock"]:
            for added in lock.add({policy_id: catalog.get(policy_id).sha256 for policy_id in catalog.ids()}):
                self.stdout.write(f"locked   {added}")
        return self._told(lint.every(), len(catalog.ids()))

    def _drafts(self, options: dict[str, Any]) -> bool:
        if options["lock"]:
            raise CommandError("--lock is for the policies of the catalogue; a draft is not locked.")
        try:
            found = [problem for name in options["files"] for problem in lint.of_draft(Path(name))]
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        return self._told(found, len(options["files"]))

    def _told(self, found: list[Problem], packs: int) -> bool:
        for problem in found:
            self.stdout.write(f"{'refused' if problem.refusal else 'warning'}  {problem}")
        refused = sum(problem.refusal for problem in found)
        self.stdout.write(f"{packs} packs: {refused} refused, {len(found) - refused} warnings")
        return not refused

    def _schema(self, _options: dict[str, Any]) -> bool:
        self.stdout.write(dossier_schema.text(), ending="")
        return True

    def _cases(self, options: dict[str, Any]) -> bool:
        run = [case for policy in _named(options, casebook.policies()) for case in casebook.cases(policy)]
        failed = 0
        for case in run:
            differences = case.differences()
            failed += bool(differences)
            for difference in differences:
                self.stdout.write(f"{case.name}: {difference}")
        self.stdout.write(f"{len(run)} cases: {len(run) - failed} as expected, {failed} not")
        return not failed

    def _explain(self, options: dict[str, Any]) -> bool:
        entry = catalog.get(options["policy"])
        level, clause = options["level"], options["clause"]
        lines = in_words.of_clause(entry, level, clause) if clause else in_words.of_level(entry, level)
        for line in lines:
            self.stdout.write(line)
        return True

    def _procedure(self, options: dict[str, Any]) -> bool:
        entry, name = catalog.get(options["policy"]), options["documents"]
        lines = document_words.of_documents(entry, _dossier(name)) if name else procedure_words.of_procedure(entry)
        for line in lines:
            self.stdout.write(line)
        return True

    def _coverage(self, options: dict[str, Any]) -> bool:
        whole = True
        for entry in _entries(options):
            leaves = coverage.of(entry)
            lacking = sum(bool(leaf.lacking) for leaf in leaves)
            whole = whole and not lacking
            self.stdout.write(entry.id)
            for line in coverage.table(leaves):
                self.stdout.write(f"  {line}")
            self.stdout.write(f"{entry.id}: {len(leaves)} leaves, {lacking} lack a value\n")
        return whole


def _dossier(name: str) -> Dossier:
    with reading(name) as file:
        source = file.read()
    try:
        return decode(source)
    except DossierError as error:
        raise CommandError(f"{name}: {error}") from None


def _entries(options: dict[str, Any]) -> Iterable[Entry]:
    return [catalog.get(policy_id) for policy_id in _named(options, catalog.ids())]


def _named(options: dict[str, Any], every: list[str]) -> list[str]:
    return every if options["policy"] is None else [catalog.get(options["policy"]).id]
