"""The archive held against any policy and level, between rounds: advice for its owner, kept by nobody."""

import pytest
from django.test import Client

from applications.models import ArchiveItem, QualificationCheck
from tests.applications.pages import address, words
from tests.costs import cost

PAGE = address("archive_check")
TIANJIN = {"choice": "tianjin-lithium-2022/associate_senior"}


@pytest.fixture
def lin(enter) -> Client:
    return enter("lin")


def test_every_level_of_every_policy_is_offered_and_each_clause_leads_to_the_archive(draft, lin):
    assert PAGE in lin.get(address("archive")).content.decode()
    offered = [
        value for _group, levels in lin.get(PAGE).context["form"]["choice"].field.choices for value, _name in levels
    ]
    assert {"tianjin-lithium-2022/full_senior", "jiangxi-lithium-2023/intermediate"} <= set(offered)

    answer = lin.get(PAGE, {"choice": "tianjin-lithium-2022/full_senior"})

    assert "核对结果仅供参考，不是审核决定" in words(answer)
    assert "申报正高级工程师" in words(answer)
    assert address("archive_section_detail", "titles") in answer.content.decode()
    assert QualificationCheck.objects.count() == 0


def test_it_finds_what_the_application_finds_of_the_same_records(draft, lin):
    """But for what only an application knows, which stays open here."""
    of_archive = lin.get(PAGE, TIANJIN).context["panel"]
    of_draft = lin.get(address("precheck", draft.public_id)).context["panel"]
    stands = [
        {clause.number: clause.stands[0].word for clause in one.flat if clause.stands} for one in (of_archive, of_draft)
    ]
    assert set(stands[0]) == set(stands[1])
    assert sum(stands[0][number] == stands[1][number] for number in stands[0]) > len(stands[0]) / 2


def test_a_document_out_of_force_is_tried_on_its_own_days(world, lin):
    answer = lin.get(PAGE, {"choice": "zhejiang-battery-2020/associate_senior"})
    assert "年限和业绩算到 2020年12月31日" in words(answer)


def test_a_choice_that_is_none_is_told(world, lin):
    answer = lin.get(PAGE, {"choice": "tianjin-lithium-2022/minister"})
    assert (answer.status_code, "panel" in answer.context) == (422, False)


def test_nobody_elses_archive_is_in_it(draft, enter):
    text = words(enter("zhou").get(PAGE, TIANJIN))
    assert [
        item.details["name"] for item in ArchiveItem.objects.filter(kind="patent") if item.details["name"] in text
    ] == []


@pytest.mark.pins({"applications:archive_check": 10})
def test_it_costs_the_same_for_a_full_archive(draft, lin, enter):
    counts = [
        cost(enter("zhou"), "applications:archive_check", query=f"?choice={TIANJIN['choice']}"),
        cost(lin, "applications:archive_check", query=f"?choice={TIANJIN['choice']}"),
    ]
    assert counts[1] <= counts[0] + 2
