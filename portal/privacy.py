"""The privacy notice, and a person's agreement to each of the things it asks separately.

Identity data and evidence are agreed to and withdrawn one by one: neither is had together with the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal import audit, clock
from portal.models import Consent, User

# Raise with every change of templates/portal/privacy.html that touches what is agreed to; all are then asked anew.
VERSION = "2026-01"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What is agreed to by itself: what it covers, and what it means to withdraw it."""

    key: str
    title: Promise
    covers: Promise
    withdrawn: Promise


IDENTITY, EVIDENCE = "identity", "evidence"
PURPOSES: tuple[Purpose, ...] = (
    Purpose(
        IDENTITY,
        _("身份信息"),
        _(
            "证件类型和号码、照片、出生日期、联系方式：确认是您本人，与您联系，并记入评审表和证书。证件号码是敏感个人信息。"
        ),
        _(
            "撤回后，不再用证件和照片办理新的申报，也不能登记或更正证件，直到重新同意；"
            "已提交的申报、已发的证书仍按规定办理和留存。"
        ),
    ),
    Purpose(
        EVIDENCE,
        _("申报材料"),
        _("学历、任职、考核、业绩等内容和您上传的文件：供各级审核单位核对，供抽到的评审专家评审。"),
        _(
            "撤回后，不能提交新的申报；尚未提交的草稿和档案只有您自己能看，可以随时删除。"
            "已提交的申报按规定办完，确需停止的请先在“我的申报”中撤回申报。"
        ),
    ),
)
KEYS = tuple(purpose.key for purpose in PURPOSES)


def agreed_to(user: User) -> set[str]:
    """The purposes whose present version the person has agreed to and not withdrawn."""
    standing = Consent.objects.filter(user=user, document__in=KEYS, version=VERSION, withdrawn_at=None)
    return set(standing.values_list("document", flat=True))


def missing(user: User, purposes: Iterable[str] = KEYS) -> list[Purpose]:
    """What is asked for and not agreed to, in the notice's order."""
    given, asked = agreed_to(user), set(purposes)
    return [purpose for purpose in PURPOSES if purpose.key in asked - given]


def has_agreed(user: User, *purposes: str) -> bool:
    """Whether the person has agreed to these purposes; to all that the notice asks where none is named."""
    return not missing(user, purposes or KEYS)


def agree(*, by: User, purposes: Iterable[str] = KEYS) -> list[Consent]:
    """Records the person's agreement to the present version; agreeing again after a withdrawal renews it."""
    with transaction.atomic():
        return [_agree(by, purpose) for purpose in _known(purposes)]


def withdraw(*, by: User, purposes: Iterable[str] = KEYS) -> bool:
    """Withdraws the person's agreement from now on; whether there was any."""
    with transaction.atomic():
        return sum(_withdraw(by, purpose) for purpose in _known(purposes)) > 0


def _agree(by: User, purpose: str) -> Consent:
    consent, made = Consent.objects.get_or_create(user=by, document=purpose, version=VERSION)
    if made or consent.withdrawn_at is not None:
        if not made:
            consent.given_at, consent.withdrawn_at = clock.now(), None
            consent.save(update_fields=["given_at", "withdrawn_at"])
        _record("privacy.agree", by, purpose)
    return consent


def _withdraw(by: User, purpose: str) -> bool:
    moved = Consent.objects.filter(user=by, document=purpose, version=VERSION, withdrawn_at=None).update(
        withdrawn_at=clock.now()
    )
    if moved:
        _record("privacy.withdraw", by, purpose)
    return bool(moved)


def _known(purposes: Iterable[str]) -> list[str]:
    """The purposes there are, in the notice's order; KeyError names another one."""
    asked = set(purposes)
    if strange := asked - set(KEYS):
        raise KeyError(min(strange))
    return [key for key in KEYS if key in asked]


def _record(act: str, by: User, purpose: str) -> None:
    audit.record(act, by=by, scope="people", kind="consent", target=f"{by.public_id}/{purpose}/{VERSION}")
