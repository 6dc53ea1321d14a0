"""The commitment and its signature: on which words, on which content, how it lapses, and what is frozen of it."""

import re
from datetime import date, timedelta

import pytest

from applications import commitments, dossiers, services
from applications.commitments import APPLICANT
from applications.errors import IllegalMove, Refused
from applications.models import Signature, Snapshot
from demo import make_signature
from portal import clock
from portal.models import AuditEntry, StoredFile
from rules import catalog
from tests.applications import walk
from tests.applications.pages import address, words
from tests.applications.strokes import png, sent

AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.61 Safari/537.36"


def given(application, **changes) -> dict[str, str]:
    """What the page sends."""
    hashes = {
        "seen_sha256": dossiers.content(application).sha256,
        "words_sha256": services.applicant_words_sha256(application),
    }
    return hashes | changes


def change(application, text="改动") -> None:
    item = application.items.get(kind="summary")
    services.change_item(item=item, facts={}, details={"text": text}, by=application.applicant)


@pytest.mark.parametrize("policy", sorted(catalog.ids()))
def test_every_pack_has_words_for_what_its_notice_has_signed(policy):
    asked = [one.label for one in catalog.get(policy).procedure.commitments if one.who == "applicant"]
    signed = commitments.of_applicant(policy)

    assert [one.title for one in signed] == ["申报承诺", *asked]
    assert signed[0].clauses == APPLICANT
    assert [one.title for one in signed[1:] if not one.basis or one.title not in commitments.NAMED] == []
    text = commitments.applicant_text(policy)
    assert [clause for one in signed for clause in (one.title, *one.clauses) if clause not in text] == []


def test_a_commitment_that_has_no_words_yet_is_promised_by_its_name(monkeypatch):
    monkeypatch.setattr(commitments, "NAMED", {})
    (_common, other) = commitments.of_applicant("tianjin-lithium-2022")
    assert other.clauses == ("本人已了解并作出《继续教育完成情况承诺》所要求的承诺。",)


@pytest.mark.duty("TJ23-035")
def test_the_page_shows_the_words_the_clause_and_the_contents_hash(draft, enter):
    seen = dossiers.content(draft).sha256
    page = words(enter("lin").get(address("application_submit", draft.public_id), {"seen": seen}))

    for one in commitments.of_applicant(draft.round.policy_id):
        assert [clause for clause in (one.title, one.basis, *one.clauses) if clause not in page] == []
    assert f"内容校验码 {seen[:12]}" in page
    assert "提交申报" not in page


def test_signed_by_hand_shown_and_submitted_with(draft, enter):
    client = enter("lin")
    sign = address("application_sign", draft.public_id)
    seen = dossiers.content(draft).sha256

    signed = client.post(sign, given(draft, picture=sent()), headers={"user-agent": AGENT})
    assert signed.headers["Location"] == address("application_submit", draft.public_id) + f"?seen={seen}"
    page = client.get(signed.headers["Location"])
    assert ("本机手写" in words(page), "Chrome · Windows" in words(page), "提交申报" in words(page)) == (True,) * 3
    assert re.search(r'<img class="signature" src="data:image/png;base64,[A-Za-z0-9+/=]+"', page.content.decode())

    (signature,) = draft.signatures.all()
    assert (signature.how, signature.name, signature.device) == ("here", "", "Chrome · Windows")
    client.post(address("application_submit", draft.public_id), {"seen_sha256": seen})
    signature.refresh_from_db()
    snapshot = Snapshot.objects.get(application=draft)
    assert signature.snapshot == snapshot
    assert snapshot.data["commitment"] == {
        "content_sha256": seen,
        "words": commitments.applicant_text(draft.round.policy_id),
        "words_sha256": commitments.sha256_of(signature.words),
        "signature": {
            "id": str(signature.public_id),
            "how": "here",
            "name": "",
            "image_sha256": signature.image.sha256,
            "signed_at": signature.signed_at.isoformat(timespec="seconds"),
        },
    }
    without = {key: value for key, value in snapshot.data.items() if key not in {"commitment", "files"}}
    assert dossiers.sha256(dossiers.canonical(without)) == seen
    assert snapshot.sha256 == dossiers.sha256(snapshot.content) != seen
    entry = AuditEntry.objects.get(act="application.sign")
    assert (seen in entry.change, AGENT in entry.change) == (True, False)


def test_who_does_not_write_types_the_own_name(draft, enter):
    client, sign = enter("lin"), address("application_sign", draft.public_id)

    wrong = client.post(sign, given(draft, name="林申"))
    assert (wrong.status_code, "键入的姓名与申报人的姓名不一致" in words(wrong)) == (409, True)
    nothing = client.post(sign, given(draft))
    assert (nothing.status_code, "请在方框内签写姓名，或键入本人姓名" in words(nothing)) == (422, True)
    assert client.post(sign, given(draft, name=" 林 申报 ")).status_code == 302

    (signature,) = draft.signatures.all()
    assert (signature.how, signature.name, signature.image) == ("typed", "林申报", None)
    page = words(client.get(address("application_submit", draft.public_id), {"seen": signature.content_sha256}))
    assert "键入姓名，2025年3月3日" in page


