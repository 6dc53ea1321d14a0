"""The documents that the records of a dossier have to bring, in words, a citation a line."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec.structs import asdict

from rules.catalog import Entry
from rules.documents import Asked, Condition, DocumentRule, asked
from rules.dossier import Dossier
from rules.dossier_words import DEGREES, VALUES
from rules.procedure import Procedure
from rules.stated import Stated
from rules.words import place, word

FACTS: Final = {
    "level": "学历层次",
    "awarded": "取得年份",
    "year": "年度",
    "origin": "毕业院校",
    "employer": "用人单位",
    "established": "在编",
    "converted": "转系列取得",
    "same_employer": "参保单位一致",
    "indexed": "收录",
    "source": "取得方式",
    "foreign_language": "外文",
    "author": "作者",
    "benefit": "效益",
}
WORDS: Final = {
    **VALUES["benefit"],
    "mainland": "境内院校",
    "abroad": "国外院校",
    "hong_kong_macao_taiwan": "港澳台院校",
    "party_school": "党校",
    "cnki": "中国知网",
    "wanfang": "万方数据",
    "vip": "维普网",
    "sci": "SCI",
    "ei": "EI",
    "none": "都检索不到",
    "review": "评审",
    "appointment": "聘任",
    "exam": "考试",
    "professional_qualification": "职业资格",
    **DEGREES,
    **VALUES["employer.kind"],
    **VALUES["author"],
}
KINDS: Final[Mapping[str, str]] = {
    **VALUES["kind"],
    "achievement": "业绩成果",
    "education": "学历",
    "title": "职称",
    "post": "工作经历",
    "social_insurance": "社会保险",
    "continuing_education": "继续教育",
    "honour": "荣誉",
}


def of_documents(entry: Entry, dossier: Dossier) -> Iterator[str]:
    """A heading for each record, and what it has to bring; what hangs on facts not known is said as such."""
    employer = dossier.employer.kind if dossier.employer else None
    for at, kind, facts in _records(dossier):
        found = of_record(entry.procedure, kind, {**facts, "employer": employer})
        if found:
            yield place(at)
            yield from (f"  {line}" for line in found)


def of_record(procedure: Procedure, kind: str, facts: Mapping[str, Any]) -> list[str]:
    """What one record has to bring; `employer` among the facts is the kind of employer applied from."""
    return [of_rule(one, facts) for one in asked(procedure.documents, kind, facts)]


def rule(one: DocumentRule) -> str:
    """What a rule asks of which records, and when."""
    kinds = "、".join(KINDS[kind] for kind in one.of)
    when = "，".join(_condition(name, condition) for name, condition in one.when.items())
    return cited(f"{kinds}{f'（{when}）' if when else ''}：{_wanted(one)}", one)


def of_rule(one: Asked, facts: Mapping[str, Any]) -> str:
    """What one rule asks of a record, and on what that hangs where it is not known."""
    said = _wanted(one.rule)
    if one.unknown:
        said = f"如{'，'.join(_condition(name, one.rule.when[name]) for name in one.unknown)}：{said}"
    return cited(f"{one.rule.slot}：{said}", one.rule, read=reads(one.rule, facts))


def reads(rule: DocumentRule, facts: Mapping[str, Any]) -> bool:
    """Whether its reading concerns the record: what it says of the year on which two rules meet is for that year."""
    for name, condition in rule.when.items():
        edge, value = condition.since or condition.until, facts.get(name)
        if edge and value is not None and f"{edge}年" in (rule.reading or "") and str(value)[:4] != str(edge):
            return False
    return True


def _wanted(rule: DocumentRule) -> str:
    if rule.spared is not None:
        return rule.spared
    said = [("或" if rule.one_of else "、").join(rule.documents)] if rule.documents else []
    said += [f"填写{'、'.join(rule.entered)}"] if rule.entered else []
    said += ["由系统自动提取"] if rule.fetched else []
    said += [f"最多{rule.most}项"] if rule.most else []
    said += ["按质量从高到低排列"] if rule.ranked else []
    said += ["缺少的视为无效，不作依据"] if rule.void_without else []
    said += ["可以选择上传，不是必需"] if rule.optional else []
    return "；".join(said)


def _condition(name: str, condition: Condition) -> str:
    fact = FACTS.get(name, name)
    if condition.is_ is not None:
        return f"{fact}为{WORDS.get(str(condition.is_), word(condition.is_))}"
    if condition.in_ is not None:
        return f"{fact}为{'、'.join(WORDS.get(value, value) for value in condition.in_)}"
    if condition.since == condition.until:
        return f"{fact}为{condition.since}年"
    since = f"{condition.since}年起" if condition.since else ""
    return f"{fact}{since}{f'至{condition.until}年' if condition.until else ''}"


def _records(dossier: Dossier) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every record with its place, its kind and its facts."""
    lists: Iterable[tuple[str, str, Iterable[Any]]] = (
        ("education", "education", dossier.education or ()),
        ("titles", "title", dossier.titles or ()),
        ("posts", "post", dossier.posts or ()),
        ("honours", "honour", dossier.honours or ()),
    )
    for name, kind, records in lists:
        for index, record in enumerate(records):
            yield f"{name}[{index}]", kind, asdict(record)
    for index, record in enumerate(dossier.achievements or ()):
        if record.kind is not None:
            yield f"achievements[{index}]", record.kind, asdict(record)
    if dossier.social_insurance is not None:
        yield "social_insurance", "social_insurance", asdict(dossier.social_insurance)
    learning = dossier.continuing_education
    for index, year in enumerate(learning.years or () if learning else ()):
        yield f"continuing_education.years[{index}]", "continuing_education", asdict(year)


def cited(said: str, stated: Stated, *, read: bool = True) -> str:
    """What is said with the clause it stands in, and its reading unless not `read`; or as still to be confirmed."""
    if stated.clause is None:
        return f"{said}　〔待确认{f'，见{stated.see}' if stated.see else ''}〕"
    return f"{said}　〔{stated.clause}〕{f'　适用口径：{stated.reading}' if stated.reading and read else ''}"
