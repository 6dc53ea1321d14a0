"""Asks manage.py check_eligibility of people who each differ a little from one who qualifies."""

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.management import call_command

from rules import casebook

LITHIUM = "tianjin-lithium-2022"
ENGINEERING = "tianjin-engineering-2019"
LONG_AGO, INSIDE = "2015-07-01", "2023-09-15"
BASIC = {"一(一)": True, "一(二)": True, "一(三)": True}
both_notices = pytest.mark.parametrize("policy", [LITHIUM, ENGINEERING])


def ask(level: str, clause: str, *people: dict[str, Any], policy: str = LITHIUM) -> list[str]:
    """The verdict of one clause for each of them, from one batch."""
    return [answer["clauses"][clause]["verdict"] for answer in answers(level, *people, policy=policy)]


def routes(level: str, *people: dict[str, Any], policy: str = LITHIUM) -> list[tuple[str, str | None]]:
    """Verdict and route of each of them."""
    return [(answer["verdict"], answer["route"]) for answer in answers(level, *people, policy=policy)]


def answers(
    level: str, *people: dict[str, Any], policy: str = LITHIUM, as_of: str = "2024-06-30", **case: Any
) -> list[dict[str, Any]]:
    """What the command answers for each of them, from one batch."""
    asked = {"policy": policy, "level": level, "as_of": as_of, **case}
    base = casebook.base(policy, level)
    lines = [{**asked, "dossier": base | person} for person in people]
    out = io.StringIO()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cases.jsonl"
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        call_command("check_eligibility", "--batch", str(path), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def told(level: str, person: dict[str, Any], *, policy: str = LITHIUM) -> str:
    """What the command says of one of them, for people."""
    out = io.StringIO()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.json"
        path.write_text(json.dumps(casebook.base(policy, level) | person), encoding="utf-8")
        asked = ("--policy", policy, "--level", level, "--as-of", "2024-06-30")
        call_command("check_eligibility", str(path), *asked, stdout=out)
    return out.getvalue().strip()


def attesting(clause: str, *said: bool) -> list[dict[str, Any]]:
    return [{"attestations": {clause: one}} for one in said] + [{"attestations": {}}]


def degree(level: str, awarded: str = LONG_AGO, **said: Any) -> dict[str, Any]:
    return {"education": [{"level": level, "awarded": awarded, "engineering_professional": False, **said}]}


def skill(grade: str, obtained: str = LONG_AGO) -> dict[str, Any]:
    return {"education": [], "titles": [], "skills": [{"grade": grade, "obtained": obtained}]}


def titled(level: str, obtained: str, appointed: str | bool | None = None, **said: Any) -> dict[str, Any]:
    """One title; appointed on the day it was obtained where nothing else is said."""
    own = {"series": "engineering", "specialty": "lithium_battery"}
    days = {"obtained": obtained, "appointed": obtained if appointed is None else appointed}
    return {"titles": [{"level": level, **own, **days, **said}]}


def claiming(claim: str, clause: str = "", said: bool | None = None) -> dict[str, Any]:
    """Somebody without titles who claims a route; `said`: what a competent person has said of its clause."""
    judged = {} if said is None else {clause: said}
    return {"claims": [claim], "titles": [], "achievements": [], "attestations": BASIC | judged}


def work(scope: str, since: str) -> dict[str, Any]:
    return {"posts": [{"from": since, "scope": scope}]}


def assistant_since(day: str, **said: Any) -> dict[str, Any]:
    title = {"level": "assistant", "series": "engineering", "specialty": "lithium_battery", "obtained": day}
    return {"titles": [{**title, "appointed": day, **said}]}


def achieved(*records: dict[str, Any]) -> dict[str, Any]:
    return {"achievements": [{"date": INSIDE, **record} for record in records]}
