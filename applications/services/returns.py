"""A return and its answers: the list of what is to be mended, and the applicant's word on each line of it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from applications import corrections, dossiers
from applications.corrections import PLACES, Mending
from applications.errors import OWN_CASE, Refused, Stale
from applications.messages import tell_widened
from applications.models import Application, ApprovalStep, Snapshot, StepState
from applications.moves import STEP_PERMISSION
from applications.reading import title_of
from applications.sections import of_kind
from applications.services.openness import require_editable
from portal import access, audit, clock, identity_numbers
from portal.chinese_dates import cn_date
from portal.models import User

LONGEST_ANSWER = 300
NOTHING_RETURNED = gettext_noop("申报现在没有退回申报人补正，不能补充补正要求。请刷新页面查看最新进展。")


@transaction.atomic
def answer_correction(*, application: Application, number: int, text: str, by: User) -> None:
    """The applicant's word on how a line of the return was mended; said again, it replaces what was said before.

    Raises:
        Refused: nothing was returned, there is no such line, or nothing is said.
    """
    asked = _asked(application, number, by)
    if not (text := text.strip()):
        raise Refused([_("请简短写明这一项是怎样补正的，退回单位复核时会看到。")])
    if len(text) > LONGEST_ANSWER:
        raise Refused([_("补正说明最多 %(most)d 字，请写简短些。") % {"most": LONGEST_ANSWER}])
    if identity_numbers.stands_in(text):
        raise Refused([_("补正说明中不要写证件号码，请删去后再保存。")])
    _write(application, asked, number, {"text": text, "at": clock.now().isoformat()}, by=by)


@transaction.atomic
def reopen_correction(*, application: Application, number: int, by: User) -> None:
    """Takes an answer back: the line is open again."""
    asked = _asked(application, number, by)
    if asked.lines[number - 1].answer:
        _write(application, asked, number, None, by=by)


@transaction.atomic
def widen_return(*, application: Application, asked: Sequence[Mapping[str, str]], reason: str, by: User) -> None:
    """Adds lines to a standing return on the applicant's request: what they have to mend with it is opened, too.

    The unit still returns once: nothing is taken back, and the day stays.

    Raises:
        Refused: nothing is being mended, its day is over, no reason, a list that does not fit or is there already, or
            one's own case.
        access.Forbidden: another unit's return.
    """
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    standing = corrections.mending(application)
    if standing is None:
        raise Refused([_(NOTHING_RETURNED)])
    step = standing.step
    access.require(by, STEP_PERMISSION[step.kind], step.organization)
    if application.applicant_id == by.pk:
        raise Refused([_(OWN_CASE)])
    faults = [*_too_late(step), *list_faults(step, asked)]
    if not reason.strip():
        faults.append(_("请写明补充的原因，例如申报人提出的请求；申报人将看到。"))
    if faults:
        raise Refused(faults)
    added = [line for line in lines_for(application.snapshot, asked) if line not in step.corrections]
    if not added:
        raise Refused([_("这些补正要求已经列在退回清单中，不必重复补充。")])
    ApprovalStep.objects.filter(pk=step.pk).update(corrections=[*step.corrections, *added])
    tell_widened(application, step, count=len(added), reason=reason)
    audit.record(
        "application.widen_return",
        by=by,
        scope=application.scope,
        kind="application",
        target=str(application.public_id),
        change={"step": step.kind, "added": added},
        reason=reason,
        organization=step.organization,
    )


def _too_late(step: ApprovalStep) -> list[str]:
    if step.due_on is None or clock.now() < clock.end_of(step.due_on):
        return []
    told = _("补正期限 %(day)s 24:00 已经截止，申报人不能再补正，不能补充要求。")
    return [told % {"day": cn_date(step.due_on)}]


def lines_for(snapshot: Snapshot | None, asked: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """A list of corrections as a step keeps it: a record that is named is called by the words it was submitted with."""
    records = {record.id: record for record in dossiers.submitted(snapshot)} if snapshot else {}
    kept = []
    for line in asked:
        one = {"section": line.get("section", ""), "text": line.get("text", "").strip()}
        if record := records.get(line.get("item", "")):
            part = of_kind(record.kind).part(record.kind)
            one |= {"item": record.id, "name": title_of(part, record.facts, record.details)}
        kept.append(one)
    return kept


def list_faults(step: ApprovalStep, asked: Sequence[Mapping[str, str]]) -> list[str]:
    """What is wrong with a list of corrections."""
    if not asked:
        return [_("退回须逐项列出需要补正的内容。")]
    faults = []
    if any(line.get("section") not in PLACES or not line.get("text", "").strip() for line in asked):
        faults.append(_("每一项补正须指明所在部分并写明要求。"))
    snapshot = step.application.snapshot
    sections = {
        record.id: corrections.section_of(record.kind, record.facts)
        for record in (dossiers.submitted(snapshot) if snapshot else [])
    }
    if any(line.get("item") and sections.get(line["item"]) != line.get("section") for line in asked):
        faults.append(_("所指的条目不在这一部分已提交的材料中，请重新选择条目，或不选条目而针对整个部分。"))
    return faults


def return_faults(step: ApprovalStep, asked: Sequence[Mapping[str, str]], due_on: date | None) -> list[str]:
    """一次性告知: one return a level, with the whole list and a day by which it is to be mended."""
    faults = []
    earlier = step.application.steps.filter(kind=step.kind, organization=step.organization, state=StepState.RETURNED)
    if earlier.exists():
        faults.append(_("本环节已经退回过一次，须一次告知全部问题，不能再次退回。请审核通过，或写明理由不予通过。"))
    faults += list_faults(step, asked)
    last = step.application.round.office_closes_on
    if due_on is None or not clock.today() < due_on <= last:
        faults.append(_("补正期限须在明天至 %(last)s 之间。") % {"last": cn_date(last)})
    return faults


def _asked(application: Application, number: int, by: User) -> Mending:
    """The return, its application locked: answers are written one after the other."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    require_editable(application, by)
    asked = corrections.mending(application)
    if asked is None or not 1 <= number <= len(asked.lines):
        raise Refused([_("没有这一项补正要求，请刷新页面查看最新的要求。")])
    return asked


def _write(
    application: Application, asked: Mending, number: int, answer: Mapping[str, str] | None, *, by: User
) -> None:
    answers = {key: said for key, said in asked.step.answers.items() if key != str(number)}
    if answer is not None:
        answers[str(number)] = dict(answer)
    standing = ApprovalStep.objects.filter(pk=asked.step.pk, state=StepState.RETURNED)
    if not standing.update(answers=answers):
        raise Stale(_("该退回刚刚有变动，您的操作没有生效。请刷新页面后再试。"))
    line = asked.lines[number - 1]
    audit.record(
        "application.answer_correction" if answer else "application.reopen_correction",
        by=by,
        scope=application.scope,
        kind="application",
        target=str(application.public_id),
        change={"step": asked.step.kind, "line": number, "section": line.section, "item": line.item},
        reason=answer["text"] if answer else "",
    )
