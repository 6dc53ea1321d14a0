"""judge(): windows, paths, routes, what is reported and how."""

import json
from datetime import date

import pytest

from rules.catalog import UnknownPolicy
from rules.dossier import DossierError
from rules.engine import judge
from rules.result import Result
from tests.rules.people import AWARD, LEVEL, PATENT, POLICY, STANDARD, attested, qualified, title

AS_OF = date(2024, 6, 30)


def asked(dossier: dict | str, as_of: date = AS_OF, opened: date | None = None) -> Result:
    return judge(POLICY, LEVEL, dossier, as_of=as_of, opened=opened)


def test_used_records_are_named_by_id_and_by_place() -> None:
    result = asked(qualified())
    assert result.clauses["五(一)2"].used == ["t1", "e1"]
    assert result.clauses["五(三)"].used == ["a1", "a2"]
    assert result.clauses["五(三)7"].records == ["achievements[1]"]


def test_records_without_id_are_used_all_the_same() -> None:
    result = asked(qualified(achievements=[STANDARD, PATENT]))
    assert (result.clauses["五(三)"].used, result.clauses["五(三)"].records) == (
        [],
        ["achievements[0]", "achievements[1]"],
    )


def test_the_answer_has_the_contracts_shape() -> None:
    answer = asked(qualified()).answer()
    assert list(answer) == ["verdict", "route", "clauses", "excluded_by", "earliest"]
    assert all(list(clause) == ["verdict", "missing", "judgement", "used"] for clause in answer["clauses"].values())


def test_what_is_kept_survives_json() -> None:
    kept = asked(qualified()).to_dict()
    assert json.loads(json.dumps(kept)) == kept
    assert kept["clauses"]["五(三)7"]["citation"] == "津人社局发〔2022〕27号 五(三)7"
    assert (kept["policy"], kept["level"], kept["as_of"], kept["opened"]) == (POLICY, LEVEL, "2024-06-30", "2024-06-30")


def test_text_and_mapping_are_judged_alike() -> None:
    dossier = qualified()
    assert asked(json.dumps(dossier)).answer() == asked(dossier).answer()


def test_claimed_clauses_stand_there_only_when_claimed() -> None:
    plain = set(asked(qualified()).clauses)
    claimed = set(asked(qualified(claims=["direct", "conversion", "targeted"])).clauses)
    assert claimed - plain == {"正文七(三)", "正文七(五)"}


def test_one_award_serves_the_exception_and_an_item() -> None:
    award = {"id": "w", **AWARD, "award_type": "industry"}
    young = title(obtained="2022-06-01", appointed="2022-06-01")
    result = asked(qualified(titles=[young], achievements=[award, PATENT]))
    assert (result.verdict, result.route) == ("met", "exceptional")
    assert result.clauses["五(四)1"].used == ["w"]
    assert "w" in result.clauses["五(三)"].used


def test_the_best_assignment_is_found() -> None:
    """A record that fits two items is left to the one that has no other."""
    both = {**PATENT, "id": "both"}
    letter = {"id": "letter", "kind": "performance_letter", "date": "2023-01-01", "substitutes_paper": True}
    result = asked(qualified(achievements=[letter, both]))
    assert (result.verdict, result.clauses["五(三)"].verdict) == ("open", "open")
    assert result.clauses["五(三)"].judgement == ["单位认定的替代成果能否代替论文"]
    assert result.clauses["五(三)"].used == ["letter", "both"]


def test_each_path_has_its_own_window() -> None:
    """By the title the monograph counts; by the later doctorate it does not. The title's path qualifies."""
    doctor = {"id": "d", "level": "doctor", "awarded": "2022-01-01"}
    early = {"id": "m", "kind": "monograph", "date": "2019-05-05", "words": 100_000}
    result = asked(qualified(education=[doctor], achievements=[early, PATENT]))
    assert result.verdict == "met"
    assert result.clauses["五(三)6"].verdict == "met"
    untitled = asked(qualified(education=[doctor], titles=[], achievements=[early, PATENT]))
    assert untitled.verdict == "unmet"
    assert untitled.clauses["五(三)6"].verdict == "unmet"


