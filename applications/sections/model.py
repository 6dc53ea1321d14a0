"""What a form section is made of: fields, choices, evidence slot. Data only; `forms` renders it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.wording import Words

Text = str | Promise


class Input(StrEnum):
    """How a value is asked for. `DAY_OR_NEVER` gives a date, or false for "never"."""

    LINE = "line"
    PROSE = "prose"
    DAY = "day"
    DAY_OR_NEVER = "day_or_never"
    WHOLE = "whole"
    NUMBER = "number"
    CHOICE = "choice"
    OPEN_CHOICE = "open_choice"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `name` may be dotted (`evaluators.level`); `fact` says whether the rules read it.

    `ends` names the day that what begins on this one ends with, and that does not come before it; `purpose` is what
    browsers call a person's own particular that they fill in by themselves (the tokens of `autocomplete`).
    """

    name: str
    label: Text
    input: Input = Input.LINE
    fact: bool = False
    choices: Words | None = None
    required: bool = False
    help: Text = ""
    ends: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """What must be attached to a record of the section."""

    key: str
    label: Text
    help: Text = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of record on a section's page, with its own form; `facts` are values that follow from the kind."""

    kind: str
    label: Text
    fields: tuple[Field, ...]
    facts: Mapping[str, Any]
    many: bool = True


@dataclass(frozen=True)
class Section:
    """One page of the form.

    `places` are the dossier keys it answers for; `none_allowed` lets the applicant state that there is nothing;
    `required` asks for a record, or for that statement, before submission.
    """

    key: str
    title: Text
    help: Text
    parts: tuple[Part, ...]
    places: tuple[str, ...] = ()
    slot: Slot | None = None
    required: bool = False
    none_allowed: bool = False

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        return tuple(part.kind for part in self.parts)

    def part(self, kind: str) -> Part:
        return next(part for part in self.parts if part.kind == kind)


def one(kind: str, label: Text, *fields: Field) -> Part:
    return Part(kind, label, fields, {}, many=False)


def many(kind: str, label: Text, *fields: Field) -> Part:
    return Part(kind, label, fields, {})


def achievement(kind: str, label: Text, *fields: Field) -> Part:
    """A kind of achievement: what it is called and the day come first, relevance and substitution last."""
    called = tuple(field for field in fields if field.name in CALLED)
    others = tuple(field for field in fields if field.name not in CALLED)
    asked = (*called, DAY, *others, RELEVANT, SUBSTITUTES, REPRESENTATIVE, ORDER)
    return Part(kind, label, asked, {"kind": kind})


CALLED = frozenset({"name", "title"})
DAY = Field("date", _("取得（完成、发表、授权）日期"), Input.DAY, fact=True, required=True)
RELEVANT = Field(
    "relevant", _("是否属于申报专业"), Input.YES_NO, fact=True, help=_("不属于申报专业的业绩不计入条件，可如实保留。")
)
SUBSTITUTES = Field(
    "substitutes_paper",
    _("单位是否认可以此代替论文"),
    Input.YES_NO,
    fact=True,
    help=_("能否代替论文由评委会判断；用于论文条款的，不再同时用于其他条款。须附单位认定的材料，如业绩证明函。"),
)

REPRESENTATIVE = Field(
    "representative", _("是否作为代表作"), Input.YES_NO, help=_("最能反映本人水平的几项，在评审表中单列。")
)
ORDER = Field(
    "order",
    _("本人排序"),
    Input.WHOLE,
    help=_("同类业绩中的先后，1 为最重要的一项；要求排序的批次，每项须填且不能相同。"),
)


def fact(
    name: str,
    label: Text,
    how: Input,
    choices: Words | None = None,
    *,
    required: bool = False,
    help: Text = "",  # noqa: A002  the field's own word
    ends: str = "",
) -> Field:
    return Field(name, label, how, fact=True, choices=choices, required=required, help=help, ends=ends)


def detail(
    name: str,
    label: Text,
    how: Input = Input.LINE,
    choices: Words | None = None,
    *,
    required: bool = False,
    help: Text = "",  # noqa: A002  the field's own word
    ends: str = "",
    purpose: str = "",
) -> Field:
    return Field(name, label, how, choices=choices, required=required, help=help, ends=ends, purpose=purpose)
