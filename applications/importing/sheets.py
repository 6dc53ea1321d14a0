"""The sheets of the template: a kind of record each, a column a question."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.sections import SECTIONS, Field, Input, Part
from applications.sections.achievements import AWARDS, PATENTS, PROJECTS, PUBLICATIONS, REPORTS, STANDARDS
from applications.sections.career import ASSESSMENTS, CONTINUING_EDUCATION, POSTS

# What people hold in tables already. The other kinds are a few records, each with its own papers.
IMPORTED = (POSTS, ASSESSMENTS, CONTINUING_EDUCATION, AWARDS, PROJECTS, STANDARDS, REPORTS, PUBLICATIONS, PATENTS)
# One cell a question.
INPUTS = frozenset({Input.LINE, Input.PROSE, Input.DAY, Input.WHOLE, Input.NUMBER, Input.CHOICE, Input.YES_NO})
YES, NO = gettext_lazy("是"), gettext_lazy("否")
# The first column tells what a row is; a row that it calls by these is none of the person's.
MARK, HELP, EXAMPLE, MESSAGE = (
    gettext_lazy("说明"), gettext_lazy("填写要求"), gettext_lazy("示例（不导入）"), gettext_lazy("需要更正"),
)  # fmt: skip
LONGEST_TITLE = 31
# The cells of a row as they were, and what is wrong with it.
UnsoundRow = tuple[Sequence[str], str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns` are the questions of the part, in the order of its form."""

    part: Part
    columns: tuple[Field, ...]

    @property
    def title(self) -> str:
        """The part's label as a spreadsheet takes it."""
        return re.sub(r"[\[\]:*?/\\]", "、", str(self.part.label))[:LONGEST_TITLE]


SHEETS = tuple(
    Sheet(part, tuple(field for field in part.fields if field.input in INPUTS))
    for page in SECTIONS
    if page in IMPORTED
    for part in page.parts
    if part.many
)


def heading(field: Field) -> str:
    return _("%(label)s（必填）") % {"label": field.label} if field.required else str(field.label)


def options(field: Field) -> list[str]:
    """What may stand in a column of choices; empty for any other."""
    if field.input is Input.YES_NO:
        return [str(YES), str(NO)]
    return [str(label) for label in (field.choices or {}).values()]


def plain(text: str | Promise) -> str:
    """A heading, a sheet's title or a choice as it is compared: without width, blanks and the word for required."""
    return _folded(text).removesuffix(_folded(_("（必填）")))


def _folded(text: str | Promise) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))


def explanation() -> list[str]:
    """What stands on the first sheet, and on the page that offers the template."""
    return [
        _("每张工作表对应一类内容，没有的留空；一行一条，从“示例”行下面开始填写。"),
        _("工作表名称和表头不要改动；带“必填”的可以先空着，提交申报前再补齐。"),
        _("日期写成 2025-03-31 的样子；有下拉选项的，从选项中选择。"),
        _("不要使用公式；从别处复制时，请用“选择性粘贴—数值”。"),
        _("任何一格都不得填写身份证件号码。"),
        _("一次最多 500 行、2 MB。佐证材料在导入后，到各条目中上传。"),
    ]
