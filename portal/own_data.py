"""Everything that the portal holds of a person, as one ZIP: ordered by them, made by a job, theirs alone, gone in days.

Each app puts in what it holds: a part is a function that yields names and contents, registered when the app is loaded.
"""

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import IO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import audit, clock, content_store, files, jobs, notifications
from portal.chinese_dates import cn_date, cn_datetime
from portal.models import FileState, OwnDataOrder, OwnDataState, StoredFile, User
from portal.outside_transactions import outside_transactions

KIND = "portal.own_data"
KEPT = timedelta(days=7)
BETWEEN = timedelta(days=1)
ZIP = "application/zip"
# Fixed, so that the same data make the same bytes.
STAMP = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 20

notifications.register(
    "portal.own_data_ready",
    "您申请的本人资料可以下载",
    "系统中关于您的资料已打包，保存到 {until}，请登录系统在“个人信息”的“下载本人资料”中下载。只有您本人能下载。",
    ["until"],
)

Content = bytes | IO[bytes]
Part = Callable[[User], Iterator[tuple[str, Content]]]
_parts: list[Part] = []


class TooSoon(ValueError):  # noqa: N818  an answer to a person, not a fault
    """Another one was ordered a short while ago; the sentence says when the next may be."""


def part(function: Part) -> Part:
    """Registers `f(person)` that yields (name in the ZIP, content); from an app's `ready()`."""
    if function not in _parts:
        _parts.append(function)
    return function


def as_json(data: object) -> bytes:
    """JSON as a person can open it."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=str).encode()


def bytes_of(stored: StoredFile) -> IO[bytes] | None:
    """The bytes of a clean file; None where they are lost, which must not keep the rest from its person."""
    try:
        return files.open_clean(stored)
    except content_store.DamagedError:
        return None


def orders_of(person: User) -> list[OwnDataOrder]:
    return list(OwnDataOrder.objects.filter(person=person).select_related("file")[:20])


@transaction.atomic
def order(*, by: User) -> OwnDataOrder:
    """Orders the person's own data. Raises TooSoon within a day of an order that came, or will come, to something."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    lately = OwnDataOrder.objects.filter(person=by, ordered_at__gt=clock.now() - BETWEEN)
    former = lately.exclude(state=OwnDataState.FAILED).first()
    if former is not None:
        raise TooSoon(
            _("每 24 小时可以申请一次，您已在 %(at)s 申请。下一次请在 %(next)s 之后。")
            % {"at": cn_datetime(former.ordered_at), "next": cn_datetime(former.ordered_at + BETWEEN)}
        )
    made = OwnDataOrder.objects.create(person=by)
    audit.record("own_data.order", by=by, scope="people", kind="own_data", target=str(made.public_id))
    jobs.enqueue(KIND, payload={"order": made.pk}, key=f"{KIND}:{made.pk}", by=by)
    return made


def make(order_id: int) -> None:
    """Packs the ZIP of an order and tells its person; an order that has come to something is left alone."""
    waiting = OwnDataOrder.objects.filter(pk=order_id, state=OwnDataState.QUEUED)
    ordered = waiting.select_related("person").first()
    if ordered is None:
        return
    sha256, size = _packed(ordered.person)
    with transaction.atomic():
        until = clock.now() + KEPT
        stored = StoredFile.objects.create(
            name=_("本人资料.zip"), content_type=ZIP, size=size, sha256=sha256, received_sha256=sha256,
            purpose="own_data", state=FileState.CLEAN, received_by=ordered.person, checked_at=clock.now(),
        )  # fmt: skip
        if not waiting.update(state=OwnDataState.READY, file=stored, expires_at=until):
            stored.delete()
            return
        notifications.notify(
            ordered.person,
            "portal.own_data_ready",
            {"until": cn_date(until.astimezone(clock.ZONE).date())},
            organization=None,
            link=reverse("portal:own_data"),
            dedupe=f"own_data:{ordered.public_id}",
        )


def give_up(order_id: int) -> None:
    OwnDataOrder.objects.filter(pk=order_id, state=OwnDataState.QUEUED).update(state=OwnDataState.FAILED)


def take_up(order_id: int) -> None:
    OwnDataOrder.objects.filter(pk=order_id, state=OwnDataState.FAILED).update(state=OwnDataState.QUEUED)


def is_open(ordered: OwnDataOrder) -> bool:
    """Whether the ZIP may still be fetched: its days count, not the night that takes it away."""
    return ordered.state == OwnDataState.READY and ordered.expires_at is not None and clock.now() < ordered.expires_at


def expire() -> int:
    """Lets go of every ZIP whose days are over; its bytes go with the night's purge. How many went."""
    gone = 0
    for ordered in OwnDataOrder.objects.filter(state=OwnDataState.READY, expires_at__lte=clock.now()):
        stored = ordered.file
        with transaction.atomic():
            if OwnDataOrder.objects.filter(pk=ordered.pk, state=OwnDataState.READY).update(
                state=OwnDataState.EXPIRED, file=None
            ):
                if stored is not None:
                    stored.delete()
                gone += 1
    return gone


@outside_transactions
def _packed(person: User) -> tuple[str, int]:
    with tempfile.TemporaryFile() as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
            for function in _parts:
                for name, content in function(person):
                    _add(bundle, name, content)
        packed.seek(0)
        return content_store.put(packed)


def _add(bundle: zipfile.ZipFile, name: str, content: Content) -> None:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    if isinstance(content, bytes):
        bundle.writestr(entry, content)
        return
    with content, bundle.open(entry, "w", force_zip64=True) as target:
        while chunk := content.read(CHUNK):
            target.write(chunk)
