"""The questions of a record as a round asks them: what its notice wants first, issuers by its region."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from applications import wording
from applications.models import Round
from applications.sections import Field, Part, of_kind
from rules import catalog
from rules.catalog import Entry
from rules.documents import DocumentRule, asked

CATEGORY = "category"


def part_of(kind: str, round_: Round | None) -> Part:
    """The part of that kind; without a round, as the archive asks it for rounds to come."""
    part = of_kind(kind).part(kind)
    if round_ is None:
        return part
    entry = catalog.get(round_.policy_id)
    if kind == "title":
        return _with(part, "issuer", lambda field: _issuers(field, entry))
    if kind == "post" and (rule := category_rule(round_)):
        return _with(part, CATEGORY, lambda field: _demanded(field, entry.cite(rule)))
    return part


def category_rule(round_: Round) -> DocumentRule | None:
    """What in the round's notice wants the kind of experience chosen before its content; None where nothing does."""
    rules = catalog.get(round_.policy_id).procedure.documents
    return next((one.rule for one in asked(rules, "post", {}) if one.rule.wants_category), None)


def _with(part: Part, name: str, changed: Callable[[Field], Field]) -> Part:
    return replace(part, fields=tuple(changed(field) if field.name == name else field for field in part.fields))


def _demanded(field: Field, clause: str) -> Field:
    told = _("先选类别，再填经历，然后按类别上传证明（%(clause)s）。类别暂按通知所列的证明划分，以评价标准为准。")
    return replace(field, required=True, help=told % {"clause": clause})


def _issuers(field: Field, entry: Entry) -> Field:
    """The round's own region first, then those it recognises, central organs, the others that have a name, the rest."""
    own, recognised = entry.policy.specialty.region, set(entry.procedure.certificate.recognised_in.value)
    names = {key: str(label) for key, label in wording.ISSUER.items()}
    mutual = [key for key, name in names.items() if key != own and name in recognised]
    rest = [key for key in names if key not in {own, "central", "other_province", *mutual}]
    told = {own: _("%(region)s（本地）"), **dict.fromkeys(mutual, _("%(region)s（互认）"))}
    choices = {
        key: told.get(key, "%(region)s") % {"region": names[key]}
        for key in (own, *mutual, "central", *rest, "other_province")
        if key in names
    }
    return replace(field, choices=choices, help=_("外地和中央单位的证书由审核单位核对。"))
