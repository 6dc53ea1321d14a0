"""The self column of a score sheet (打分表). A sample: the notice names the sheet and does not print it.

An office that has the sheet replaces rows and points here; a form made from them, and what is checked, follow.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.sections.model import Field, Input, detail

# Points are sums of halves in practice; what floats lose is far below that.
NEAR = 0.005


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet and the most that it may give."""

    name: str
    label: str | Promise
    most: int


ROWS = (
    Row("service", gettext_lazy("专业工作年限"), 5),
    Row("appraisal", gettext_lazy("年度考核"), 5),
    Row("education", gettext_lazy("学历学位"), 10),
    Row("projects", gettext_lazy("项目与技术成果"), 35),
    Row("awards", gettext_lazy("科技奖励"), 15),
    Row("patents", gettext_lazy("专利"), 10),
    Row("standards", gettext_lazy("标准与规范"), 10),
    Row("writings", gettext_lazy("论文论著"), 10),
)
CAPPED = gettext_lazy("样表分值，最高 {most} 分。")
FIELDS: tuple[Field, ...] = tuple(
    detail(row.name, row.label, Input.NUMBER, help=format_lazy(CAPPED, most=row.most)) for row in ROWS
)


def objections(facts: Mapping[str, Any], details: Mapping[str, Any]) -> Iterator[str]:
    """What does not add up in a filled-in column; nothing where only the total is given."""
    given = {row: details[row.name] for row in ROWS if details.get(row.name) is not None}
    for row, points in given.items():
        if points > row.most:
            yield _("“%(row)s”自评%(points)s分，超过样表的最高分%(most)s分。请改小该项。") % {
                "row": row.label,
                "points": f"{points:g}",
                "most": row.most,
            }
    total, told = sum(given.values()), facts.get("self_score")
    if given and told is not None and abs(total - told) > NEAR:
        yield _("各项自评相加为%(total)s分，与填写的自评得分%(told)s分不一致。请核对各项，或更正自评得分。") % {
            "total": f"{total:g}",
            "told": f"{told:g}",
        }
