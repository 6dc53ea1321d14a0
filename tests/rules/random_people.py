"""Random dossiers near the bounds of each level of each policy, every fact known.

Nothing is left open but what the contract leaves to people: a basic assessment, another honour, a paper's substitute,
and a clause of judgement that nobody has said anything of.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, get_args

from rules import vocabulary as terms
from tests.rules import random_records

AS_OF = date(2024, 6, 30)
TIANJIN = ("tianjin-lithium-2022", "tianjin-engineering-2019")


@dataclass(frozen=True)
class Kind:
    """What a dossier for one level turns on: the lower title, degrees and skill grades, years, keys to attest."""

    lower: str
    degrees: tuple[str, ...]
    skills: tuple[str, ...]
    years: tuple[int, ...]
    items: dict[str, int]


LEVELS = {
    "technician": Kind("technician", ("associate", "secondary", "tech_intermediate", "bachelor"), ("intermediate", "senior"),
                       (1, 2), {"二(一)": 2}),
    "assistant": Kind("technician", ("master", "bachelor", "bachelor", "associate", "secondary"), ("senior", "technician"),
                      (1, 2, 3, 5), {"三(一)": 3}),
    "intermediate": Kind("assistant", ("doctor", "master", "bachelor", "associate", "secondary"), ("technician", "senior_technician"),
                         (1, 2, 3, 4), {"四(一)": 4, "四(三)": 6, "四(四)": 3}),
    "associate_senior": Kind("intermediate", ("doctor", "master", "bachelor", "associate"), ("senior_technician", "technician"),
                             (2, 4, 5), {"五(一)": 3, "五(三)": 7, "五(四)": 4}),
    "full_senior": Kind("associate_senior", ("doctor", "bachelor", "bachelor", "associate"), ("senior_technician",),
                        (4, 5), {"六(三)": 7, "六(四)": 2}),
}  # fmt: skip
SECTIONS = {"technician": ("二", 0), "assistant": ("三", 0), "intermediate": ("四", 5), "associate_senior": ("五", 4),
            "full_senior": ("六", 3)}  # fmt: skip
CLAIMED = {
    "tianjin-lithium-2022": ("正文七(一)", "正文七(二)", "正文七(三)", "正文七(五)"),
    "tianjin-engineering-2019": ("正文二(四)3", "正文二(三)4", "正文二(三)5"),
}
ANNUAL = ("2023年度通知三(三)", "2023年度通知一(四)")


@dataclass(frozen=True)
class Asked:
    """A dossier, and the days it is judged by."""

    dossier: dict[str, Any]
    as_of: date
    opened: date


def asked(rng: random.Random, policy: str, level: str) -> Asked:
    """A dossier for a round of that policy, at times one that opened on a day about the policy's bounds."""
    if policy == "jiangxi-lithium-2023":
        as_of, opened = date(2022, 12, 31), date(2023, 6, 1)
    elif policy == "zhejiang-battery-2020":
        as_of, opened = date(2020, 12, 31), date(2020, 9, 1)
    else:
        as_of = rng.choice([AS_OF, AS_OF, date(2024, 2, 29), date(2023, 2, 28), date(2024, 12, 31)])
        opened = as_of
    if rng.random() < 0.04:
        opened = rng.choice([date(2022, 10, 31), date(2022, 11, 1), date(2025, 10, 31), date(2025, 11, 1),
                             date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2023, 1, 1)])  # fmt: skip
    return Asked(person(rng, policy, level, as_of), as_of, opened)


def person(
    rng: random.Random, policy: str = TIANJIN[0], level: str = "associate_senior", as_of: date = AS_OF
) -> dict[str, Any]:
    """A dossier in which every fact is known."""
    return _Maker(rng, policy, level, as_of).dossier()


