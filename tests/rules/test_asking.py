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
         "荣誉至少1项：海河工匠（其他的由评委会判断）"),
        ({"records": {"of": "honours", "anytime": True, "where": {"name": {"in": ["haihe_craftsman"]}}}},
         "荣誉至少1项：海河工匠；不限获得时间"),
        ({"records": {"kind": ["award"], "count": 2, "any_of": [{"rank": {"at_most": 5}}, {"personal_certificate": {"is": True}}]}},
         "奖项至少2项：前5名或有个人证书"),
        ({"education": "doctor"}, "博士学历学位"),
        ({"not_status": ["retired", "civil_servant"]}, "人员身份不是已离退休或公务员"),
        ({"records": {"kind": ["research_project", "major_project"]}}, "课题、重点工程或攻关创新项目至少1项"),
        ({"records": {"kind": ["award"], "any_of": [{"level": {"at_least": "national"}, "grade": {"at_least": "special"}},
                                                    {"rank": {"at_most": 1}}]}},
         "奖项至少1项：（国家级，特等奖）或排名第1"),
        ({"records": {"kind": ["technical_result"], "where": {"benefit": {"at_least": "significant"}, "words": {"at_least": 5500},
                                                              "in_production": {"is": True}}}},
         "技术成果至少1项：效益显著，本人撰写5500字以上，已投产"),
        ({"records": {"of": "endorsements", "count": 2, "where": {"years_held": {"at_least": 5}}}}, "推荐人至少2名：任职满5年"),
        ({"calendar_years": {"years": 5, "appointment_spared": ["private_enterprise"]}},
         "该职称按年头计满5年，自取得资格与聘任两者较晚之年起计；民营企业的人员不看聘任记录，自取得之年起计"),
    ],
)  # fmt: skip
def test_what_a_leaf_asks(node: dict, text: str) -> None:
    assert asking.says(msgspec.convert(node, Node)) == text


PAIRED = {"all_of": [{"education": "bachelor"}, {"seniority": 5}]}


@pytest.mark.parametrize(
    ("rests_on", "windows", "said"),
    [
        ({"title": "intermediate"}, True,
         ["凭工程师职称申报，业绩自取得之日起算", "任该职称满5年，自取得资格与聘任两者较晚之日起算"]),
        ({"title": "intermediate"}, False, ["凭工程师职称申报", "任该职称满5年，自取得资格与聘任两者较晚之日起算"]),
        ({"title": "intermediate", "opens": "appointed"}, True,
         ["凭工程师职称申报，业绩自聘任之日起算", "任该职称满5年，自聘任之日起算"]),
        ({"title": "intermediate", "whole_year": True}, True,
         ["凭工程师职称申报，业绩自取得当年1月1日起算", "任该职称满5年，自取得资格与聘任两者较晚之日起算"]),
    ],
)  # fmt: skip
def test_a_path_says_its_window_and_the_years_beside_it_their_own_start(
    rests_on: dict, windows: bool, said: list[str]
) -> None:
    lines = asking.asked(msgspec.convert({"rests_on": rests_on, **PAIRED}, Node), windows=windows)
    assert [line.text for line in lines] == [said[0], "各项都要：", "本科（学士）及以上学历学位", said[1]]


def test_a_record_asked_for_twice_is_said_once() -> None:
    rests_on = {"education": "doctor"}
    inner = {"rests_on": rests_on, "work": {"scope": "relevant", "years": 2}}
    lines = asking.asked(msgspec.convert({"rests_on": rests_on, "any_of": [inner]}, Node))
    assert [line.text for line in lines] == ["凭博士学历学位申报，业绩自取得之日起算", "取得后相关工作累计满2年"]