@pytest.mark.parametrize(
    ("picture", "status", "told"),
    [
        (sent(png()), 409, "签名处是空白的"),
        (sent(b"GIF89a"), 409, "不能识别"),
        ("data:image/png;base64,***", 422, "不能识别"),
        (sent(b"\0" * 300_000), 422, "过大"),
    ],
)
def test_a_picture_that_is_no_signature_signs_nothing(draft, enter, picture, status, told):
    before = StoredFile.objects.count()
    answer = enter("lin").post(address("application_sign", draft.public_id), given(draft, picture=picture))

    assert (answer.status_code, told in words(answer)) == (status, True)
    assert (Signature.objects.count(), StoredFile.objects.count()) == (0, before)


def test_a_signature_lapses_when_the_content_changes_and_the_pages_say_so(draft, enter):
    client = enter("lin")
    check, submit = (address(name, draft.public_id) for name in ("application_check", "application_submit"))
    signature = walk.sign(draft)
    assert "已经失效" not in words(client.get(check))

    change(draft)
    assert "原来的签名已经失效" in words(client.get(check))
    stale = client.get(submit, {"seen": signature.content_sha256}, follow=True)
    assert (stale.request["PATH_INFO"], "核对之后内容又有改动" in words(stale)) == (check, True)
    now = words(client.get(submit, {"seen": dossiers.content(draft).sha256}))
    assert ("原来的签名已经失效" in now, "提交申报" in now) == (True, False)

    again = walk.sign(draft)
    assert services.standing_signature(draft, dossiers.content(draft)) == again
    assert "已经失效" not in words(client.get(check))


def test_words_that_changed_sign_nothing_and_end_what_was_signed(draft, monkeypatch):
    old = given(draft)
    signature = walk.sign(draft)
    monkeypatch.setattr(commitments, "APPLICANT", ("另一句承诺。",))

    assert services.standing_signature(draft, dossiers.content(draft)) is None
    with pytest.raises(Refused, match="承诺内容已经更新"):
        services.sign(
            application=draft,
            by=draft.applicant,
            content_sha256=old["seen_sha256"],
            words_sha256=old["words_sha256"],
            written=services.Written(picture=make_signature.png()),
        )
    with pytest.raises(Refused, match="原签名已失效"):
        services.submit(
            application=draft, by=draft.applicant, seen_sha256=signature.content_sha256, signature=signature
        )


def test_a_signature_is_the_applicants_on_that_application_and_for_one_submission(world, round_, draft):
    with pytest.raises(Refused, match="只有申报人本人"):
        services.sign(
            application=draft,
            by=world.people["wang"],
            content_sha256="",
            words_sha256="",
            written=services.Written(name="林申报"),
        )
    from applications import demo

    other = demo.fill_in(world, round_, applicant="zhou")
    with pytest.raises(Refused, match="尚未签署承诺"):
        services.submit(
            application=draft,
            by=draft.applicant,
            seen_sha256=dossiers.content(draft).sha256,
            signature=walk.sign(other),
        )
    walk.submit(draft)
    with pytest.raises(IllegalMove, match="不能签名"):
        walk.sign(draft)


def test_after_a_return_the_commitment_is_signed_anew(world, draft):
    walk.submit(draft)
    first = draft.signatures.get()
    asked = [{"section": "summary", "text": "请补充"}]
    walk.decide(draft, world.people["wang"], "return", note="不全", corrections=asked, due_on=date(2025, 3, 20))
    draft.refresh_from_db()
    content = dossiers.content(draft)

    assert content.sha256 == first.content_sha256
    assert services.standing_signature(draft, content) is None
    first.refresh_from_db()
    with pytest.raises(Refused, match="尚未签署承诺"):
        services.submit(application=draft, by=draft.applicant, seen_sha256=content.sha256, signature=first)
    walk.submit(draft)
    assert [one.snapshot.revision for one in draft.signatures.all()] == [1, 2]


def test_a_second_signature_left_over_does_not_serve_after_a_return(world, draft):
    """Signed in two windows, submitted once: what lay unused was given before the return, and is not given anew."""
    walk.sign(draft)
    clock.move_to(clock.now() + timedelta(minutes=1))
    walk.submit(draft)
    assert draft.signatures.filter(snapshot=None).count() == 1
    clock.move_to(clock.now() + timedelta(days=1))
    asked = [{"section": "summary", "text": "请补充"}]
    walk.decide(draft, world.people["wang"], "return", note="不全", corrections=asked, due_on=date(2025, 3, 20))
    walk.answer_all(draft)
    content, left_over = dossiers.content(draft), draft.signatures.get(snapshot=None)
    assert content.sha256 == left_over.content_sha256

    standing = services.standing_signature(draft, content)
    assert (standing, services.has_lapsed(draft, standing)) == (None, False)
    with pytest.raises(Refused, match="尚未签署承诺"):
        services.submit(application=draft, by=draft.applicant, seen_sha256=content.sha256, signature=left_over)


def test_strokes_that_sign_nothing_are_not_kept(draft):
    """The content changed between page and press: the picture is personal, and nothing points to it."""
    with pytest.raises(Refused, match="核对之后内容又有改动"):
        services.sign(
            application=draft,
            by=draft.applicant,
            content_sha256="0" * 64,
            words_sha256=services.applicant_words_sha256(draft),
            written=services.Written(picture=make_signature.png()),
        )
    assert not StoredFile.objects.filter(purpose="signature").exists()
