"""Submitting once, and withdrawing. Filling in is lenient; here everything is asked at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from applications import (
    asked_documents,
    asked_sections,
    clause_tags,
    corrections,
    dossiers,
    filing_limits,
    frozen_files,
)
from applications.asked_parts import part_of
from applications.errors import IllegalMove, Incomplete, Refused, Stale
from applications.models import Application, ApprovalStep, Signature, Snapshot, StepKind, StepState
from applications.moves import TRANSITIONS
from applications.reading import title_of
from applications.records import NOTHING
from applications.sections import SECTIONS, Field, Section
from applications.services.precheck import CLAIMED, check_snapshot
from applications.services.signing import applicant_words_sha256, unused_signatures
from applications.status import Status
from applications.transitions import perform
from portal import clock
from portal.models import Organization, OrganizationKind, User
from rules import catalog


@dataclass(frozen=True, slots=True)
class Gap:
    """What is still missing before submission, and the section where it is mended; `identity` is on the profile.

    `record`: the id of the record on whose own page that is; empty where it is the section's.
    """

    section: str
    sentence: str
    record: str = ""


def gaps(
    application: Application,
    records: Sequence[dossiers.Record] | None = None,
    asked: corrections.Mending | None = None,
    *,
    elsewhere: bool = True,
) -> list[Gap]:
    """Everything missing from the form, section by section, in the form's order; after a return, where it opens one.

    `records` are those chosen, and `asked` is the return, where a page has read them already.
    `elsewhere`: what is missing outside the sections is asked for, too.
    """
    asked = asked or corrections.mending(application)
    records = dossiers.filled_in(application, asked) if records is None else records
    stated = {record.facts.get("section") for record in records if record.kind == NOTHING}
    found = []
    for page in SECTIONS:
        if asked is not None and not asked.of_section(page.key):
            continue
        own = [record for record in records if record.kind in page.kinds]
        if not own and page.key not in stated and asked_sections.is_demanded(application, page):
            found.append(Gap(page.key, _unfilled(application, page)))
        for record in own:
            page_of = record.id if page.part(record.kind).many else ""
            found += [Gap(page.key, told, page_of) for told in _record_gaps(application, page, record)]
    limits = [Gap(*told) for told in filing_limits.exceeded(application.round, records)]
    found += [gap for gap in limits if asked is None or asked.of_section(gap.section)]
    achievements = {kind for page in SECTIONS if "achievements" in page.places for kind in page.kinds}
    if not any(record.kind in achievements for record in records):
        found.append(Gap("awards", _("请至少填写一项业绩成果（奖励、课题项目、标准、报告、论著、专利中任一类）。")))
    if elsewhere and not dossiers.identity.masked(application.applicant):
        found.append(Gap("identity", _("尚未登记证件号码，请先在“个人信息”中登记。")))
    return found


@transaction.atomic
def submit(*, application: Application, by: User, seen_sha256: str, signature: Signature | None) -> Snapshot:
    """Freezes the content, makes the approval steps and hands the application to the employer. Idempotent.

    `seen_sha256` is the hash of the content that the applicant has checked (`dossiers.content`); `signature`, what was
    given on it (`services.signing`). Returns the live snapshot; of a second press, the one of the first.

    Raises:
        Incomplete: sections or evidence are missing; all are named.
        Refused: not signed, content or words changed since, deadline, exclusions.
        IllegalMove: the application does not lie with the applicant.
    """
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    if application.status == Status.IN_APPROVAL and application.applicant_id == by.pk:
        return _pressed_again(application, seen_sha256)
    if not application.is_editable:
        raise IllegalMove(_("申报现为“%(status)s”，不能提交。") % {"status": application.told_status_label})
    records = dossiers.chosen(application)  # read once: what is found complete is what is frozen
    content = dossiers.content(application, records)
    if content.sha256 != seen_sha256:
        raise Refused([_("核对之后内容又有改动，请重新核对全部内容，再签名并提交。")])
    if missing := gaps(application, records):
        raise Incomplete(gap.sentence for gap in missing)
    signed = _valid(signature, application, content)
    frozen = dossiers.with_commitment(content, _commitment(signed), frozen_files.kept(content.data))
    snapshot = _freeze(application, frozen)
    Signature.objects.filter(pk=signed.pk, snapshot=None).update(snapshot=snapshot)
    _lay_steps(application, snapshot)
    move = "submit" if application.status == Status.DRAFT else "resubmit"
    perform(
        application,
        move,
        by=by,
        revision=snapshot.revision,
        snapshot=snapshot.sha256,
        commitment=signed.words_sha256,
    )
    check_snapshot(snapshot, view=CLAIMED, occasion=move)
    return snapshot


@transaction.atomic
def withdraw(*, application: Application, by: User, note: str = "", seen_status: str = "") -> None:
    """The applicant gives a draft up, or takes an application back before it is accepted; it counts as not made.

    `seen_status` is how it stood on the page: giving up a draft is another thing than taking back what was submitted.

    Raises:
        Stale: it has moved meanwhile.
        Refused, IllegalMove: not the applicant, or it cannot be withdrawn any more.
    """
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    moved = seen_status not in {"", application.status} and application.status in TRANSITIONS["withdraw"].sources
    if moved:
        sentence = _("打开页面之后，申报已经变为“%(status)s”，没有撤回。请看清现在撤回的后果，再决定是否确认。")
        raise Stale(sentence % {"status": application.told_status_label})
    perform(application, "withdraw", by=by, note=note)


def _pressed_again(application: Application, seen_sha256: str) -> Snapshot:
    live = application.snapshot
    if live is None or live.data.get("commitment", {}).get("content_sha256") != seen_sha256:
        raise IllegalMove(_("申报已经提交，不能重复提交不同的内容。"))
    return live


def _valid(signature: Signature | None, application: Application, content: dossiers.Content) -> Signature:
    """The signature, if it was given for this application on this content in the words of today, and is unused."""
    if signature is None or not unused_signatures(application).filter(pk=signature.pk).exists():
        raise Refused([_("尚未签署承诺。请阅读承诺内容并签名后再提交。")])
    words = applicant_words_sha256(application)
    if (signature.content_sha256, signature.words_sha256) != (content.sha256, words):
        raise Refused([_("签名之后内容或承诺文本又有改动，原签名已失效。请重新核对并签名后再提交。")])
    return signature


def _commitment(signature: Signature) -> dict[str, Any]:
    """What of a signature is frozen with the content it was given on."""
    return {
        "words": signature.words,
        "words_sha256": signature.words_sha256,
        "signature": {
            "id": str(signature.public_id),
            "how": signature.how,
            "name": signature.name,
            "image_sha256": signature.image.sha256 if signature.image else "",
            "signed_at": signature.signed_at.isoformat(timespec="seconds"),
        },
    }


def _freeze(application: Application, content: dossiers.Content) -> Snapshot:
    moment = clock.now()
    before = application.snapshots.order_by("-revision").first()
    application.snapshots.filter(live=True).update(live=False)
    snapshot = Snapshot.objects.create(
        application=application,
        revision=before.revision + 1 if before else 1,
        content=content.text,
        sha256=content.sha256,
        policy_id=application.round.policy_id,
        policy_sha256=application.round.policy_sha256,
        identity_masked=content.data["applicant"]["identity"],
        taken_at=moment,
    )
    application.snapshot = snapshot
    application.number = application.number or f"SB{application.round.year}{application.pk:08d}"
    application.submitted_by = application.applicant
    application.submitted_at = clock.arrived()
    application.save(update_fields=["snapshot", "number", "submitted_by", "submitted_at"])
    return snapshot


def _lay_steps(application: Application, snapshot: Snapshot) -> None:
    """The rows of this revision: the pack's route, with the organisation that each level falls to."""
    route = catalog.get(application.round.policy_id).procedure.steps
    steps = [
        ApprovalStep(
            application=application,
            revision=snapshot.revision,
            order=order,
            kind=step.kind,
            organization=_organization(application, step.kind),
        )
        for order, step in enumerate(route, 1)
    ]
    steps[0].state, steps[0].opened_at = StepState.OPEN, clock.now()
    ApprovalStep.objects.bulk_create(steps)


