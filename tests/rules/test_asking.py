"""Every kind of test a pack may ask has words for people."""

import msgspec
import pytest

from rules import asking
from rules.criteria import LEAVES, Node


def test_every_leaf_has_words() -> None:
    assert set(asking.SAYS) == set(LEAVES)


@pytest.mark.parametrize(
    ("node", "text"),
    [
        ({"education": "bachelor"}, "本科（学士）及以上学历学位"),
        ({"work": {"scope": "relevant", "years": 0}}, "相关工作有经历即可"),
        ({"work": {"scope": "specialty", "years": 3}}, "本专业岗位累计满3年"),
        ({"title": {"level": "asked", "specialty": "other"}}, "持有其他专业的同层级职称"),
        ({"title": {"level": "assistant", "specialty": "own", "years": 2}}, "持有助理工程师职称满2年"),
        ({"allowed": {"field": "employer.kind", "in": ["private_enterprise"]}}, "用人单位的类别为民营企业"),
        ({"not_status": ["retired"]}, "人员身份不是已离退休"),
        ({"assessment": {"met": ["excellent"], "judged": ["basic"]}}, "最近一年年度考核为优秀；基本合格的由评委会判断"),
        ({"records": {"of": "honours", "where": {"name": {"in": ["haihe_craftsman"], "else_judged": "q"}}}},
         "荣誉至少1项；名称海河工匠（其他的由评委会判断）"),
        ({"records": {"of": "honours", "anytime": True, "where": {"name": {"in": ["haihe_craftsman"]}}}},
         "荣誉至少1项；名称海河工匠；不限获得时间"),
        ({"records": {"kind": ["award"], "count": 2, "any_of": [{"rank": {"at_most": 5}}, {"personal_certificate": {"is": True}}]}},
         "业绩成果至少2项；奖项；（排名前5名） 或 （个人证书是）"),
    ],
)  # fmt: skip
def test_what_a_leaf_asks(node: dict, text: str) -> None:
    assert asking.says(msgspec.convert(node, Node)) == text
