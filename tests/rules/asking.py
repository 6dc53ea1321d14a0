"""Asks manage.py check_eligibility of people who each differ a little from one who qualifies."""

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command

from rules import casebook

LITHIUM = "tianjin-lithium-2022"
ENGINEERING = "tianjin-engineering-2019"
LONG_AGO, INSIDE = "2015-07-01", "2023-09-15"


def ask(level: str, clause: str, *people: dict[str, Any], policy: str = LITHIUM) -> list[str]:
    """The verdict of one clause for each of them, from one batch."""
    base = casebook.base(policy, level)
    lines = [{"policy": policy, "level": level, "as_of": "2024-06-30", "dossier": base | person} for person in people]
    out = io.StringIO()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cases.jsonl"
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        call_command("check_eligibility", "--batch", str(path), stdout=out)
    return [json.loads(line)["clauses"][clause]["verdict"] for line in out.getvalue().splitlines()]


def attesting(clause: str, *said: bool) -> list[dict[str, Any]]:
    return [{"attestations": {clause: one}} for one in said] + [{"attestations": {}}]


def degree(level: str, awarded: str = LONG_AGO, **said: Any) -> dict[str, Any]:
    return {"education": [{"level": level, "awarded": awarded, "engineering_professional": False, **said}]}


def skill(grade: str, obtained: str = LONG_AGO) -> dict[str, Any]:
    return {"education": [], "titles": [], "skills": [{"grade": grade, "obtained": obtained}]}


def work(scope: str, since: str) -> dict[str, Any]:
    return {"posts": [{"from": since, "scope": scope}]}


def assistant_since(day: str, **said: Any) -> dict[str, Any]:
    title = {"level": "assistant", "series": "engineering", "specialty": "lithium_battery", "obtained": day}
    return {"titles": [{**title, "appointed": day, **said}]}


def achieved(*records: dict[str, Any]) -> dict[str, Any]:
    return {"achievements": [{"date": INSIDE, **record} for record in records]}
