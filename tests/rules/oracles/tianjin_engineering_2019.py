"""津人社局发〔2019〕39号, all five levels: as 27号 unless its text differs."""

from collections.abc import Mapping
from datetime import date

from tests.rules.oracles import tianjin as common
from tests.rules.oracles import tianjin_lithium_2022 as as_27
from tests.rules.oracles.person import ENTERPRISES, UNMET, Answer, Facts, Person, yes
from tests.rules.oracles.tianjin import Level, Path
from tests.rules.oracles.tianjin_items import OF_FIVE, OF_SIX, of_four, paper_39

OF_FOUR = of_four(paper_39)
HONOURED = ("china_skills_award", "national_technical_expert", "haihe_craftsman", "national_skill_master_studio_lead")


def answer(level: str, dossier: Facts, as_of: date, opened: date) -> Answer:
    person = Person(dossier, as_of, own=lambda title: title["series"] == "engineering")
    in_force = opened >= date(2020, 1, 1)
    return common.answer(person, LEVELS_OF_39[level], claims(person, level), "2023年度通知三(六)", in_force)


def claims(person: Person, level: str) -> dict[str, tuple[int, Mapping[str, int]]]:
    conversion = person.or_said("正文二(四)3", common.converted(person, level))
    direct = person.judged("正文二(三)4")
    found: dict[str, tuple[int, Mapping[str, int]]] = {
        "conversion": (conversion, {"正文二(四)3": conversion}),
        "direct": (direct, {"正文二(三)4": direct}),
    }
    for claim, clause in (
        ("case_by_case", "2023年度通知三(三)"), ("competition", "2023年度通知一(四)"), ("targeted", "正文二(三)5"),
    ):  # fmt: skip
        found[claim] = person.judged(clause), {clause: person.judged(clause)}
    if level == "intermediate":
        enterprise = person.dossier["employer"]["kind"] in ENTERPRISES
        appointed = person.or_said("正文二(三)4", yes(enterprise and common.doctor_or_master(person)))
        found["self_appointment"] = appointed, {"正文二(三)4": appointed}
    return found


def assistant(person: Person) -> dict[str, list[Path]]:
    """A bachelor is asked for a year in a post of the specialty, the others for years of work."""
    passed = person.dossier["performance_assessment"] == "passed"
    graduates = [
        (value if passed else UNMET, since)
        for least, years, scope in (("bachelor", 1, "specialty"), ("associate", 3, "relevant"), ("secondary", 5, "relevant"))
        for value, since in common.by_degree(person, least, years, scope)
    ]  # fmt: skip
    return {**as_27.assistant(person), "三(一)2": graduates}


def engineer_exceptions(person: Person, since: date | None) -> dict[str, int]:
    own = common.recommended(person, OF_FOUR, since, by="associate_senior")
    return {**as_27.engineer_exceptions(person, since), "四(四)3": own}


def senior_exceptions(person: Person, since: date | None) -> dict[str, int]:
    """The body's own condition names its honours, and does not ask that they follow the title."""
    honours = person.honours(date.min)
    return {
        **as_27.senior_exceptions(person, since),
        "正文二(一)4": yes(any(name in HONOURED for name in honours)),
    }


def full_senior(person: Person) -> dict[str, list[Path]]:
    return {"六(一)": common.by_title(person, "associate_senior", 5, "bachelor")}


LEVELS_OF_39 = {
    "technician": Level("二", as_27.technician),
    "assistant": Level("三", assistant),
    "intermediate": Level("四", as_27.engineer, 5, OF_FOUR, "assistant", conditions=engineer_exceptions),
    "associate_senior": Level("五", as_27.senior, 4, OF_FIVE, "intermediate", conditions=senior_exceptions),
    "full_senior": Level("六", full_senior, 3, OF_SIX, "associate_senior", conditions=as_27.full_senior_exceptions),
}
