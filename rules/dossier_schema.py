"""The dossier as JSON Schema (2020-12), made from the types that read it, so that the two cannot part."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from rules.clause_numbers import CLAUSE
from rules.dossier import Dossier
from rules.dossier_words import label

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
OWN: Final = "Dossier"


def schema() -> dict[str, Any]:
    """What a dossier may be: an unknown key is refused, null and an absent key mean *not known*."""
    made = msgspec.json.schema(Dossier)
    parts = made["$defs"]
    for name, part in parts.items():
        for key, property_ in part["properties"].items():
            if key != "id":
                property_["description"] = label(key if name == OWN else f"{_snake(name)}.{key}")
    parts[OWN]["properties"]["attestations"]["propertyNames"] = {"pattern": f"^(?:{CLAUSE.pattern})$"}
    for option in _options(parts["Title"]["properties"]["appointed"]):
        if option.get("type") == "boolean":  # true says neither when nor that it never was
            option.clear()
            option["const"] = False
    return {"$schema": DIALECT, "title": "职称评审资格判断的个人资料", **made}


def text() -> str:
    """The schema as it is published in docs/dossier.schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _snake(name: str) -> str:
    """FlexibleAgreement → flexible_agreement."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _options(property_: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from property_.get("anyOf", [property_])
