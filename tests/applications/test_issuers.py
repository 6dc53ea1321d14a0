"""Who issued a title reads right in every region's round: its own first, those it recognises, central organs, the rest."""

from collections.abc import Iterator

import pytest

from applications import services
from applications.asked_parts import part_of
from applications.models import Round
from portal import clock
from tests.applications import provincial
from tests.applications.pages import address, words


def offered(round_: Round) -> list[tuple[str, str]]:
    (field,) = [one for one in part_of("title", round_).fields if one.name == "issuer"]
    return [(key, str(label)) for key, label in (field.choices or {}).items()]


@pytest.fixture
def in_june() -> Iterator[None]:
    with clock.frozen(provincial.IN_JUNE):
        yield


def test_tianjin_offers_itself_then_beijing_and_hebei_which_it_recognises(round_):
    assert offered(round_) == [
        ("tianjin", "天津（本地）"),
        ("beijing", "北京（互认）"),
        ("hebei", "河北（互认）"),
        ("central", "中央国家机关、中央企业"),
        ("jiangxi", "江西"),
        ("zhejiang", "浙江"),
        ("other_province", "其他省份"),
    ]


@pytest.mark.parametrize(
    ("policy", "region"), [("jiangxi-lithium-2023", "jiangxi"), ("zhejiang-battery-2020", "zhejiang")]
)
def test_another_province_offers_itself_first_and_calls_nobody_recognised(round_, policy, region):
    round_.policy_id = policy
    keys = [key for key, _label in offered(round_)]
    assert (keys[:2], keys[-1], len(set(keys))) == ([region, "central"], "other_province", 7)
    assert [label for _key, label in offered(round_) if "（" in label] == [
        {"jiangxi": "江西（本地）", "zhejiang": "浙江（本地）"}[region]
    ]


def test_in_jiangxi_a_title_of_the_province_is_entered_as_its_own_and_counts(in_june, world, enter):
    draft = provincial.open_draft(world)
    lin = enter("lin")
    add = address("item_add", draft.public_id, "titles", "title")
    choices = dict(lin.get(add).context["page"].form.fields["issuer"].choices)
    assert choices["jiangxi"] == "江西（本地）"

    title = {"level": "intermediate", "series": "engineering", "specialty": "lithium_battery", "obtained": "2016-12-01"}
    sent = {**title, "source": "review", "issuer": "jiangxi", "name": "工程师"}
    lin.post(add, {"kind": "title", **{f"title-{name}": value for name, value in sent.items()}})

    (item,) = draft.items.filter(kind="title")
    assert item.facts["issuer"] == "jiangxi"
    assert "江西（本地）" in words(lin.get(address("application_check", draft.public_id)))
    assert services.precheck(draft).verdict in ("open", "unmet")


def test_what_was_said_before_the_provinces_had_names_stays_valid(in_june, world, enter):
    draft = provincial.open_draft(world)
    item = services.add_item(
        owner=draft.applicant, kind="title", application=draft,
        facts={"level": "intermediate", "issuer": "other_province"}, details={},
    )  # fmt: skip
    form = enter("lin").get(address("item_change", draft.public_id, item.public_id)).context["page"].form
    assert form["issuer"].value() == "other_province"
