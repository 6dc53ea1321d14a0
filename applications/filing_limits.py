"""What a form may hold at most and must say besides its required fields: asked at submission, told on the way there.

Numbers and what has to be ranked come from the round's pack (`DocumentRule.most`, `.ranked`).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from applications import learning, sections, wording
from applications.dossiers import Record
from applications.entered import not_entered
from applications.models import Round
from applications.records import KINDS
from applications.sections import score_sheet
from portal import clock
from portal.chinese_dates import cn_date
from rules import catalog
from rules.documents import DocumentRule

# No notice in hand gives a number: to be confirmed by the office.
REPRESENTATIVE_MOST = 3

Told = tuple[str, str]


def exceeded(round_: Round, records: Sequence[Record]) -> Iterator[Told]:
    """The section and the sentence of everything that stands against submission beyond what is left empty."""
    for rule in catalog.get(round_.policy_id).procedure.documents:
        yield from _too_many(rule, records)
        yield from _not_ranked(rule, records)
    yield from _too_many_chosen(records)
    yield from (("continuing_education", sentence) for sentence in learning.unsaid(round_, records))
    for record in records:
        of_kind = _OF_RECORD.get(record.kind, lambda _record: iter(()))
        for sentence in (*of_kind(record), *not_entered(round_, record)):
            yield sections.of_kind(record.kind).key, sentence


def _too_many(rule: DocumentRule, records: Sequence[Record]) -> Iterator[Told]:
    held = [record for record in records if record.kind in rule.of]
    if rule.most is not None and len(held) > rule.most:
        told = {"count": len(held), "what": _called(rule), "most": rule.most, "clause": rule.clause}
        yield (
            sections.of_kind(held[0].kind).key,
            _("选用了%(count)s项%(what)s，最多%(most)s项（%(clause)s）。请把其余的改为“本次不用”，档案中仍会保留。")
            % told,
        )


def _not_ranked(rule: DocumentRule, records: Sequence[Record]) -> Iterator[Told]:
    held = [record for record in records if record.kind in rule.of]
    if not rule.ranked or len(held) < 2:
        return
    orders = Counter(record.details.get("order") for record in held)
    told = {"what": _called(rule), "clause": rule.clause}
    if None in orders:
        sentence = _("%(what)s须由本人排序（%(clause)s）。请逐项填写“本人排序”，1 为最重要的一项。")
        yield sections.of_kind(held[0].kind).key, sentence % told
    elif twice := [str(order) for order, count in orders.items() if count > 1]:
        sentence = _("%(what)s的“本人排序”有重复：%(twice)s（%(clause)s）。请改为互不相同的次序。")
        yield sections.of_kind(held[0].kind).key, sentence % {**told, "twice": "、".join(twice)}


def _too_many_chosen(records: Sequence[Record]) -> Iterator[Told]:
    chosen = [record for record in records if record.details.get("representative")]
    if len(chosen) > REPRESENTATIVE_MOST:
        yield (
            sections.of_kind(chosen[-1].kind).key,
            _("选了%(count)s项代表作，最多%(most)s项。请保留最能反映本人水平的几项，其余改选“否”。")
            % {"count": len(chosen), "most": REPRESENTATIVE_MOST},
        )


def _education(record: Record) -> Iterator[str]:
    """A code is asked of on the day of filing: whoever looks it up afterwards must still find it."""
    last = record.details.get("verification_expires_on")
    if record.details.get("verification_code") and last and date.fromisoformat(last) < clock.arrived().date():
        yield _(
            "“%(school)s”的学信网在线验证码有效期至%(day)s，已经过期。请在学信网延长有效期后更正日期，或换用新的验证码。"
        ) % {"school": record.details.get("school") or _("学历学位"), "day": cn_date(date.fromisoformat(last))}


def _title(record: Record) -> Iterator[str]:
    facts, details = record.facts, record.details
    name = details.get("name") or _("职称")
    if details.get("old_full_senior") and facts.get("level") not in {None, "full_senior"}:
        yield _(
            "“%(name)s”是旧称的正高级证书，职称层级应选“正高级工程师”。如证书上没有“正高级”字样，请把该项改选“否”。"
        ) % {"name": name}
    if facts.get("source") != "professional_qualification":
        return
    if not details.get("qualification"):
        yield _("“%(name)s”以职业资格对应，请填写职业资格名称。") % {"name": name}
    if not facts.get("appointed") or not details.get("appointed_by"):
        yield _("“%(name)s”以职业资格对应，须由单位聘任：请填写聘任日期和聘任单位，并上传聘任证明。") % {"name": name}


def _honour(record: Record) -> Iterator[str]:
    if record.facts.get("name") == "other" and not record.details.get("title"):
        yield _("“荣誉称号”中选了“其他荣誉”的，请照证书填写荣誉名称。")


def _score(record: Record) -> Iterator[str]:
    yield from score_sheet.objections(record.facts, record.details)


def _called(rule: DocumentRule) -> str:
    kinds = [kind for kind in rule.of if KINDS[kind].place == "achievements"]
    return "、".join(wording.word(wording.ACHIEVEMENT_KIND, kind) for kind in kinds)


_OF_RECORD: dict[str, Callable[[Record], Iterator[str]]] = {
    "education": _education,
    "title": _title,
    "honour": _honour,
    "self_score": _score,
}
