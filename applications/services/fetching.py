"""Fetching a record from who holds it: after the person's consent, on the record, marked as fetched."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from applications import sections
from applications.connectors import Answer, Away, Connector, ConnectorError, Question
from applications.connectors.codes import CodeError, check, check_expiry
from applications.errors import Refused
from applications.fetched import marking
from applications.models import Application, ArchiveItem
from applications.records import KINDS, RecordError
from applications.services.archive import add_item, change_item
from applications.services.completeness import lacking_in
from applications.services.drafts import take_in
from applications.services.openness import require_open
from applications.services.portrait import Frame, set_portrait
from portal import audit, clock, files, identity
from portal.chinese_dates import cn_date
from portal.models import IdentityDocument, User
from portal.outside_transactions import outside_transactions

SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class _Fetch:
    connector: Connector
    question: Question
    answer: Answer


def fetch_record(
    *,
    by: User,
    connector: Connector,
    consented: bool,
    code: str = "",
    expires_on: date | None = None,
    item: ArchiveItem | None = None,
    application: Application | None = None,
) -> ArchiveItem:
    """Fetches a record of the person's own into the archive, and into the application at hand.

    `item` is the record to fill; without it the one of its kind, or that of the same code, or a new one.

    Raises:
        Refused: no consent, a code that cannot be used, no identity document, an archive that is not complete where the
            connector wants it so, not the owner, the application is away.
        ConnectorError: nothing was found, or nobody answered.
    """
    if application is not None:
        require_open(application, by, section=sections.of_kind(connector.kind).key, item=item)
    _require_sound(connector, consented, code, expires_on)
    if connector.when_complete and (lacking := lacking_in(by)):
        raise Refused(told for _section, told in lacking)
    question = _question(by, connector, application, check(code) if connector.needs_code else "", expires_on)
    try:
        answer = ask(connector, question)
        if answer.picture:
            return _store_portrait(by, connector, answer)
        return _store(by, _Fetch(connector, question, answer), item, application)
    except ConnectorError as error:
        _log(by, connector, outcome=type(error).__name__)
        raise


@outside_transactions
def ask(connector: Connector, question: Question, *, seconds: float = SECONDS) -> Answer:
    """The connector's answer in good time, whatever it does: one that hangs is left to itself.

    Raises:
        ConnectorError: as the connector says; Away where it takes too long or breaks down.
    """
    given: list[Answer | Exception] = []

    def run() -> None:
        try:
            given.append(connector.fetch(question, timeout=seconds))
        except Exception as error:  # noqa: BLE001  a foreign system may fail in any way
            given.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    result = given[0] if given else None
    if isinstance(result, ConnectorError):
        raise result
    if not isinstance(result, Answer):
        raise Away(str(connector.source)) from result
    return result


def _require_sound(connector: Connector, consented: bool, code: str, expires_on: date | None) -> None:
    faults = []
    if not consented:
        told = _("尚未同意向%(source)s查询本人的信息，没有获取任何内容。请阅读说明并勾选同意后再获取。")
        faults.append(told % {"source": connector.source})
    if connector.needs_code:
        try:
            check(code)
            if expires_on is not None:
                check_expiry(expires_on, clock.today())
        except CodeError as error:
            faults.append(str(error))
    if faults:
        raise Refused(faults)


def _question(
    by: User, connector: Connector, application: Application | None, code: str, expires_on: date | None
) -> Question:
    employer = application.employer if application else None
    return Question(
        name=by.name,
        today=clock.today(),
        employer=employer.name if employer else "",
        employer_uscc=employer.uscc if employer else "",
        code=code,
        expires_on=expires_on,
        identity_number=_identity_number(by, connector) if connector.needs_identity else "",
    )


def _identity_number(by: User, connector: Connector) -> str:
    try:
        return identity.reveal(by, by=by, reason=_("经本人同意向%(source)s查询") % {"source": connector.source})
    except IdentityDocument.DoesNotExist:
        raise Refused([_("还没有登记身份证件，不能查询。请先在“个人信息”中登记。")]) from None


def _store_portrait(by: User, connector: Connector, answer: Answer) -> ArchiveItem:
    """The file is called by who gave it and when: a picture has no words in which a record could say so."""
    told = {"source": connector.source, "day": cn_date(clock.today())}
    try:
        name = _("照片（%(source)s，%(day)s获取）.jpg") % told
        item = set_portrait(by=by, upload=BytesIO(answer.picture), frame=Frame(), name=name)
    except files.Refused as refused:
        raise ConnectorError(str(refused)) from refused
    _log(by, connector, outcome="fetched", target=str(item.public_id))
    return item


@transaction.atomic
def _store(by: User, fetch: _Fetch, item: ArchiveItem | None, application: Application | None) -> ArchiveItem:
    """Every record that was answered; the first of them is returned. Several fill none but those called like them."""
    several = KINDS[fetch.connector.kind].many and not fetch.question.code
    first = _store_one(by, fetch, None if several else item, application)
    for answer in fetch.answer.more:
        _store_one(by, replace(fetch, answer=answer), None, application)
    _log(by, fetch.connector, outcome="fetched", target=str(first.public_id))
    return first


def _store_one(by: User, fetch: _Fetch, item: ArchiveItem | None, application: Application | None) -> ArchiveItem:
    connector, answer = fetch.connector, fetch.answer
    details = {**answer.details, **_code_details(fetch.question)}
    item = item or _known(by, fetch)
    try:
        if item is None:
            item = add_item(owner=by, kind=connector.kind, facts=answer.facts, details=details, application=application)
        else:
            item = _brought_up_to_date(by, item, answer.facts, details, application)
    except RecordError as error:
        told = _("%(source)s所答的内容无法识别，没有保存。请自己填写并上传证明。")
        raise ConnectorError(told % {"source": connector.source}) from error
    item.fetched = marking(
        item, source=str(connector.source), at=clock.now(), by=by.name, is_stand_in=connector.is_stand_in
    )
    ArchiveItem.objects.filter(pk=item.pk).update(fetched=item.fetched)
    return item


def _brought_up_to_date(
    by: User,
    item: ArchiveItem,
    facts: Mapping[str, Any],
    details: Mapping[str, Any],
    application: Application | None,
) -> ArchiveItem:
    """What was answered takes the place of what stood there; the rest stays as the person wrote it."""
    if application is not None:
        take_in(application=application, item=item, by=by)
    return change_item(
        item=item,
        by=by,
        facts={**item.facts, **facts},
        details={**item.details, **details},
        unread={name: text for name, text in item.unread.items() if name not in {*facts, *details}},
    )


def _code_details(question: Question) -> Mapping[str, Any]:
    if not question.code:
        return {}
    expiry = {"verification_expires_on": question.expires_on.isoformat()} if question.expires_on else {}
    return {"verification_code": question.code, **expiry}


def _known(owner: User, fetch: _Fetch) -> ArchiveItem | None:
    """The record that the answer belongs into: asked again, it is brought up to date.

    Of a kind of which there are several it goes by the code, or by what the record is called.
    """
    kind, code = fetch.connector.kind, fetch.question.code
    kept = ArchiveItem.objects.visible_to(owner).kept().filter(owner=owner, kind=kind)
    if code:
        return kept.filter(details__verification_code=code).first()
    if KINDS[kind].many:
        title = fetch.answer.details.get("title")
        return kept.filter(details__title=title).first() if title else None
    return kept.first()


def _log(by: User, connector: Connector, *, outcome: str, target: str = "") -> None:
    """Every question is an entry, answered or not: who was asked by whose consent, never what was said."""
    said = {"source": str(connector.source), "stand_in": connector.is_stand_in, "consented": True, "outcome": outcome}
    scope, named = f"archive:{by.public_id}", target or connector.kind
    audit.record("record.fetch", by=by, scope=scope, kind="archive_item", target=named, change=said)
