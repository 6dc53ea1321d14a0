"""What an employer is told on its pages, and what its denial of a record does."""

import pytest

from applications import dossiers
from applications.models import Round
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