def test_of_two_titles_the_one_that_serves() -> None:
    late = title(id="t2", obtained="2023-01-01", appointed="2023-01-01")
    assert asked(qualified(titles=[late, title()])).verdict == "met"
    assert asked(qualified(titles=[late])).verdict == "unmet"


def test_missing_names_the_record() -> None:
    result = asked(qualified(titles=[title(appointed=None)]))
    assert result.clauses["五(一)2"].missing == ["titles[0].appointed"]
    assert (result.verdict, result.earliest) == ("open", None)


def test_an_unrelated_gap_does_no_harm() -> None:
    assert asked(qualified(skills=None, honours=None, endorsements=None)).verdict == "met"


def test_opened_stays_while_time_moves() -> None:
    """A round opened in force keeps its policy, even where the day that will do lies after the policy's end."""
    young = title(obtained="2022-06-01", appointed="2022-06-01")
    assert asked(qualified(titles=[young])).earliest == "2027-06-01"
    assert asked(qualified(titles=[young]), opened=date(2026, 1, 1)).earliest is None


def test_time_brings_facts_that_are_dated_later() -> None:
    later = {**PATENT, "date": "2024-09-01"}
    assert asked(qualified(achievements=[STANDARD, later])).earliest == "2024-09-01"


def test_time_brings_the_next_years_assessment() -> None:
    assessments = [{"year": 2023, "result": "incompetent"}, {"year": 2025, "result": "competent"}]
    assert asked(qualified(assessments=assessments)).earliest == "2025-01-01"


def test_forty_years_are_the_horizon() -> None:
    far = {**PATENT, "date": "2064-06-30"}
    farther = {**PATENT, "date": "2064-07-01"}
    assert asked(qualified(achievements=[STANDARD, far])).earliest == "2064-06-30"
    assert asked(qualified(achievements=[STANDARD, farther])).earliest is None


@pytest.mark.parametrize("as_of", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar(as_of: date) -> None:
    assert asked(qualified(), as_of=as_of, opened=date(2024, 1, 1)).verdict in ("met", "unmet", "open")


@pytest.mark.parametrize("group", ["五(一)", "五(三)", "五(四)"])
def test_a_group_that_only_counts_is_not_attested(group: str) -> None:
    with pytest.raises(DossierError, match=r"attestations\.五"):
        asked(qualified(attestations={**attested(), group: True}))


def test_an_attestation_of_another_level_is_ignored() -> None:
    assert asked(qualified(attestations={**attested(), "四(二)1": False, "六(二)": False})).verdict == "met"


def test_exclusions_rest_on_record_alone() -> None:
    said = {**attested(), "2023年度通知一(五)": True}
    assert asked(qualified(status="retired", attestations=said)).excluded_by == ["2023年度通知一(五)"]
    assert asked(qualified(status=None, attestations=said)).verdict == "open"


def test_a_flexible_persons_direct_claim_is_asked_both_things() -> None:
    agreement = {"years": 1, "months_per_year": 2}
    dossier = qualified(status="flexible", flexible_agreement=agreement, claims=["direct"], titles=[])
    assert asked(dossier).clauses["正文七(三)"].verdict == "open"
    dossier["attestations"]["正文七(三)"] = True
    assert (asked(dossier).verdict, asked(dossier).route) == ("met", "direct")
    dossier["flexible_agreement"] = {"years": 0.5, "months_per_year": 2}
    assert asked(dossier).excluded_by == ["正文七(三)"]
    assert asked(dossier).clauses["正文七(三)"].verdict == "unmet"


def test_an_empty_dossier_is_open_everywhere() -> None:
    result = asked({})
    assert (result.verdict, result.route, result.excluded_by, result.earliest) == ("open", "ordinary", [], None)
    assert {clause.verdict for clause in result.clauses.values()} == {"open"}


def test_errors_name_what_is_wrong() -> None:
    with pytest.raises(UnknownPolicy, match=r"^level: "):
        judge(POLICY, "boss", {}, as_of=AS_OF)
    with pytest.raises(UnknownPolicy, match=r"^policy: "):
        judge("nowhere", LEVEL, {}, as_of=AS_OF)