class _Maker:
    def __init__(self, rng: random.Random, policy: str, level: str, as_of: date) -> None:
        self.rng = rng
        self.policy = policy
        self.level = level
        self.as_of = as_of
        self.kind = LEVELS[level]
        self.tianjin = policy in TIANJIN
        self.sound = rng.random() < 0.5  # what every route asks is in order, so that the rest decides
        self.days: list[str] = []

    def dossier(self) -> dict[str, Any]:
        rng, year = self.rng, self.as_of.year
        status = self._status()
        return {
            "status": status,
            "flexible_agreement": {"years": rng.choice([0.5, 1, 2, 2]), "months_per_year": rng.choice([1, 2, 2, 3])},
            "performance_assessment": rng.choice(["passed", "passed", "passed", "failed"]),
            "employer": {
                "kind": rng.choice(["private_enterprise", "private_enterprise", *get_args(terms.EmployerKind)]),
                "region": "tianjin",
            },
            "education": [self._degree() for _ in range(rng.choice([0, 1, 1, 1, 2, 2, 2]))],
            "titles": [self._title() for _ in range(rng.choices([0, 1, 2], [1, 7, 2])[0])],
            "skills": [self._skill() for _ in range(rng.choice([0, 0, 1]))],
            "posts": self._posts(),
            "assessments": [self._assessment(y) for y in rng.sample(range(year - 4, year + 2), rng.choice([0, 3, 3, 3, 3, 3]))],
            "continuing_education": {
                "committed": rng.random() < (0.95 if self.sound else 0.6),
                "years": [{"year": y, "hours": rng.choice([45, 89, 90, 91, 120])}
                          for y in rng.choices(range(year - 2, year + 2), k=rng.choice([0, 2, 2, 2, 3]))],
            },
            "achievements": self._achievements(),
            "honours": [self._honour() for _ in range(rng.choice([0, 0, 0, 1]))],
            "endorsements": [self._endorsement() for _ in range(rng.choice([0, 2, 2, 3]))],
            "consents": rng.choice([[], ["supervising_body"], ["supervising_body"]]),
            "sanctions": [self._sanction()] if rng.random() < 0.07 and not self.sound else [],
            "social_insurance": {"months": rng.choice([5, 6, 60]), "same_employer": rng.random() < 0.8},
            "income_tax": self._taxes(),
            "self_score": rng.choice([60, 60, 60, 79.5, 80]),
            "attestations": self._attestations(),
            "claims": self._claims(),
        }  # fmt: skip

    def _near(self, *years: int) -> str:
        """A day about some full years before the cut-off: on it, a day off it, or months off it."""
        year = self.as_of.year - self.rng.choice(years)
        exact = date(year, self.as_of.month, min(self.as_of.day, 28 if self.as_of.month == 2 else 30))
        off = self.rng.choice([-400, -31, -30, -1, 0, 0, 1, 2, 30, 31, 400])
        found = (exact + timedelta(days=off)).isoformat()
        self.days.append(found)
        return found

    def _status(self) -> str:
        if self.sound and self.rng.random() < 0.8:
            return "employed"
        if not self.tianjin:
            return self.rng.choices(["employed", "postdoc", "retired", "civil_servant"], [40, 2, 1, 1])[0]
        return self.rng.choices(get_args(terms.Status), [40, 4, 2, 8, 3, 1, 1])[0]

    def _degree(self) -> dict[str, Any]:
        rng = self.rng
        return {
            "level": rng.choice([*self.kind.degrees * 2, *get_args(terms.Degree)]),
            "awarded": self._near(0, *self.kind.years, 6, 9),
            "stem": rng.random() < 0.85,
            "engineering_professional": rng.random() < 0.3,
        }

    def _title(self) -> dict[str, Any]:
        rng = self.rng
        own = rng.random() < 0.7 or not self.tianjin
        obtained = self._near(0, *self.kind.years * 2, 6, 7)
        return {
            "level": rng.choices([self.kind.lower, self.level, *get_args(terms.TitleLevel)], [12, 5, 1, 1, 1, 1, 1])[0],
            "series": "engineering" if own else rng.choice(["engineering", "research"]),
            "specialty": "lithium_battery" if own else rng.choice(["mechanical", "chemistry"]),
            "obtained": obtained,
            "appointed": rng.choice([obtained, obtained, obtained, self._near(*self.kind.years), False]),
            "source": rng.choice(get_args(terms.TitleSource)),
        }

    def _skill(self) -> dict[str, Any]:
        rng = self.rng
        return {
            "grade": rng.choice([*self.kind.skills * 3, *get_args(terms.SkillGrade)]),
            "obtained": self._near(2, 3, 4, 6),
        }

    def _posts(self) -> list[dict[str, Any]]:
        return [self._post() for _ in range(self.rng.choice([0, 1, 2, 2, 3]))]

    def _post(self) -> dict[str, Any]:
        rng = self.rng
        start = date.fromisoformat(self._near(1, 2, 3, 4, 5, 6, 9))
        days = rng.choice([None, None, None, 0, 29, 364, 365, 400, 730, 1095, 1461])
        until = None if days is None else (start + timedelta(days=days)).isoformat()
        return {
            "from": start.isoformat(),
            "to": until,
            "scope": rng.choice(["specialty", "specialty", "relevant", "other"]),
        }

    def _assessment(self, year: int) -> dict[str, Any]:
        weights = [10, 4, 0, 0] if self.sound else [10, 4, 2, 2]
        result = self.rng.choices(["competent", "excellent", "basic", "incompetent"], weights)[0]
        return {"year": year, "result": result}

    def _achievements(self) -> list[dict[str, Any]]:
        rng = self.rng
        aim = "zhejiang" if self.policy.startswith("zhejiang") else self.level
        records = [random_records.anything(rng) for _ in range(rng.choice([0, 0, 1, 2]))]
        for _ in range(rng.choice([0, 1, 2, 3, 3, 4, 4]) if aim in random_records.AIMS else 0):
            records += random_records.aimed(rng, aim)
        rng.shuffle(records)
        return [{**record, "date": self._achieved()} for record in records]

    def _achieved(self) -> str:
        """Mostly of late; now and then on the very day that a degree, a title or a grade was won, or a day off it."""
        if self.days and self.rng.random() < 0.25:
            about = date.fromisoformat(self.rng.choice(self.days))
            return (about + timedelta(days=self.rng.choice([-1, 0, 1]))).isoformat()
        return (self.as_of - timedelta(days=self.rng.choice([0, 1, 30, 200, 200, 365, 900, -1]))).isoformat()

    def _honour(self) -> dict[str, Any]:
        return {"name": self.rng.choice(get_args(terms.Honour)), "date": self._achieved()}

    def _endorsement(self) -> dict[str, Any]:
        rng = self.rng
        return {
            "title_level": rng.choice(["full_senior", "full_senior", "associate_senior", "intermediate"]),
            "years_held": rng.choice([4, 5, 5, 6]),
            "same_specialty": rng.random() < 0.9,
        }

    def _sanction(self) -> dict[str, Any]:
        day = self.as_of
        around = [(day + timedelta(days=off)).isoformat() for off in (-1, 0, 1)]
        return {
            "kind": self.rng.choice(get_args(terms.SanctionKind)),
            "from": self.rng.choice(["2018-01-01", "2018-01-01", *around]),
            "until": self.rng.choice([None, *around]),
        }

    def _taxes(self) -> list[dict[str, Any]]:
        rng, year = self.rng, self.as_of.year
        years = rng.choice([(), (year - 2, year - 1), (year - 3, year - 1), (year, year + 1), (year - 1, year)])
        return [{"year": y, "paid": rng.choice([1_499_999, 1_500_000, 2_000_000]), "exemption": 60_000} for y in years]

    def _attestations(self) -> dict[str, bool]:
        """Of the clauses of judgement most are confirmed; of the others now and then one is confirmed or denied."""
        rng = self.rng
        section, abilities = SECTIONS[self.level]
        judged = ["一(一)", "一(二)", "一(三)", f"{section}(二)"]
        share = 0.995 if self.sound else 0.95
        said = {key: rng.random() < share for key in judged if rng.random() < share}
        said |= {f"{section}(二){n}": rng.random() < 0.7 for n in range(1, abilities + 1) if rng.random() < 0.9}
        special = [*ANNUAL, "正文二(四)", *CLAIMED.get(self.policy, ())]
        said |= {key: rng.random() < 0.8 for key in special if rng.random() < 0.9}
        for clause in ("正文七(二)", "正文七(五)", "正文二(四)3", "正文二(三)4"):  # facts decide these, unless said
            if rng.random() < (0.4 if clause == "正文二(三)4" else 0.8):
                said.pop(clause, None)
        spoken = [f"{group}{n}" for group, count in self.kind.items.items() for n in range(1, count + 1)] + ["一(四)"]
        return said | {key: rng.random() < 0.5 for key in spoken if rng.random() < 0.015}

    def _claims(self) -> list[str]:
        return [claim for claim in get_args(terms.Claim) if self.rng.random() < 0.16]
