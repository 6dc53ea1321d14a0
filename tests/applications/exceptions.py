"""Applications by way of an exception (破格), at the supervising body's step: made quickly, from the demo's records."""

import json
from uuid import uuid4

from applications import demo as filing
from applications.dossiers import canonical, sha256
from applications.models import Application, Round, Snapshot
from portal.demo import World
from tests.applications.filed import filed

RECOMMENDER = {
    "kind": "endorsement",
    "facts": {"title_level": "full_senior", "same_specialty": True},
    "details": {"name": "郑推荐", "unit": "电池研究院"},
}
LETTER = {"kind": "consent", "facts": {"consent": "supervising_body"}}
PRIZE = {
    "kind": "award",
    "facts": {
        "kind": "award", "date": "2023-05-01", "award_type": "science_technology", "level": "provincial",
        "grade": "third", "rank": 5,
    },
}  # fmt: skip
SHORT, LONG = "2021-06-01", "2018-06-20"


def excepted(
    world: World, round_: Round, *more: dict[str, object], obtained: str = SHORT, recommenders: int = 2, username="lin"
) -> Application:
    """三项业绩、两名推荐人, and a title held too short a time unless `obtained` says otherwise; `more` records besides."""
    application = filed(world, round_, username, at="supervisor")
    inputs = json.loads((filing.INPUTS / "records.json").read_text(encoding="utf-8"))
    none = [section for section in inputs["nothing"] if section != "exception"]
    told = inputs["records"] + [RECOMMENDER] * recommenders + list(more)
    told += [{"kind": "nothing", "facts": {"section": section}} for section in none]
    kept = [_frozen(record, obtained) for record in told]
    hold(application, application.snapshot.data | {"records": kept})
    return application


def hold(application: Application, data: dict[str, object]) -> None:
    """Puts the content into the live snapshot, and what was decided so far on it."""
    text = canonical(data)
    Snapshot.objects.filter(pk=application.snapshot_id).update(content=text, sha256=sha256(text))
    application.steps.exclude(snapshot_sha256="").update(snapshot_sha256=sha256(text))
    application.refresh_from_db()


def _frozen(record: dict, obtained: str) -> dict[str, object]:
    facts = dict(record["facts"])
    if facts.get("level") == "intermediate" and record["kind"] == "title":
        facts |= {"obtained": obtained, "appointed": obtained}
    return {
        "id": str(uuid4()),
        "kind": record["kind"],
        "facts": facts,
        "details": record.get("details", {}),
        "sha256": "0" * 64,
        "evidence": [],
    }
