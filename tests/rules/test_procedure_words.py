"""manage.py rules procedure: the figures of Jiangxi and Zhejiang, each with its clause, and a dossier's documents."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rules import catalog
from rules.procedure_words import setting

JIANGXI = "jiangxi-lithium-2023"
ZHEJIANG = "zhejiang-battery-2020"


def said(*arguments: str) -> list[str]:
    out = io.StringIO()
    call_command("rules", "procedure", *arguments, stdout=out)
    return out.getvalue().splitlines()


def documents(tmp_path: Path, policy: str = JIANGXI, **dossier: object) -> list[str]:
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps(dossier), encoding="utf-8")
    return [line.strip() for line in said(policy, "--documents", str(path))]


def one(lines: list[str], words: str) -> str:
    found = [line for line in lines if words in line]
    assert len(found) == 1, found
    return found[0]


def test_the_days_of_jiangxi() -> None:
    lines = said(JIANGXI)
    assert one(lines, "终算时间").startswith("  终算时间：2022年12月31日，按年头计算　〔正文二(二)〕")
    assert "2023年5月29日起，至2023年6月25日24时　〔正文三〕" in one(lines, "个人网上申报）")
    assert one(lines, "评委会受理）").endswith("至2023年7月10日24时　〔正文四(三)〕")


def test_both_notices_of_jiangxi_run_five_working_days_and_the_first_covers_five_matters() -> None:
    lines = said(JIANGXI)
    assert one(lines, "用人单位推荐公示：") == "  用人单位推荐公示：不少于5个工作日　〔正文四(一)〕"
    assert one(lines, "主管部门推荐前公示：") == "  主管部门推荐前公示：不少于5个工作日　〔正文四(二)〕"
    assert one(lines, "公示的内容").count("、") == 4
    assert one(lines, "评审结果公示：") == "  评审结果公示：不少于5个工作日　〔待确认〕"


def test_what_jiangxi_asks_of_files_interview_and_fee() -> None:
    lines = said(JIANGXI)
    assert "  格式：JPEG、PDF　〔正文三〕" in lines
    assert one(lines, "单个文件").startswith("  单个文件不超过2 MiB　〔正文三〕")
    assert "  面试答辩：高级工程师　〔正文五(二)〕" in lines
    assert "  陈述5分钟　〔正文五(二)1〕" in lines
    assert "  答辩5分钟　〔正文五(二)2〕" in lines
    assert "  收费：按赣发改收费字〔2004〕523号，金额待录入　〔待确认，见正文六〕" in lines


def test_what_no_notice_states_is_listed_with_its_reason() -> None:
    for policy in catalog.ids():
        lines = said(policy)
        listed = [line.strip() for line in lines[lines.index("【待确认的设定】") + 1 :]]
        settings = catalog.get(policy).procedure.to_confirm()
        assert listed == [f"{setting(at)}：{why}" for at, why in settings]
    assert "  通过比例：通知未规定；按国家评审管理规定的通行做法" in said(JIANGXI)


@pytest.mark.duty("ZJ15-026", "ZJ15-027", "ZJ15-028")
def test_the_learning_of_zhejiang_year_by_year(tmp_path: Path) -> None:
    lines = said(ZHEJIANG)
    assert "  继续教育：2015至2019年逐年核实，2019年须有证明并满90学时　〔正文七(二)〕" in lines
    assert "  2021年1月1日起：须打印提交2019、2020年的学时登记证明，每年满90学时　〔正文七(二)〕" in lines
    asked = documents(
        tmp_path, ZHEJIANG, continuing_education={"years": [{"year": 2018, "hours": 96}, {"year": 2019, "hours": 96}]}
    )
    assert [line.startswith("继续教育：") for line in asked] == [False, True, False, True, True]
    assert "2019年度学时登记证明" in asked[3]
    assert "由系统自动提取" in asked[3]
    assert "近五年" in asked[1]


def test_three_years_follow_on_fraud_in_zhejiang() -> None:
    (barred, revoked) = catalog.get(ZHEJIANG).procedure.consequences
    assert (barred.years, barred.clause, revoked.years) == (3, "正文六", None)
    assert one(said(ZHEJIANG), "3年内").endswith("〔正文六〕")


@pytest.mark.duty("JX81-034")
def test_a_paper_needs_its_address_in_one_of_three_databases(tmp_path: Path) -> None:
    lines = documents(tmp_path, achievements=[{"kind": "paper", "venue": "journal"}])
    address = one(lines, "检索地址")
    assert "中国知网、万方数据或维普网" in address
    assert "缺少的视为无效，不作依据" in address
    assert "〔正文三(十)2〕" in address
    assert "检索地址" not in "".join(documents(tmp_path, achievements=[{"kind": "monograph"}]))


@pytest.mark.duty("JX81-016", "JX81-017")
@pytest.mark.parametrize(
    ("awarded", "paper", "clause"),
    [
        ("2003-01-01", "教育部学历证书电子注册备案表", "正文三(一)1"),
        ("2002-12-31", "中国高等教育学历认证报告", "正文三(一)2"),
    ],
)
def test_a_degree_is_proved_by_its_year(tmp_path: Path, awarded: str, paper: str, clause: str) -> None:
    lines = documents(tmp_path, education=[{"level": "bachelor", "awarded": awarded}])
    assert f"〔{clause}〕" in one(lines, paper)
    assert sum("〔正文三(一)1〕" in line or "〔正文三(一)2〕" in line for line in lines) == 1


@pytest.mark.parametrize(("awarded", "read"), [("2000-07-01", 0), ("2001-07-01", 2), ("2015-07-01", 0), (None, 2)])
def test_what_is_read_of_the_year_between_two_rules_is_said_of_that_year(
    tmp_path: Path, awarded: str | None, read: int
) -> None:
    degree = {"level": "bachelor", "awarded": awarded}
    lines = documents(tmp_path, ZHEJIANG, education=[degree])
    assert sum("适用口径：2001年当年毕业的" in line for line in lines) == read


@pytest.mark.duty("JX81-018", "JX81-019", "JX81-020")
def test_other_schools_have_papers_of_their_own(tmp_path: Path) -> None:
    degree = documents(tmp_path, education=[{"level": "master", "awarded": "2010-07-01"}])
    assert one(degree, "国外学历学位认证书").startswith("学历佐证：如毕业院校为国外院校")
    assert one(degree, "港澳台学历学位认证书").startswith("学历佐证：如毕业院校为港澳台院校")
    assert "学籍卡或毕业生登记表" in one(degree, "党校")
    secondary = documents(tmp_path, education=[{"level": "secondary", "awarded": "1999-07-01"}])
    assert "学历佐证：学籍卡或毕业生登记表　〔正文三(一)5〕" in secondary
    for year, papers in (("2009", 1), ("2008", 2), ("2007", 1)):
        school = documents(tmp_path, education=[{"level": "tech_senior", "awarded": f"{year}-07-01"}])
        assert sum("〔正文三(一)6〕" in line for line in school) == papers
    assert "网上毕业证书查询结果" in one(
        documents(tmp_path, education=[{"level": "tech_senior", "awarded": "2009-07-01"}]), "〔正文三(一)6〕"
    )


@pytest.mark.duty("JX81-021", "JX81-022", "JX81-023", "JX81-024")
def test_appointment_papers_by_the_kind_of_employer(tmp_path: Path) -> None:
    title = [{"level": "intermediate"}]
    enterprise = documents(tmp_path, titles=title, employer={"kind": "state_enterprise"})
    assert one(enterprise, "不需要聘任材料").endswith("〔正文三(三)3〕")
    assert not [line for line in enterprise if "备案表" in line]
    assert one(enterprise, "如转系列取得").endswith("转系列前的专业技术资格证书　〔正文三(二)〕")
    institution = documents(tmp_path, titles=title, employer={"kind": "public_institution"})
    assert one(institution, "备案表").startswith("专业技术职务聘任：如在编为是：连续的")
    assert "单位聘任文件或聘书" in one(institution, "如在编为否")
    unknown = documents(tmp_path, titles=title)
    assert len([line for line in unknown if line.startswith("专业技术职务聘任：如用人单位为")]) == 3


@pytest.mark.duty("JX81-026")
def test_insurance_is_fetched_and_another_insurer_is_proved(tmp_path: Path) -> None:
    same = documents(tmp_path, social_insurance={"months": 6, "same_employer": True})
    assert "由系统自动提取" in one(same, "〔正文三(四)〕")
    other = documents(tmp_path, social_insurance={"months": 6, "same_employer": False})
    assert "其他：申报单位与参保单位的隶属关系证明（双方盖章）　〔正文三(四)〕" in other


@pytest.mark.duty(
    "JX81-028", "JX81-029", "JX81-030", "JX81-031", "JX81-032", "JX81-035", "JX81-036", "JX81-037", "JX81-038"
)
def test_each_kind_of_achievement_has_its_slot(tmp_path: Path) -> None:
    kinds = ("award", "research_project", "patent", "plan_or_standard", "paper", "monograph", "technical_result")
    lines = documents(tmp_path, posts=[{"scope": "specialty"}], achievements=[{"kind": kind} for kind in kinds])
    assert "填写先选工作经历类别、再填经历内容" in one(lines, "〔正文三(五)〕")
    assert one(lines, "〔正文三(六)〕").startswith("奖励和荣誉：本人的")
    project = one(lines, "〔正文三(七)〕")
    assert [word in project for word in ("立项批文", "结题", "工作内容", "排名页", "按质量从高到低")] == [True] * 5
    assert "填写中国知网专利检索地址；按质量从高到低排列" in one(lines, "〔正文三(八)〕")
    chosen = [line for line in lines if "〔正文三(九)〕" in line]
    assert [line.partition("：")[0] for line in chosen] == ["其他业绩中的技术工作报告"] * 2
    assert all("可以选择上传" in line for line in chosen)
    assert [line.startswith(("论文：最多5项", "论著：最多5项")) for line in lines if "〔正文三(十)1〕" in line] == [
        True,
        True,
    ]
    assert "收录检索报告" in one(lines, "SCI")
    assert "视为无效，不作依据" not in one(lines, "SCI"), "only a paper that no base holds is void"
    assert one(lines, "刊物封面").count("、") == 3
    assert one(lines, "中文译文").startswith("论文：如外文为是")
    assert one(lines, "编委会名单页").count("、") == 4
    proofs = [line for line in lines if "〔正文三(十一)〕" in line]
    assert [line.partition("效益证明")[0][:4] for line in proofs] == ["其他业绩"] * 3
    assert sum("如效益为较好、显著" in line for line in proofs) == 2, "of a project and a patent; a result always"


@pytest.mark.parametrize(
    ("kind", "author", "asked"),
    [
        ("survey_report", "first", 1),
        ("internal_report", "first", 1),
        ("survey_report", "second", 0),
        ("internal_report", "corresponding", 0),
    ],
)
def test_a_report_is_uploaded_by_the_one_who_wrote_it_first(tmp_path: Path, kind: str, author: str, asked: int) -> None:
    lines = documents(tmp_path, achievements=[{"kind": kind, "author": author}])
    assert sum("〔正文三(九)〕" in line for line in lines) == asked


@pytest.mark.parametrize(("benefit", "asked"), [("good", 1), ("significant", 1), ("none", 0)])
def test_a_benefit_that_is_claimed_is_proved(tmp_path: Path, benefit: str, asked: int) -> None:
    lines = documents(tmp_path, achievements=[{"kind": "patent", "benefit": benefit}])
    assert sum("效益证明　〔正文三(十一)〕" in line for line in lines) == asked


def test_posts_and_achievements_name_the_clause_they_serve_and_nothing_else_does(tmp_path: Path) -> None:
    lines = documents(
        tmp_path,
        education=[{"level": "bachelor", "awarded": "2010-07-01"}],
        titles=[{"level": "intermediate"}],
        social_insurance={"months": 6, "same_employer": True},
        posts=[{"scope": "specialty"}],
        honours=[{"name": "china_skills_award"}],
        achievements=[{"kind": "award"}, {"kind": "performance_letter"}],
    )
    at = ""
    named = []
    for line in lines:
        at = line if "：" not in line else at
        named += [at[3:]] if line.endswith("填写所符合资格条件的具体条款　〔正文三〕") else []
    assert named == ["工作经历", "荣誉", "业绩成果", "业绩成果"]
    assert documents(tmp_path) == []


@pytest.mark.duty("ZJ15-030", "ZJ15-031")
def test_zhejiang_fetches_what_the_bureau_has(tmp_path: Path) -> None:
    lines = documents(
        tmp_path,
        ZHEJIANG,
        employer={"kind": "public_institution"},
        education=[{"level": "bachelor", "awarded": "2000-07-01"}],
        posts=[{"scope": "specialty"}],
        social_insurance={"months": 60},
    )
    assert "高校毕业生登记表" in one(lines, "登记表扫描件")
    assert "国外学历学位认证书" in one(lines, "如毕业院校为国外院校")
    assert one(lines, "岗位信息表").endswith("〔正文七(一)〕")
    assert "不再要求提供" in one(lines, "〔正文七(四)〕")


def test_a_dossier_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.json"):
        said(JIANGXI, "--documents", str(tmp_path / "nowhere.json"))
    with pytest.raises(CommandError, match="cheese: unknown key"):
        documents(tmp_path, cheese=1)


def test_the_pool_of_27_and_what_39_leaves_open() -> None:
    lithium, engineering = said("tianjin-lithium-2022"), said("tianjin-engineering-2019")
    assert one(lithium, "正高级专家不少于") == "  正高级专家不少于1/2　〔正文四(一)〕"
    assert one(lithium, "企业技术专家不少于") == "  企业技术专家不少于3/10　〔正文四(一)〕"
    assert one(lithium, "民营企业和社会组织") == "  企业技术专家中来自民营企业和社会组织的不少于1/3　〔正文四(一)〕"
    assert one(lithium, "另行增加") == "  正高级评审另行增加的本专业正高级专家10名以上　〔正文四(二)〕"
    assert "  高技能人才专家3名以上　〔2023年度通知一(二)〕" in engineering
    assert not any("不少于1/2" in line for line in engineering)
    assert "  专家库25人以上　〔待确认〕" in engineering


def test_tianjin_binds_posts_by_the_notices_own_word_and_counts_a_year() -> None:
    lithium, engineering = said("tianjin-lithium-2022"), said("tianjin-engineering-2019")
    assert one(lithium, "岗位结构比例") == "  事业单位须在岗位结构比例内申报　〔正文一〕"
    assert one(engineering, "岗位结构比例") == "  事业单位一般在岗位结构比例内申报　〔正文二(四)2〕"
    for lines in (lithium, engineering):
        assert one(lines, "每年申报") == "  每年申报1次　〔2023年度通知三(一)〕"
        assert one(lines, "收费：") == "  收费：0元　〔2023年度通知五(二)〕"
    assert one(lithium, "互认地区") == "  互认地区：北京、天津、河北　〔正文七(六)〕"
    assert one(engineering, "互认地区") == "  互认地区：北京、天津、河北　〔正文二(四)3〕"


def test_posts_and_a_planned_december_in_zhejiang() -> None:
    lines = said(ZHEJIANG)
    assert one(lines, "岗位结构比例") == "  事业单位须在岗位结构比例内申报　〔正文七(一)〕"
    assert "评审（评审工作的计划）：2020年12月1日起，至2020年12月31日24时　〔正文五〕" in one(lines, "评审工作的计划")


def test_what_jiangxi_lays_down_beside_its_figures() -> None:
    lines = said(JIANGXI)
    assert one(lines, "报主管部门备案") == "  用人单位：推荐方案报主管部门备案　〔正文四(一)〕"
    assert one(lines, "不得推荐") == "  用人单位：不符合条件的，不得推荐　〔正文四(一)〕"
    assert one(lines, "及时退回").endswith("〔正文四(二)〕　适用口径：告知本人见正文四(三)")
    assert one(lines, "档案托管在本省").endswith("省职称办同意后申报　〔正文三(四)〕")
    assert one(lines, "不能再补") == "  受理：材料报到评委会以后，原则上不能再补　〔正文三〕"
    assert one(lines, "打印评审表").endswith("归入本人档案　〔正文四(一)〕")


@pytest.mark.parametrize("policy", ["tianjin-engineering-2019", "tianjin-lithium-2022"])
def test_when_tianjin_publishes_its_plan_and_may_end_later(policy: str) -> None:
    lines = said(policy)
    assert (
        one(lines, "2023年9月15日")
        == "  评审方案（向社会公布（2023年度））：至2023年9月15日24时　〔2023年度通知四(一)〕"
    )
    assert one(lines, "2024年3月31日").startswith("  评审（新设的专业")
    assert one(lines, "2024年3月31日").endswith("〔2023年度通知四(三)〕")


def test_what_follows_on_a_breach_in_tianjin() -> None:
    lithium, engineering = said("tianjin-lithium-2022"), said("tianjin-engineering-2019")
    assert one(lithium, "所得职称照程序取消").endswith("〔正文八(三)〕")
    assert one(lithium, "令其改正").endswith("〔正文八(三)〕")
    assert one(engineering, "一票否决").endswith("〔正文二(二)1〕")
    assert one(engineering, "违纪违规").endswith("〔正文二(二)1〕")
    assert one(engineering, "诚信档案").endswith("〔正文二(五)2〕")


def test_which_grades_of_posts_a_title_matches_and_where_its_papers_go() -> None:
    lithium, engineering = said("tianjin-lithium-2022"), said("tianjin-engineering-2019")
    assert one(engineering, "岗位等级") == (
        "  事业单位专业技术岗位等级：技术员13级、助理工程师11至12级、工程师8至10级、高级工程师5至7级、正高级工程师1至4级　〔正文二(一)5〕"
    )
    assert one(lithium, "归档：").endswith("归入本人档案　〔正文六(四)〕")
    assert one(engineering, "归档：").endswith("〔2023年度通知四(五)〕")


@pytest.mark.duty("TJ27-048")
def test_the_four_fields_of_lithium_with_their_topics() -> None:
    lines = [line.strip() for line in said("tianjin-lithium-2022") if "专业方向：" in line]
    assert [line.rpartition("〔")[2] for line in lines] == ["七(一)〕", "七(二)〕", "七(三)〕", "七(四)〕"]
    assert lines[0].startswith("专业方向：锂离子电池关键材料（正极材料、负极材料、隔膜、电解液、")
