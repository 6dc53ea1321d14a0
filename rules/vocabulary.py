"""The words a dossier may use, and which of them rank above which."""

from collections.abc import Mapping
from typing import Final, Literal

TitleLevel = Literal["technician", "assistant", "intermediate", "associate_senior", "full_senior"]
Status = Literal["employed", "freelance", "new_employment_form", "postdoc", "flexible", "civil_servant", "retired"]
PerformanceAssessment = Literal["passed", "failed"]
EmployerKind = Literal[
    "private_enterprise", "state_enterprise", "foreign_enterprise", "public_institution", "social_organisation"
]
Degree = Literal[
    "doctor", "master", "second_bachelor", "bachelor", "associate", "secondary",
    "tech_intermediate", "tech_senior", "tech_technician",
]  # fmt: skip
TitleSource = Literal["review", "appointment", "exam", "professional_qualification"]
Issuer = Literal["tianjin", "beijing", "hebei", "jiangxi", "zhejiang", "central", "other_province"]
SkillGrade = Literal["intermediate", "senior", "technician", "senior_technician"]
Scope = Literal["specialty", "relevant", "other"]
AssessmentResult = Literal["excellent", "competent", "basic", "incompetent"]
AchievementKind = Literal[
    "award", "research_project", "plan_or_standard", "unit_project", "major_project", "technical_report",
    "technical_result", "paper", "survey_report", "internal_report", "monograph", "patent", "performance_letter",
]  # fmt: skip
AchievementLevel = Literal["international", "national", "provincial", "industry", "district", "unit"]
AwardType = Literal["science_technology", "industry", "patent"]
AwardGrade = Literal["special", "first", "second", "third", "gold", "silver"]
Role = Literal["lead", "principal", "participant"]
Author = Literal["first", "second", "corresponding", "other"]
Venue = Literal["journal", "top_journal", "provincial_conference"]
PatentType = Literal["invention", "utility_model", "design"]
Benefit = Literal["none", "good", "significant"]
Standing = Literal["domestic_advanced", "domestic_leading", "international_advanced"]
AcceptedBy = Literal["provincial", "national", "other", "none"]
Honour = Literal[
    "municipal_technical_expert", "national_technical_expert", "china_skills_award", "haihe_craftsman",
    "national_skill_master_studio_lead", "other",
]  # fmt: skip
Consent = Literal["supervising_body"]
SanctionKind = Literal["party", "administrative", "disciplinary", "integrity_ban"]
Claim = Literal["conversion", "self_appointment", "case_by_case", "competition", "targeted", "direct"]

Ranking = Mapping[str, int]

TITLE_RANK: Final[Ranking] = {
    "technician": 1, "assistant": 2, "intermediate": 3, "associate_senior": 4, "full_senior": 5,
}  # fmt: skip
DEGREE_RANK: Final[Ranking] = {
    "secondary": 1, "tech_intermediate": 1, "associate": 2, "tech_senior": 2, "bachelor": 3, "tech_technician": 3,
    "second_bachelor": 4, "master": 4, "doctor": 5,
}  # fmt: skip
SKILL_RANK: Final[Ranking] = {"intermediate": 1, "senior": 2, "technician": 3, "senior_technician": 4}
LEVEL_RANK: Final[Ranking] = {"unit": 1, "district": 2, "provincial": 3, "national": 4}
CLASS_RANK: Final[Ranking] = {"third": 1, "second": 2, "first": 3, "special": 4}
MEDAL_RANK: Final[Ranking] = {"silver": 1, "gold": 2}
BENEFIT_RANK: Final[Ranking] = {"none": 0, "good": 1, "significant": 2}
STANDING_RANK: Final[Ranking] = {"domestic_advanced": 1, "domestic_leading": 2, "international_advanced": 3}
ACCEPTED_RANK: Final[Ranking] = {"none": 0, "other": 1, "provincial": 2, "national": 3}

# Field of a record → the rankings its values may be compared on. A value outside the ranking that holds
# the bound never reaches it: an industry award is no provincial one, a medal is no class of award.
RANKINGS: Final[Mapping[str, tuple[Ranking, ...]]] = {
    "level": (LEVEL_RANK,),
    "grade": (CLASS_RANK, MEDAL_RANK),
    "benefit": (BENEFIT_RANK,),
    "standing": (STANDING_RANK,),
    "accepted_by": (ACCEPTED_RANK,),
    "title_level": (TITLE_RANK,),
    "evaluators.level": (TITLE_RANK,),
}

JUDGED_FIELDS: Final = frozenset({"benefit", "standing"})
