"""The form as data: one `Section` a page, in the order of the task list. Labels, help, choices, evidence slots.

A field stands here once; the rules' part of it is typed in `rules.dossier`, the rest in `records`.
"""

from django.utils.translation import gettext_lazy as _

from applications.sections.achievements import (
    AWARDS,
    PATENTS,
    PROJECTS,
    PUBLICATIONS,
    REPORTS,
    STANDARDS,
    SUMMARY,
)
from applications.sections.career import (
    ASSESSMENTS,
    CONTINUING_EDUCATION,
    EXCEPTION,
    HONOURS,
    INSURANCE_AND_TAX,
    POSTS,
    SANCTIONS,
    SELF_SCORE,
)
from applications.sections.model import Field, Input, Part, Section, Slot, Text
from applications.sections.person import BASICS, EDUCATION, SKILLS, TITLES

__all__ = ["GROUPS", "SECTIONS", "Field", "Input", "Part", "Section", "Slot", "of_kind", "section"]

# As the task list parts them.
GROUPS: tuple[tuple[Text, tuple[Section, ...]], ...] = (
    (_("个人情况"), (BASICS, EDUCATION, TITLES, SKILLS)),
    (_("任职、考核与继续教育"), (POSTS, ASSESSMENTS, CONTINUING_EDUCATION, INSURANCE_AND_TAX)),
    (_("业绩成果"), (AWARDS, PROJECTS, STANDARDS, REPORTS, PUBLICATIONS, PATENTS)),
    (_("其他申报内容"), (HONOURS, EXCEPTION, SELF_SCORE, SANCTIONS, SUMMARY)),
)
SECTIONS: tuple[Section, ...] = tuple(section for _title, sections in GROUPS for section in sections)
_BY_KEY = {section.key: section for section in SECTIONS}
_BY_KIND = {kind: section for section in SECTIONS for kind in section.kinds}


def section(key: str) -> Section:
    """The section of that key; KeyError where there is none."""
    return _BY_KEY[key]


def of_kind(kind: str) -> Section:
    """The section on whose page records of that kind stand; KeyError where there is none."""
    return _BY_KIND[kind]
