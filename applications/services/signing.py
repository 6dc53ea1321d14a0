"""Signing the commitment: here by hand, on a phone that was led here by a code, or by typing one's name.

A signature is given on one content and one wording. When either changes it stands for nothing any more; nobody takes it
back, and nothing has to.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from applications import commitments, dossiers, signature_picture
from applications.errors import ActError, IllegalMove, Refused
from applications.models import Application, Signature, SigningLink
from portal import audit, clock, devices, files
from portal.models import StoredFile, User

LINK_LIVES = timedelta(minutes=10)
TOKEN_BYTES = 16
HERE, PHONE, TYPED = Signature.How.HERE, Signature.How.PHONE, Signature.How.TYPED
CHANGED = gettext_noop("核对之后内容又有改动，请重新核对全部内容，再签名。")
OTHER_WORDS = gettext_noop("承诺内容已经更新，请重新阅读后再签名。")


class LinkClosed(ActError):  # noqa: N818  an answer to a person, not a fault
    """A link that nobody signs under. `why`: unknown, used, expired, changed or submitted."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Written:
    """What was given as a signature: a PNG as it came, or a name typed; from what kind of browser."""

    picture: bytes = b""
    name: str = ""
    user_agent: str = ""


def sign(*, application: Application, by: User, content_sha256: str, words_sha256: str, written: Written) -> Signature:
    """The applicant signs on the page itself.

    `content_sha256` is the content that was checked (`dossiers.content`), `words_sha256` the commitment as it was read.

    Raises:
        Refused: not the applicant, content or words changed since, no real signature, another name than one's own.
        IllegalMove: the application does not lie with the applicant.
    """
    if application.applicant_id != by.pk:
        raise Refused([_("只有申报人本人可以签署承诺。")])
    with _strokes(application, written) as image, transaction.atomic():
        return _keep(application, content_sha256, words_sha256, written, image, how=HERE)


def open_link(*, application: Application, by: User, content_sha256: str, words_sha256: str) -> str:
    """Makes the token of a link for signing on a phone; links made before are closed. Only its hash is kept.

    Raises as `sign`.
    """
    if application.applicant_id != by.pk:
        raise Refused([_("只有申报人本人可以签署承诺。")])
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.machine_now()
    with transaction.atomic():
        _check(application, content_sha256, words_sha256)
        application.signing_links.all().delete()
        SigningLink.objects.create(
            application=application,
            token_sha256=_digest(token),
            content_sha256=content_sha256,
            words_sha256=words_sha256,
            made_by=by,
            made_at=now,
            expires_at=now + LINK_LIVES,
        )
        _record(application, "application.invite_signature", change={"content": content_sha256, "words": words_sha256})
    return token


def link_of(token: str) -> SigningLink:
    """The link of a token, as long as one may sign under it. Raises LinkClosed."""
    found = SigningLink.objects.select_related("application__applicant", "application__employer", "application__round")
    link = found.filter(token_sha256=_digest(token)).first()
    if link is None:
        raise LinkClosed("unknown")
    if link.used_at is not None:
        raise LinkClosed("used")
    if not link.application.is_editable:
        raise LinkClosed("submitted")
    if link.expires_at <= clock.machine_now():
        raise LinkClosed("expired")
    words = applicant_words_sha256(link.application)
    if (link.content_sha256, link.words_sha256) != (dossiers.content(link.application).sha256, words):
        raise LinkClosed("changed")
    return link


def sign_by_link(*, token: str, written: Written) -> Signature:
    """Whoever holds the applicant's link signs for the applicant, once.

    Raises:
        LinkClosed: used, expired, unknown, or the content has changed.
        Refused: no real signature, another name than the applicant's; the link stays open.
    """
    link = link_of(token)
    with _strokes(link.application, written) as image, transaction.atomic():
        now = clock.machine_now()
        open_still = SigningLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=now)
        if not open_still.update(used_at=now):
            link.refresh_from_db()
            raise LinkClosed("used" if link.used_at else "expired")
        return _keep(link.application, link.content_sha256, link.words_sha256, written, image, how=PHONE)


