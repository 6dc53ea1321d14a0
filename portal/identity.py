"""Identity documents of people: stored encrypted, found by digest, shown masked, revealed only on the record."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal import audit, clock, crypto, identity_numbers
from portal.composed import Given, composed
from portal.identity_numbers import IdentityNumberError
from portal.models import IdentityDocument, User

__all__ = [
    "IdentityHeldError",
    "IdentityNumberError",
    "IdentityTakenError",
    "find",
    "hold",
    "masked",
    "rename",
    "reveal",
    "set_document",
]

SCOPE = "identity"


class IdentityTakenError(ValueError):
    """The document already belongs to another log-in."""


class IdentityHeldError(ValueError):
    """Who the person is may not be changed now; the sentence says what stands against it."""


Hold = Callable[[User], str]
_holds: list[Hold] = []


def hold(function: Hold) -> Hold:
    """Registers `f(user) -> reason`: a reason keeps a person from changing name and document by themselves.

    What has been filed names one person. Called from an app's `ready()`; works as a decorator.
    """
    if function not in _holds:
        _holds.append(function)
    return function


@transaction.atomic
def rename(user: User, *, name: str, by: User) -> None:
    """Changes a person's name, on the record. The same name is no change.

    Raises:
        IdentityHeldError: something filed bears the former name.
    """
    before = User.objects.get(pk=user.pk).name
    if name == before:
        return
    _require_free(user, by)
    User.objects.filter(pk=user.pk).update(name=name)
    audit.record(
        "people.rename", by=by, scope="people", kind="user", target=str(user.public_id), change={"name": [before, name]}
    )


def set_document(user: User, *, kind: str, number: str, by: User) -> IdentityDocument:
    """Stores a person's document, in place of an earlier one, and records it.

    Args:
        user: whose document it is.
        kind: a value of IdentityKind.
        number: as typed; full-width digits and blanks are put right.
        by: who entered it.

    Raises:
        IdentityNumberError: the number cannot be one of this kind.
        IdentityTakenError: another person's log-in holds it.
        IdentityHeldError: in place of another one, while something filed rests on that.
    """
    plain = identity_numbers.check(kind, number)
    former = IdentityDocument.objects.filter(user=user).first()
    if former is not None and former.digest != digest_of(kind, plain):
        _require_free(user, by)
    values = {
        "kind": kind,
        "number": crypto.encrypt(plain),
        "digest": digest_of(kind, plain),
        "masked": identity_numbers.mask(plain),
        "recorded_at": clock.now(),
    }
    try:
        with transaction.atomic():
            document, is_new = IdentityDocument.objects.update_or_create(user=user, defaults=values)
            audit.record(
                "identity.set" if is_new else "identity.change",
                by=by, scope=SCOPE, kind="user", target=str(user.public_id),
                change={"kind": kind, "masked": document.masked},
            )  # fmt: skip
    except IntegrityError as error:
        raise IdentityTakenError(
            _(
                "该证件号码已被其他账号使用。如果是您本人的另一个账号，请用该账号登录；否则请联系本单位人事或评审办核实。"
            )
        ) from error
    return document


def _require_free(user: User, by: User) -> None:
    if by.pk == user.pk and (reasons := [reason for asked in _holds if (reason := asked(user))]):
        raise IdentityHeldError("".join(reasons))


def masked(user: User) -> str:
    """The masked number, `120101********1234`; empty where none is stored."""
    return next(iter(_masked(user.pk)), "")


@composed
def _masked(user: Given) -> QuerySet[IdentityDocument, str]:
    return IdentityDocument.objects.filter(user=user).order_by("pk").values_list("masked", flat=True)[:1]


def find(kind: str, number: str) -> User | None:
    """The person with this document. Raises IdentityNumberError."""
    digest = digest_of(kind, identity_numbers.check(kind, number))
    document = IdentityDocument.objects.select_related("user").filter(digest=digest).first()
    return document.user if document else None


@transaction.atomic
def reveal(user: User, *, by: User, reason: str) -> str:
    """The whole number, for one look; the look is an audit entry. The caller checks Permission.REVEAL_IDENTITY.

    Raises:
        IdentityDocument.DoesNotExist: nothing is stored.
        ValueError: without a reason.
    """
    if not reason.strip():
        raise ValueError(_("请填写查看完整证件号码的理由。"))
    document = IdentityDocument.objects.get(user=user)
    audit.record(
        "identity.reveal", by=by, scope=SCOPE, kind="user", target=str(user.public_id),
        change={"masked": document.masked}, reason=reason,
    )  # fmt: skip
    return crypto.decrypt(document.number)


def digest_of(kind: str, plain: str) -> str:
    """The keyed digest that finds a normalised number.

    A work permit is renewed, so the passport before the slash alone is what names the person.
    """
    return crypto.digest(f"{kind}:{plain.partition('/')[0]}")
