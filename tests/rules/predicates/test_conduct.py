"""The latest year decides, whatever stands in the list beside it."""

from datetime import date

import pytest

from rules.dossier import decode
from rules.leaves import AssessmentResults
from rules.predicates.conduct import ASSESSMENT_QUESTION, assessment, continuing_education
from rules.verdict import Finding
from rules.view import View

AS_OF = date(2024, 6, 30)
RESULTS = assessment(AssessmentResults(met=["excellent", "competent"], judged=["basic"]))


def assessed(*records: tuple[int | None, str | None]) -> Finding:
    return RESULTS(View(decode({"assessments": [{"year": year, "result": result} for year, result in records]}), AS_OF))


@pytest.mark.parametrize(
    ("records", "verdict", "missing", "judgement"),
    [
        ([(2024, "competent"), (2023, "incompetent")], "met", (), ()),
        ([(2023, None)], "open", ("assessments[0].result",), ()),
        ([(2023, "competent"), (None, "competent")], "open", ("assessments[1].year",), ()),
        ([(2023, "competent"), (2023, "excellent")], "met", (), ()),
        ([(2023, "competent"), (2023, "incompetent")], "open", (), (ASSESSMENT_QUESTION,)),
        ([(2023, "competent"), (2023, None)], "open", ("assessments[1].result",), (ASSESSMENT_QUESTION,)),
        ([(2025, "competent")], "open", (), (ASSESSMENT_QUESTION,)),
    ],
)
def test_assessment(
    records: list[tuple[int | None, str | None]], verdict: str, missing: tuple[str, ...], judgement: tuple[str, ...]
) -> None:
    found = assessed(*records)
    assert (found.verdict.word, found.missing, found.judgement) == (verdict, missing, judgement)


@pytest.mark.parametrize(
    ("record", "verdict", "missing"),
    [
        (None, "open", ("continuing_education",)),
        ({"committed": True}, "met", ()),
        ({"committed": False, "years": [{"year": 2023, "hours": 90}]}, "met", ()),
        ({"committed": False, "years": [{"year": 2023, "hours": 89.5}]}, "unmet", ()),
        ({"years": [{"year": 2023, "hours": 90}]}, "met", ()),
        ({"years": [{"year": 2023, "hours": 0}]}, "open", ("continuing_education.committed",)),
        ({"committed": False}, "open", ("continuing_education.years",)),
        ({"committed": False, "years": [{"year": 2025, "hours": 90}]}, "open", ("continuing_education.years",)),
        ({"committed": False, "years": [{"hours": 90}]}, "open", ("continuing_education.years[0].year",)),
        ({"committed": False, "years": [{"year": 2023}]}, "open", ("continuing_education.years[0].hours",)),
    ],
)
def test_continuing_education(record: dict | None, verdict: str, missing: tuple[str, ...]) -> None:
    found = continuing_education(90)(View(decode({} if record is None else {"continuing_education": record}), AS_OF))
    assert (found.verdict.word, found.missing) == (verdict, missing)
