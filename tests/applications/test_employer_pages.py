"""What an employer is told on its pages, and what its denial of a record does."""

import re
from datetime import date

import pytest

from applications import dossiers, services
from applications.models import Round, Verification
from portal.models import Organization
from tests.applications import walk
from tests.applications.pages import address, words


@pytest.fixture
def submitted(draft):
    return walk.submit(draft)


@pytest.mark.duty("TJ39-027")
def test_office_and_employer_are_told_how_titles_and_posts_hang_together(world, round_, submitted, enter):
    offered = f"{address('round_add')}?committee={round_.committee.public_id}&policy=tianjin-engineering-2019"
    generally = "事业单位一般在岗位结构比例内申报 〔正文二(四)2〕"
    later = "取得职称后由用人单位择优聘任，聘后考核，能上能下 〔正文二(四)2〕"
    assert f"{generally} {later}" in words(enter("sun").get(offered))

    where = f"{address('step_decide', submitted.public_id)}?decision=pass"
    private = words(enter("wang").get(where))
    assert "评审通过后，由用人单位聘任 〔正文三(二)〕" in private
    assert "岗位结构比例" not in private
    Organization.objects.filter(pk=submitted.employer_id).update(ownership="public_institution")
    assert "事业单位须在岗位结构比例内申报 〔正文一〕" in words(enter("wang").get(where))
    Round.objects.filter(pk=round_.pk).update(policy_id="tianjin-engineering-2019")
    assert f"{generally} {later}" in words(enter("wang").get(where))


def test_what_was_mended_meanwhile_is_not_confirmed_from_an_old_page(world, submitted, enter):
    """A colleague returned it and it came back: a button of the old page says nothing of what nobody has read."""
    client, page = enter("wang"), address("step_verify", submitted.public_id)
    record = next(record for record in dossiers.frozen(submitted.snapshot) if record.kind == "summary")
    clause = services.attestable(submitted)[0].number
    (old,) = set(re.findall(r'name="seen" value="([0-9a-f]{64})"', client.get(page).content.decode()))
    asked = [{"section": "summary", "text": "请补充。"}]
    walk.decide(submitted, world.people["wang"], "return", note="不全。", corrections=asked, due_on=date(2025, 3, 20))
    item = submitted.items.get(kind="summary")
    services.change_item(item=item, facts={}, details={"text": "改过的总结。"}, by=submitted.applicant)
    submitted.refresh_from_db()
    walk.submit(submitted)

    sent = {
        address("item_verify", submitted.public_id, record.id): {f"{record.id}-confirmed": "yes"},
        address("clause_attest", submitted.public_id): {"clause": clause, "value": "yes"},
    }
    for where, fields in sent.items():
        answer = client.post(where, {**fields, "seen": old})
        assert (answer.status_code, "申报材料已经更新" in words(answer)) == (409, True)
    assert not Verification.objects.exists()
    assert not submitted.attestations.exists()
    for where, fields in sent.items():
        assert client.post(where, {**fields, "seen": submitted.snapshot.sha256}).status_code == 302


@pytest.mark.duty("TJ23-024")
def test_a_paper_written_by_another_is_denied_and_counts_for_nothing(world, submitted, enter):
    paper = next(record for record in dossiers.frozen(submitted.snapshot) if record.kind == "paper")
    client, where = enter("wang"), address("item_verify", submitted.public_id, paper.id)
    reading = address("dossier_detail", submitted.public_id)
    papers = "五(三)6"

    def found() -> tuple[str, str]:
        return next(
            (row.claimed, row.verified) for row in client.get(reading).context["findings"].rows if row.clause == papers
        )

    assert found() == ("met", "open")
    denied = client.post(where, {f"{paper.id}-confirmed": "no", f"{paper.id}-reason": "系他人代写。"})
    assert denied.status_code == 302
    assert "系他人代写。" in words(client.get(reading))
    assert found() == ("met", "unmet")
