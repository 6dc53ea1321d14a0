"""What a round's sentences cite: its own region's notice, or nothing."""

import pytest

from applications import bases
from applications.forms.cancellation import CancelForm
from rules import catalog

CITED = {
    "jiangxi-lithium-2023": {
        "employer_notice": "（余人社字〔2023〕81号 正文四(一)）",
        "archiving": "（余人社字〔2023〕81号 正文四(一)）",
    },
    "tianjin-engineering-2019": {
        "employer_notice": "（2023年度通知四(二)）",
        "result_notice": "（2023年度通知四(四)）",
        "photographs": "（2023年度通知四(二)）",
        "once_a_year": "（2023年度通知三(一)）",
        "one_committee": "（2023年度通知三(一)）",
        "filing": "（2023年度通知五(三)）",
        "lead_days": "（2023年度通知四(三)）",
        "archiving": "（2023年度通知四(五)）",
    },
    "zhejiang-battery-2020": {"employer_notice": "（浙蓄电协〔2020〕15号 正文四）"},
}
CITED["tianjin-lithium-2022"] = CITED["tianjin-engineering-2019"] | {
    "archiving": "（津人社局发〔2022〕27号 正文六(四)）"
}
ASKED = sorted(CITED["tianjin-lithium-2022"])


@pytest.mark.parametrize("policy", sorted(CITED))
def test_each_pack_is_cited_by_its_own_notice_or_not_at_all(policy):
    entry = catalog.get(policy)
    assert {name: said for name in ASKED if (said := bases.basis_of(entry, getattr(bases, name)))} == CITED[policy]


def test_every_pack_is_looked_at():
    assert sorted(CITED) == catalog.ids()


@pytest.mark.parametrize(
    ("policy", "example"),
    [
        ("tianjin-lithium-2022", "2023年度通知三(九)（继续教育承诺不实"),
        ("jiangxi-lithium-2023", "余人社字〔2023〕81号 正文四(二)（弄虚作假"),
        ("zhejiang-battery-2020", "浙蓄电协〔2020〕15号 正文六（弄虚作假"),
    ],
)
def test_a_cancellation_is_shown_examples_of_its_own_notice(policy, example):
    assert example in str(CancelForm(entry=catalog.get(policy)).fields["clause"].help_text)
