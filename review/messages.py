"""The messages that review sends; registered when the app is ready."""

from portal import notifications


def register() -> None:
    """Registers the templates; twice is the same as once."""
    notifications.register(
        "review.invitation",
        "评审邀请：{held_on}",
        "您已被随机抽取参加{committee}于 {held_on} 召开的评审会议。请登录系统答复能否参加；名单保密，请勿向他人透露。",
        ["committee", "held_on"],
    )
    notifications.register(
        "review.panel_short",
        "评委缺员，待补抽：{held_on}",
        "{round}定于 {held_on} 召开的评审会议缺评委 {places} 人，现有专家库无法合规补抽。补抽完成前不能召开会议："
        "请补充专家库，再在会议页面上报补抽。",
        ["round", "held_on", "places"],
    )
    notifications.register(
        "review.result_published",
        "评审结果已公示",
        "您的{title}评审结果已公示，公示至 {ends_on} 24:00。公示期满无异议后制发电子证书。",
        ["title", "ends_on"],
    )
    notifications.register(
        "review.failed",
        "评审结果通知",
        "您本次申报的{title}未获评审通过。如有疑问，请联系{office}。",
        ["title", "office"],
    )
