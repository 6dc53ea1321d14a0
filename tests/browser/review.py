"""The walk from the pool to the certificate: office, experts, the public, the holder."""

from tests.browser.filing import tick_all
from tests.browser.filling import PATENT
from tests.browser.walker import Walker

MEETING_DAY = "2025-03-20"


def plan_and_draw(sun: Walker) -> None:
    sun.follow("职称评审信息系统")
    sun.follow("已受理、待上会的申报")
    sun.menu("专家库")
    sun.follow("天津市锂离子电池专业")
    sun.station("pool", phone=True)
    sun.menu("评审会议")
    sun.station("meetings-to-plan")
    sun.follow("上报评审计划")
    sun.fill("会议日期", MEETING_DAY)
    sun.fill("地点", "示范会议中心二层")
    sun.station("meeting-plan", phone=True)
    sun.press("上报计划")
    sun.station("meeting-planned")
    sun.follow("2025")
    sun.follow("抽取专家")
    sun.fill("公开随机值及来源", "演示彩票第 2025030 期开奖号码 08 13 21 27 30 33")
    sun.station("draw")
    sun.press("抽取专家")
    sun.station("drawn", phone=True)
    sun.follow("查看抽取记录与复核")
    sun.station("draw-transcript", phone=True)


def experts_get_ready(qian: Walker) -> None:
    qian.press("其他专家接受邀请并承诺")
    qian.become("钱专家")
    qian.station("expert-home")
    qian.follow("待答复的评审邀请")
    qian.station("expert-seats")
    qian.follow("2025")
    qian.follow("答复邀请")
    qian.tick("能参加")
    qian.station("invitation", phone=True)
    qian.press("提交答复")
    qian.follow("签署承诺书")
    tick_all(qian)
    qian.station("expert-commitment")
    qian.press("签署承诺书")
    qian.station("agenda")
    qian.follow("1. 林申报")
    qian.reads(PATENT)
    qian.station("expert-dossier", phone=True)


def open_the_meeting(sun: Walker) -> None:
    sun.press("到评审会议当日")
    sun.become("孙受理")
    sun.follow("今天召开的会议")
    sun.follow("2025")
    sun.follow("开始签到")
    sun.press("开始签到")
    sun.follow("登记到会")
    sun.station("attendance", phone=True)
    sun.press("登记到会")
    sun.follow("开始投票")
    sun.press("开始投票")
    sun.station("ballot-open")


def vote(qian: Walker) -> None:
    qian.become("钱专家")
    qian.follow("正在投票的申报")
    qian.follow("2025")
    qian.follow("1. 林申报")
    qian.fill("评审意见", "主持的项目已投产，技术水平国内较高，同意推荐。")
    qian.press("签署意见")
    qian.station("opinion")
    qian.follow("去投票")
    qian.tick("同意")
    qian.station("ballot", phone=True)
    qian.press("投票")
    qian.station("voted")
    qian.press("其他专家投票")


def count_and_publish(sun: Walker) -> None:
    sun.become("孙受理")
    sun.menu("评审会议")
    sun.follow("2025")
    sun.follow("结束投票并计票")
    sun.station("ballot-close")
    sun.press("结束投票并计票")
    sun.station("counted", phone=True)
    sun.follow("结束会议")
    sun.press("结束会议")
    sun.follow("公示评审结果")
    sun.station("publish")
    sun.press("发布公示")
    sun.station("published")


def anybody_reads_the_notice(visitor: Walker, address: str) -> None:
    visitor.page.goto(address)
    visitor.follow("公示查询")
    visitor.station("public-notices", phone=True)
    visitor.follow("2025")
    visitor.reads("津能示范电池有限公司")
    visitor.station("public-notice", phone=True)


def confirm_and_release(sun: Walker) -> None:
    sun.press("至公示期满")
    sun.menu("公示管理")
    sun.follow("评审结果公示", inside="期满待结束")
    sun.station("result-notice-over", phone=True)
    sun.follow("结束公示")
    sun.press("结束公示")
    sun.follow("职称评审信息系统")
    sun.follow("公示期满、待确认的评审结果")
    sun.follow("2025")
    sun.follow("确认公示结果")
    sun.station("confirm")
    sun.press("确认公示无异议")
    sun.reads("公示无异议，已确认。")
    sun.follow("职称评审信息系统")
    sun.follow("待发布结果、制发证书")
    sun.station("releases")
    sun.follow("2025")
    sun.fill("批准或备案文号", "津职评示〔2025〕1号")
    sun.station("release", phone=True)
    sun.press("发布结果并制发证书")
    sun.station("released", phone=True)
