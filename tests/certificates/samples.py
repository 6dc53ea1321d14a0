"""Documents as the builders make them, filled with invented people, for the tests of layout."""

import io

from PIL import Image

from applications import commitments
from certificates import seal
from certificates.printable import Printable
from demo import make_signature
from portal import qr

ADDRESS = "http://127.0.0.1:8000/v/uW1qV7mJx0b3rXn2kT8yZQ4s/"
NUMBER = "12-2025-06-2-0012-00001-X"


def photo() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (295, 413), "#8aa").save(drawn, "JPEG")
    return drawn.getvalue()


def certificate(**changes) -> Printable:
    data = {
        "heading": "职称证书",
        "region_name": "示范市",
        "number": NUMBER,
        "has_photo": True,
        "name": "林申报",
        "sex": "女",
        "identity_masked": "1201**********002X",
        "unit": "津能示范电池有限公司",
        "series": "工程技术系列",
        "specialty": "锂离子电池",
        "level": "副高级",
        "title": "高级工程师",
        "acquired_by": "评审",
        "acquired_on": "2025年4月19日",
        "committee": "示范市工程技术系列锂离子电池专业副高级职称评审委员会",
        "approval_number": "示范职评〔2025〕3号",
        "issuer": "示范市人力资源和社会保障局",
        "issued_on": "2025年5月6日",
        "verify_address": ADDRESS,
        "recognition": "京津冀三地按协议互认本证书（依据：27号 正文七(六)）。",
    }
    pictures = {"photo": photo(), "qr": qr.png(ADDRESS), "seal": seal.svg("示范市人力资源和社会保障局")}
    return Printable("documents/certificate.html", data | changes, pictures)


def review_form(**changes) -> Printable:
    notice = {"posted_on": "2025年3月10日", "days": 5, "ends_on": "2025年3月17日", "outcome": "期间未收到异议。"}
    data = {
        "number": "SQ-2025-000001",
        "certificate_number": NUMBER,
        "has_photo": True,
        "snapshot_sha256": "3f" * 32,
        "cover": {
            "unit": "津能示范电池有限公司",
            "name": "林申报",
            "current_title": "工程师",
            "series": "工程技术系列",
            "specialty": "锂离子电池",
            "direction": "电芯及电池系统",
            "title": "高级工程师",
            "route": "正常申报",
            "filled_on": "2025年3月5日",
            "bureau": "示范市人力资源和社会保障局",
        },
        "basic": {
            "name": "林申报",
            "sex": "女",
            "born_on": "1989年6月",
            "ethnicity": "汉族",
            "political_status": "群众",
            "identity_masked": "1201**********002X",
            "work_started_on": "2014年7月",
            "phone": "138****5678",
            "unit": "津能示范电池有限公司",
            "unit_kind": "民营企业",
            "post": "电芯研发主管工程师",
            "education": "硕士研究生",
            "degree": "工学硕士",
            "school": "示范理工大学",
            "major": "材料工程",
            "graduated_on": "2014年6月",
            "specialty_years": "10年",
            "current_title": "工程师",
            "title_obtained_on": "2018年6月20日",
            "title_appointed_on": "2018年7月1日",
            "file_place": "示范市人才服务中心",
        },
        "tables": [
            {
                "heading": "二、学习与培训经历",
                "columns": ["学历学位", "院校", "专业", "取得时间", "学习形式"],
                "rows": [
                    ["大学本科 工学学士", "示范工业大学", "应用化学", "2011年6月", "全日制"],
                    ["硕士研究生", "示范理工大学", "材料工程", "2014年6月", "全日制"],
                ],
            },
            {
                "heading": "三、工作经历",
                "columns": ["起止时间", "单位", "岗位", "工作内容"],
                "rows": [
                    [
                        "2014年7月至2018年6月",
                        "津能示范电池有限公司",
                        "电芯工艺工程师",
                        "负责正极涂布与辊压工艺开发，建立面密度在线监测方法",
                    ]
                ]
                * 3,
            },
            {
                "heading": "四、职称与聘任",
                "columns": ["职称", "专业", "取得时间", "聘任时间"],
                "rows": [["工程师", "锂离子电池", "2018年6月20日", "2018年7月1日"]],
            },
            {
                "heading": "五、继续教育与年度考核",
                "columns": ["年度", "继续教育学时", "考核结果"],
                "note": "申报人已就继续教育作出承诺。",
                "rows": [["2022", "96", "称职"], ["2023", "102", "优秀"], ["2024", "96", "称职"]],
            },
        ],
        "achievements": [
            {
                "label": label,
                "entries": [
                    {
                        "date": "2021年9月",
                        "title": f"《示范用锂离子电池{label}》",
                        "lines": [
                            "编号 DB99/T 0001—2021；示范市市场监督管理局发布",
                            "起草单位五家，本人负责第四章试验方法与附录",
                        ],
                        "role": "第3起草人",
                        "clauses": "五(三)3",
                    }
                ]
                * 2,
            }
            for label in ("规划、政策、标准、规范", "专利", "本单位项目", "论文")
        ],
        "summary": "\n\n".join(
            [
                "本人自二〇一四年起从事锂离子电池电芯研发，先后负责方形铝壳电芯结构设计、极片工艺窗口研究与循环寿命预测模型的建立。"
                * 5
            ]
            * 6
        ),
        "commitment": {
            "lines": commitments.applicant_text("tianjin-lithium-2022").splitlines(),
            "name": "林申报",
            "signed_on": "2025年3月5日",
            "how": "本机手写",
            "content_sha256": "5f" * 32,
        },
        "employer": {
            "ethics": "遵纪守法，作风正派。",
            "performance": "合格",
            "notice": notice,
            "opinion": "经审核，材料属实，公示无异议，同意推荐。",
            "organization": "津能示范电池有限公司",
            "by": "王人事",
            "decided_on": "2025年3月18日",
        },
        "supervisors": [
            {
                "organization": "示范区工业和信息化局",
                "opinion": "符合申报条件，同意报送。",
                "by": "赵主管",
                "decided_on": "2025年3月20日",
            }
        ],
        "office": {
            "organization": "示范区人力资源和社会保障局",
            "opinion": "材料齐全，予以受理。",
            "by": "孙受理",
            "decided_on": "2025年3月24日",
        },
        "panel": {"opinions": ["申报人业绩突出，标准编制工作扎实，同意提交评审委员会表决。"], "interview": ""},
        "vote": {
            "members": 11,
            "attending": 11,
            "voting": 11,
            "consent": 10,
            "against": 1,
            "abstain": 0,
            "recused": 0,
            "decision": "经无记名投票表决，同意票达到参加表决人数的三分之二，评审通过，具备高级工程师职称资格。",
            "committee": "示范市工程技术系列锂离子电池专业副高级职称评审委员会",
            "chair": "",
            "held_on": "2025年4月19日",
        },
        "filing": {
            "notice": notice,
            "approval_number": "示范职评〔2025〕3号",
            "text": "公示期满，予以发布评审结果并核发电子证书。",
            "organization": "示范市人力资源和社会保障局",
            "released_on": "2025年5月6日",
        },
    }
    pictures = {"photo": photo(), "qr": qr.png(ADDRESS), "signature": make_signature.png()}
    return Printable("documents/review_form.html", data | {"has_signature": True} | changes, pictures)
