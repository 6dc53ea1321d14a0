"""A section that neither the policy nor the notice of a round looks at is offered, and asked of nobody."""

import pytest

from applications import asked_sections, services
from applications.models import Round
from applications.progress import EMPTY, OPTIONAL, progress
from applications.sections import SECTIONS
from portal import clock
from tests.applications import provincial

BY_POLICY = {
    "tianjin-lithium-2022": set(),
    "jiangxi-lithium-2023": {"skills", "assessments", "continuing_education", "exception"},
    "zhejiang-battery-2020": {"skills", "assessments", "honours", "exception"},
}


# Left to those whom it serves, unless the policy asks it of everybody.
DEMANDED = {
    "tianjin-lithium-2022": set(),
    "jiangxi-lithium-2023": {"insurance_and_tax"},
    "zhejiang-battery-2020": set(),
}


@pytest.mark.parametrize("policy", sorted(BY_POLICY))
def test_what_a_notice_does_not_look_at_is_not_demanded(empty_draft, policy):
    Round.objects.filter(pk=empty_draft.round_id).update(policy_id=policy)
    empty_draft.round.refresh_from_db()

    spared = {one.key for one in SECTIONS if one.required and not asked_sections.is_demanded(empty_draft, one)}

    assert spared == BY_POLICY[policy]
    demanded = {one.key for one in SECTIONS if asked_sections.is_demanded(empty_draft, one) and not one.required}
    assert demanded == DEMANDED[policy]


def test_in_jiangxi_nobody_states_that_there_is_no_exception(world):
    with clock.frozen(provincial.IN_JUNE):
        draft = provincial.open_draft(world)
        states = {one.section.key: one.state for one in progress(draft).sections}

        assert {states[key] for key in BY_POLICY["jiangxi-lithium-2023"]} == {OPTIONAL}
        assert {states[key] for key in ("titles", "posts", "insurance_and_tax", "honours", "sanctions", "summary")} == {
            EMPTY
        }
        told = {gap.section: gap.sentence for gap in services.gaps(draft)}
        assert "continuing_education" not in told
        assert "每位申报人都须填写（余人社字〔2023〕81号 正文三(四)）" in told["insurance_and_tax"]
