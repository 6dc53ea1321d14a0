"""What the self-check asks: the steps, and of the form's own questions those that `judged` names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications import wording as words
from applications.sections import SECTIONS, Field, Input, Part, of_kind
from applications.sections.model import Text, fact, one
from applications.self_check.judged import asked_places, judged_fields
from applications.self_check.state import State
from rules.catalog import Entry

ALWAYS_ASKED = ("date", "relevant", "substitutes_paper")
LETTER = "performance_letter"


@dataclass(frozen=True, slots=True)
class Step:
    """`singles` are parts of which there is one, `lists` dossier lists by the kind of their entries."""

    key: str
    title: Text
    help: Text = ""
    singles: tuple[Part, ...] = ()
    lists: tuple[str, ...] = ()


# Kind of entry → where its list stands in the dossier, and how one says that there is none.
PLACES: Mapping[str, tuple[str, Text]] = {
    "education": ("education", _("没有学历学位")),
    "title": ("titles", _("没有职称")),
    "skill": ("skills", _("没有职业技能等级")),
    "post": ("posts", _("没有相关工作经历")),
    "assessment": ("assessments", _("没有年度考核")),
    "continuing_education": ("continuing_education.years", _("没有继续教育记录")),
    "achievement": ("achievements", _("没有业绩成果")),
    "honour": ("honours", _("没有荣誉称号")),
    "endorsement": ("endorsements", _("没有专家推荐")),
    "sanction": ("sanctions", _("没有处分和失信惩戒")),
    "income_tax": ("income_tax", _("没有缴税记录")),
}
PERSON = one(
    "person",
    _("身份和单位"),
    fact("status", _("申报身份"), Input.CHOICE, words.STATUS),
    fact("employer.kind", _("单位性质"), Input.CHOICE, words.EMPLOYER_KIND),
    fact("employer.region", _("单位所在地区"), Input.CHOICE, words.REGION),
    fact("flexible_agreement.years", _("柔性引进协议年限（年）"), Input.NUMBER, help=_("仅柔性引进人才填写。")),
    fact("flexible_agreement.months_per_year", _("每年在本地工作月数"), Input.NUMBER, help=_("仅柔性引进人才填写。")),
    fact("performance_assessment", _("所在单位业绩考核"), Input.CHOICE, words.PERFORMANCE_ASSESSMENT),
)
INSURANCE = one(
    "social_insurance",
    _("社会保险"),
    fact("social_insurance.months", _("累计缴费月数"), Input.WHOLE),
    fact("social_insurance.same_employer", _("缴费单位是否为申报单位"), Input.YES_NO),
)
SCORE = one("self_score", _("量化自评"), fact("self_score", _("自评得分"), Input.NUMBER))
COMMITMENT = one(
    "commitment", _("继续教育承诺"), fact("continuing_education.committed", _("是否已作继续教育承诺"), Input.YES_NO)
)
CONSENT = one("consent", _("主管部门意见"), fact("consents", _("业务主管部门是否已同意破格申报"), Input.YES_NO))
OPTIONAL = frozenset({"social_insurance", "self_score", "income_tax"})

STEPS = (
    Step("policy", _("政策和层级"), _("先选按哪份文件、申报哪个层级核对。")),
    Step(
        "person",
        _("身份和单位"),
        _("公务员、已离退休的，或仍在处分影响期内的，不能申报。"),
        singles=(PERSON, INSURANCE, SCORE),
        lists=("sanction", "income_tax"),
    ),
    Step("education", _("学历学位"), _("非全日制与全日制同等对待。"), lists=("education",)),
    Step(
        "titles",
        _("职称和技能等级"),
        _("填写已取得的职称及聘任情况；高技能人才填写技能等级。"),
        lists=("title", "skill"),
    ),
    Step(
        "posts",
        _("工作经历"),
        _("截止日期为在岗的最后一天；至今仍在岗的不填截止日期。"),
        lists=("post",),
    ),
    Step(
        "conduct",
        _("考核和继续教育"),
        _("只看截止年度及以前最近一年的考核和学时。"),
        singles=(COMMITMENT,),
        lists=("assessment", "continuing_education"),
    ),
    Step(
        "achievements",
        _("业绩成果"),
        _("先选类别再添加；只问这一类成果用得到的内容。论文不是必备条件。"),
        lists=("achievement",),
    ),
    Step(
        "support",
        _("荣誉、推荐和同意"),
        _("多用于破格条件；没有的可以注明没有。"),
        singles=(CONSENT,),
        lists=("honour", "endorsement"),
    ),
    Step("routes", _("特别途径"), _("一般申报不用选。选了的，还会按该途径的条款核对。")),
    Step(
        "statements",
        _("由人判断的条款"),
        _("这些条款最终由单位和评审专家认定；您可以先写自己的看法，也可以都不选。"),
    ),
)
KEYS = tuple(step.key for step in STEPS)


def step_of(key: str) -> Step:
    """The step of that key; KeyError where there is none."""
    return {step.key: step for step in STEPS}[key]


def part_of(kind: str) -> Part:
    """The questions of an entry of a list, the facts alone; nothing is required."""
    part = of_kind(kind).part(kind)
    return replace(part, fields=tuple(replace(known, required=False) for known in part.fields if known.fact))


def achievement_part(entry: Entry, kind: str) -> Part:
    """The questions of one kind of achievement: only those that a policy of the region judges it by."""
    part, judged = part_of(kind), judged_fields(entry)
    asked = {*judged.get(kind, ()), *ALWAYS_ASKED}
    fields = [known for known in part.fields if known.name in asked]
    named = {known.name for known in fields}
    return replace(part, fields=(*fields, *(_question(name) for name in sorted(asked - named))))


def achievement_kinds(entry: Entry) -> list[tuple[str, str]]:
    """The kinds that some clause takes, in the order of the form, with their words."""
    judged = judged_fields(entry)
    return [(kind, str(word)) for kind, word in words.ACHIEVEMENT_KIND.items() if kind in judged or kind == LETTER]


def _question(name: str) -> Field:
    """How the form asks a field of any other kind of achievement."""
    return next(
        replace(known, required=False)
        for section in SECTIONS
        for part in section.parts
        if "achievements" in section.places
        for known in part.fields
        if known.name == name
    )


def singles_of(step: Step, state: State) -> list[Part]:
    return [part for part in step.singles if _is_asked(part.kind, state)]


def lists_of(step: Step, state: State) -> list[str]:
    return [kind for kind in step.lists if _is_asked(kind, state)]


def _is_asked(kind: str, state: State) -> bool:
    """What only some regions ask is left out elsewhere."""
    return kind not in OPTIONAL or kind in asked_places(state.policy, state.level)


def list_at(dossier: Mapping[str, Any], place: str) -> list[dict[str, Any]] | None:
    """What was said in a list of the dossier; None where nothing was."""
    first, _dot, rest = place.partition(".")
    found = dossier.get(first)
    return (found or {}).get(rest) if rest else found


def is_answered(step: Step, state: State) -> bool:
    """Whether something has been said in a step."""
    if step is STEPS[0]:
        return state.has_policy
    own = {"routes": ["claims"], "statements": ["attestations"]}.get(step.key, [])
    asked = [field.name for part in singles_of(step, state) for field in part.fields] if state.has_policy else []
    places = [*own, *asked, *(PLACES[kind][0] for kind in step.lists)]
    return any(_is_said(state.dossier, place) for place in places)


def _is_said(dossier: Mapping[str, Any], place: str) -> bool:
    value: Any = dossier
    for name in place.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value is not None
