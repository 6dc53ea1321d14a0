"""What a notice wants typed in beside documents, to be looked up by others: codes of degrees, addresses of patents."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from applications.models import Round
from applications.paper_addresses import database_of
from portal.chinese_dates import cn_date
from rules import catalog
from rules.documents import DocumentRule, asked
from rules.formalities import Provision

if TYPE_CHECKING:
    from applications.dossiers import Record


# How a pack calls the provision for people who work elsewhere and whose file is kept here.
HOSTED = "档案托管"


def not_entered(round_: Round, record: "Record") -> Iterator[str]:
    """A sentence for whatever the notice surely wants of the record and is not there."""
    rules = catalog.get(round_.policy_id).procedure.documents
    for one in asked(rules, record.kind, {**record.details, **record.facts}):
        if one.unknown:
            continue
        if one.rule.wants_code:
            yield from _code(one.rule, round_, record)
        if one.rule.wants_patent_address:
            yield from _patent_address(one.rule, record)
    if record.kind == "social_insurance" and (provision := hosting(round_)):
        yield from _consent(provision, record)


def hosting(round_: Round) -> Provision | None:
    """The provision for people who work elsewhere and whose file is kept here; None where the notice has none."""
    stated = catalog.get(round_.policy_id).procedure.provisions
    return next((one for one in stated if one.stage == "applicant" and one.label.startswith(HOSTED)), None)


def _code(rule: DocumentRule, round_: Round, record: "Record") -> Iterator[str]:
    last, until = record.details.get("verification_expires_on"), date(round_.year, 12, 31)
    told = {
        "school": record.details.get("school") or _("学历学位"),
        "clause": rule.clause,
        "until": cn_date(until),
        "day": cn_date(date.fromisoformat(last)) if last else "",
    }
    if not record.details.get("verification_code") or not last:
        yield (
            _(
                "“%(school)s”没有填写学信网在线验证码及其有效期（%(clause)s）。请在学信网免费申请，有效期选到%(until)s以后。"
            )
            % told
        )
    elif date.fromisoformat(last) < until:
        yield (
            _("“%(school)s”的验证码有效期至%(day)s，须有效到%(until)s（%(clause)s）。请在学信网延长有效期后更正日期。")
            % told
        )


def _patent_address(rule: DocumentRule, record: "Record") -> Iterator[str]:
    if database_of(record.details.get("verification_address") or "") != "cnki":
        yield _(
            "专利“%(name)s”没有填写中国知网的检索网址（%(clause)s）。请在中国知网“专利”栏检索，把该专利的页面地址填入“检索网址”。"
        ) % {"name": record.details.get("name") or _("未填名称"), "clause": rule.clause}


def _consent(provision: Provision, record: "Record") -> Iterator[str]:
    """The local bureau checks, the province agrees, and only then does such a person apply."""
    hosted, consent = record.details.get("hosted_at"), record.details.get("consent_number")
    if hosted and not (consent and record.evidence):
        yield _(
            "档案托管在“%(place)s”、社保未达到要求的，先请当地人社部门核实、报省职称办同意（%(clause)s）："
            "请在“社会保险”中填写同意的文号并上传同意的材料。"
        ) % {"place": hosted, "clause": provision.clause}
