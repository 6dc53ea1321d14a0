"""The published JSON Schema of the dossier: made from the types, current, and it says what the reader says."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from rules import casebook, dossier_schema
from rules.dossier import DossierError, decode
from tests.rules.casebook import SHARED_EXAMPLES
from tests.rules.people import qualified

PUBLISHED = Path(__file__).parents[2] / "docs" / "dossier.schema.json"
SCHEMA = dossier_schema.schema()
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": int | float}
KNOWN = {"$schema", "$ref", "$defs", "title", "description", "default", "type", "properties", "required", "items", "enum",
         "anyOf", "const", "format", "minimum", "maximum", "propertyNames", "pattern", "additionalProperties"}  # fmt: skip


def faults(value: Any, schema: dict[str, Any], at: str = "") -> Iterator[str]:
    """What a JSON Schema validator would say, for the words this schema uses; an unknown word is a fault of the test."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        yield from faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], at)
    if "anyOf" in schema and all(list(faults(value, option, at)) for option in schema["anyOf"]):
        yield at
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value is not schema["const"]):
        yield at
    if "type" in schema and not _is_a(value, schema["type"]):
        yield at
        return
    if isinstance(value, str) and schema.get("format") == "date" and not _is_day(value):
        yield at
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield at
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield at
    if isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from faults(item, schema["items"], f"{at}[{index}]")
    if isinstance(value, dict):
        yield from _faults_of_object(value, schema, at)


def _faults_of_object(value: dict[str, Any], schema: dict[str, Any], at: str) -> Iterator[str]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for key in schema.get("required", ()):
        assert key in known
        if key not in value:
            yield f"{at}.{key}"
    for key, item in value.items():
        place = f"{at}.{key}" if at else key
        if "propertyNames" in schema and list(faults(key, schema["propertyNames"], place)):
            yield place
        if key in known:
            yield from faults(item, known[key], place)
        elif others is False:
            yield place
        elif isinstance(others, dict):
            yield from faults(item, others, place)


def _is_a(value: object, name: str) -> bool:
    if name == "null":
        return value is None
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name])


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def test_what_is_published_is_what_the_types_say() -> None:
    """Write it anew with `manage.py rules schema > docs/dossier.schema.json`."""
    assert PUBLISHED.read_text(encoding="utf-8") == dossier_schema.text()


def test_the_command_prints_it() -> None:
    out = io.StringIO()
    call_command("rules", "schema", stdout=out)
    assert json.loads(out.getvalue()) == SCHEMA


def test_every_struct_refuses_unknown_keys() -> None:
    assert all(part["additionalProperties"] is False for part in SCHEMA["$defs"].values())


def test_the_facts_of_people_are_described() -> None:
    described = SCHEMA["$defs"]["Achievement"]["properties"]
    assert described["patent_type"]["description"] == "专利类型"
    assert SCHEMA["$defs"]["Dossier"]["properties"]["titles"]["description"] == "职称"


DOSSIERS = [
    {},
    qualified(),
    {"status": None, "titles": []},
    {"titles": [{"appointed": False}]},
    {"attestations": {"五(三)6": True, "2023年度通知一(五)": None, "国家基本标准 工程师1": False}},
    {"continuing_education": {"committed": False, "years": [{"year": 2023, "hours": 90.5}]}},
]
BROKEN = [
    {"colour": "red"},
    {"status": "idle"},
    {"titles": {}},
    {"titles": [{"appointed": True}]},
    {"titles": [{"obtained": "2024-02-30"}]},
    {"titles": [{"grade": "first"}]},
    {"achievements": [{"rank": 0}]},
    {"achievements": [{"words": "many"}]},
    {"achievements": [{"evaluators": {"count": -1}}]},
    {"assessments": [{"year": 1066}]},
    {"attestations": {"第一条": True}},
    {"claims": ["wish"]},
]


@pytest.mark.parametrize("dossier", DOSSIERS, ids=str)
def test_what_can_be_read_fits(dossier: dict[str, Any]) -> None:
    decode(dossier)
    assert list(faults(dossier, SCHEMA)) == []


@pytest.mark.parametrize("dossier", BROKEN, ids=str)
def test_what_cannot_be_read_does_not_fit(dossier: dict[str, Any]) -> None:
    with pytest.raises(DossierError):
        decode(dossier)
    assert list(faults(dossier, SCHEMA))


def test_the_bases_of_all_cases_fit() -> None:
    for policy, level in sorted({(case.policy, case.level) for case in casebook.every()}):
        assert list(faults(casebook.base(policy, level), SCHEMA)) == [], (policy, level)


@pytest.mark.skipif(not SHARED_EXAMPLES.exists(), reason="the contract's examples lie beside the project, not in it")
def test_the_contract_s_examples_fit_where_they_can_be_read() -> None:
    lines = SHARED_EXAMPLES.read_text(encoding="utf-8").splitlines()
    for example in (json.loads(line) for line in lines if line.strip()):
        fits = not list(faults(example["dossier"], SCHEMA))
        assert fits == ("error_contains" not in example["expect"]), example["id"]