def unused_signatures(application: Application) -> QuerySet[Signature]:
    """What was signed since the last submission and has not been submitted with.

    After a return everything is signed anew: what another window signed before it serves no more.
    """
    unused = application.signatures.filter(snapshot=None)
    return unused if application.snapshot is None else unused.filter(signed_at__gte=application.snapshot.taken_at)


def standing_signature(application: Application, content: dossiers.Content) -> Signature | None:
    """The last signature that stands for this content in the present words and has not been submitted with."""
    words = applicant_words_sha256(application)
    given = unused_signatures(application).filter(content_sha256=content.sha256, words_sha256=words)
    return given.select_related("image").last()


def applicant_words_sha256(application: Application) -> str:
    """The hash of what the applicant promises, as it reads today."""
    return commitments.sha256_of(commitments.applicant_text(application.round.policy_id))


def link_state(application: Application, content_sha256: str) -> str:
    """How the last link for a content stands: signed under, waiting, or expired; whatever was signed elsewhere."""
    link = application.signing_links.filter(content_sha256=content_sha256).last()
    if link is not None and link.used_at is not None:
        return "signed"
    return "waiting" if link is not None and link.expires_at > clock.machine_now() else "expired"


def has_lapsed(application: Application, standing: Signature | None) -> bool:
    """Whether the applicant has signed since the last submission, and content or words have changed after it."""
    return standing is None and unused_signatures(application).exists()


@contextmanager
def _strokes(application: Application, written: Written) -> Iterator[StoredFile | None]:
    """The strokes, stored before the transaction that signs with them begins; given back where that fails."""
    image = _image(application, written)
    try:
        yield image
    except BaseException:
        if image is not None:
            StoredFile.objects.filter(pk=image.pk).delete()
        raise


def _image(application: Application, written: Written) -> StoredFile | None:
    """The strokes as a stored file; None for a typed name, which must be the applicant's own."""
    if not written.picture:
        if "".join(written.name.split()) != "".join(application.applicant.name.split()):
            # The name itself is not told: a phone without log-in sees it masked.
            raise Refused([_("键入的姓名与申报人的姓名不一致。请键入登记的全名。")])
        return None
    try:
        strokes = signature_picture.cleaned(written.picture)
    except signature_picture.NotASignature as refused:
        raise Refused([str(refused)]) from None
    return files.store_bytes(
        strokes, name="signature.png", content_type="image/png", by=application.applicant, purpose="signature"
    )


def _keep(
    application: Application,
    content_sha256: str,
    words_sha256: str,
    written: Written,
    image: StoredFile | None,
    *,
    how: Signature.How,
) -> Signature:
    _check(application, content_sha256, words_sha256)
    signature = Signature.objects.create(
        application=application,
        content_sha256=content_sha256,
        words=commitments.applicant_text(application.round.policy_id),
        words_sha256=words_sha256,
        how=how if image else TYPED,
        image=image,
        name="" if image else application.applicant.name,
        device=devices.device(written.user_agent),
        signed_by=application.applicant,
        signed_at=clock.now(),
    )
    signed = {"content": content_sha256, "words": words_sha256, "how": signature.how}
    _record(application, "application.sign", change=signed)
    return signature


def _check(application: Application, content_sha256: str, words_sha256: str) -> None:
    """That the application lies with its applicant, and says and promises what was read. Takes its row."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    if not application.is_editable:
        raise IllegalMove(_("申报现为“%(status)s”，不能签名。") % {"status": application.told_status_label})
    if dossiers.content(application).sha256 != content_sha256:
        raise Refused([_(CHANGED)])
    if applicant_words_sha256(application) != words_sha256:
        raise Refused([_(OTHER_WORDS)])


def _record(application: Application, act: str, *, change: Mapping[str, str]) -> None:
    audit.record(
        act,
        by=application.applicant,
        scope=application.scope,
        kind="application",
        target=str(application.public_id),
        change=change,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
