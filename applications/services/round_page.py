"""What the office puts on a round's page: words, telephones, papers to download."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from applications.errors import Refused
from applications.models import Round, RoundContent, RoundPaper
from portal import access, audit, clock, files
from portal.models import User
from portal.roles import Permission

# Manuals have pictures in them; the pack's limit is for applicants' evidence.
PAPERS = files.FileLimits(types=("application/pdf", "image/jpeg", "image/png"), max_bytes=10 << 20)
MOST_PAPERS = 30


@dataclass(frozen=True, slots=True)
class Words:
    notice_title: str = ""
    notice_number: str = ""
    notice_url: str = ""
    plan: str = ""
    preparation: str = ""
    contacts: str = ""


@transaction.atomic
def set_content(*, round: Round, words: Words, by: User) -> RoundContent:  # noqa: A002  the term
    """Sets the words of a round's page; they show at once.

    Raises:
        Refused: a line of the telephones without a number.
    """
    access.require(by, Permission.MANAGE_ROUND, round.office)
    if faults := _telephone_faults(words.contacts):
        raise Refused(faults)
    said = asdict(words)
    before = RoundContent.objects.select_for_update().filter(round=round).values(*said).first() or asdict(Words())
    content, _is_new = RoundContent.objects.update_or_create(
        round=round, defaults={**said, "changed_by": by, "changed_at": clock.now()}
    )
    changed = {name: [before[name], text] for name, text in said.items() if before[name] != text}
    _record(round, "round.set_content", by=by, change=changed)
    return content


def add_paper(
    *,
    round: Round,  # noqa: A002  the term
    kind: str,
    title: str,
    upload: UploadedFile | BinaryIO,
    name: str,
    by: User,
) -> RoundPaper:
    """Offers a manual or a form; it can be opened once its check has passed. Read before the transaction begins.

    Raises:
        files.Refused: neither PDF nor picture, or too large.
        Refused: there are as many papers as a page bears.
    """
    access.require(by, Permission.MANAGE_ROUND, round.office)
    if round.papers.kept().count() >= MOST_PAPERS:
        raise Refused([_("每个批次最多提供 %(most)d 份资料，请先移除不用的资料。") % {"most": MOST_PAPERS}])
    with (
        files.received(upload, by=by, name=name, limits=PAPERS, purpose="round") as stored,
        transaction.atomic(),
    ):
        paper = RoundPaper.objects.create(
            round=round, kind=kind, title=title.strip(), file=stored, added_by=by, added_at=clock.now()
        )
        _record(round, "round.add_paper", by=by, change={"title": paper.title, "sha256": stored.received_sha256})
    return paper


@transaction.atomic
def remove_paper(*, paper: RoundPaper, by: User) -> None:
    """Offers a paper no more."""
    access.require(by, Permission.MANAGE_ROUND, paper.round.office)
    if not RoundPaper.objects.filter(pk=paper.pk, removed_at__isnull=True).update(removed_at=clock.now()):
        raise Refused([_("这份资料已经移除。")])
    _record(paper.round, "round.remove_paper", by=by, change={"title": paper.title})


def _telephone_faults(contacts: str) -> list[str]:
    lines = [line.split() for line in contacts.splitlines() if line.strip()]
    return [
        _("咨询电话的“%(line)s”一行不完整：请先写单位或事项，空一格，再写号码，例如“职称办 022-00000000”。")
        % {"line": " ".join(words)}
        for words in lines
        if len(words) < 2 or sum(sign.isdigit() for sign in words[-1]) < 3
    ]


def _record(round_: Round, act: str, *, by: User, change: Mapping[str, object]) -> None:
    audit.record(
        act,
        by=by,
        scope=f"round:{round_.public_id}",
        kind="round",
        target=str(round_.public_id),
        change=change,
        organization=round_.office,
    )