def _organization(application: Application, kind: str) -> Organization:
    if kind == StepKind.EMPLOYER:
        return application.employer
    if kind == StepKind.OFFICE:
        return application.round.office
    above = application.employer.parent
    while above is not None and above.kind != OrganizationKind.SUPERVISING_BODY:
        above = above.parent
    if above is None:
        raise Refused(
            [
                _("用人单位“%(name)s”没有登记主管部门，请单位人事联系职称办登记后再提交。")
                % {"name": application.employer.name}
            ]
        )
    return above


def _unfilled(application: Application, page: Section) -> str:
    if not page.required:
        told = {"section": page.title, "clause": asked_sections.of_everybody(application, page)}
        return _("“%(section)s”尚未填写。本批次每位申报人都须填写（%(clause)s）。") % told
    if page.none_allowed:
        return _("“%(section)s”尚未填写；没有相应内容的，请在该页声明没有。") % {"section": page.title}
    return _("“%(section)s”尚未填写。") % {"section": page.title}


def _record_gaps(application: Application, page: Section, record: dossiers.Record) -> list[str]:
    part = part_of(record.kind, application.round)
    missing = [str(field.label) for field in part.fields if field.required and _value(record, field) in (None, "")]
    found = []
    if missing:
        found.append(
            _("“%(section)s”中“%(what)s”未填：%(fields)s。")
            % {"section": page.title, "what": part.label, "fields": "、".join(missing)}
        )
    if record.unread:
        found.append(
            _("“%(section)s”中“%(what)s”有填写后没有通过检查的内容，请打开该条更正。")
            % {"section": page.title, "what": part.label}
        )
    if lacking := _lacking_documents(application, record):
        found.append(
            _("“%(section)s”中“%(what)s”缺少材料：%(lacking)s。已经上传的，请在该条注明它是哪一种材料。")
            % {
                "section": page.title,
                "what": title_of(part, record.facts, record.details),
                "lacking": "；".join(lacking),
            }
        )
    elif page.slot is not None and page.slot.required and not record.evidence:
        found.append(
            _("“%(section)s”中“%(what)s”缺少材料：%(slot)s。")
            % {"section": page.title, "what": part.label, "slot": page.slot.label}
        )
    if (clause := clause_tags.demanded(application, record.kind)) and not record.clauses:
        found.append(
            _("“%(section)s”中“%(what)s”没有标明符合资格条件的哪一条款，请打开该条标明。依据：%(clause)s。")
            % {"section": page.title, "what": title_of(part, record.facts, record.details), "clause": clause}
        )
    return found


def _lacking_documents(application: Application, record: dossiers.Record) -> list[str]:
    """What the round's notice demands of the record and no file is, clause by clause."""
    there = {str(piece["document"]) for piece in record.evidence}
    by_clause: dict[str, list[str]] = {}
    for one in asked_documents.of_record(application, record.kind, record.facts, record.details, there).lacking:
        by_clause.setdefault(one.cited, []).append(one.label)
    return [f"{'、'.join(names)}（{clause}）" for clause, names in by_clause.items()]


def _value(record: dossiers.Record, field: Field) -> object:
    value: object = record.facts if field.fact else record.details
    for name in field.name.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value
