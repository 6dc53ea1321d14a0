"""A file reaches those who may see it, from either kind of storage, and says so when it cannot be fetched."""

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from applications.models import Evidence
from portal import content_store, jobs
from portal.models import FileState
from tests.applications.conftest import draft, round_, world  # noqa: F401  fixtures
from tests.storage.service import BUCKET
from tests.storage.test_bucket import closed_port

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def piece(store, draft) -> Evidence:  # noqa: F811  the fixture
    jobs.work_off()
    return Evidence.objects.filter(file__state=FileState.CLEAN).select_related("file")[0]


def address(piece) -> str:
    return reverse("applications:evidence_file", args=[piece.public_id])


def test_a_file_is_served_to_those_who_may_see_it_alone(piece, client, world):  # noqa: F811  the fixture
    with content_store.open_content(piece.file.sha256) as content:
        expected = content.read()
    answers = {}
    for name in ("lin", "wang", "zhou"):
        client.force_login(world.people[name])
        answers[name] = client.get(address(piece))
    client.logout()
    answers["nobody"] = client.get(address(piece))
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "lin": 200, "wang": 404, "zhou": 404, "nobody": 302,
    }  # fmt: skip
    served = answers["lin"]
    assert b"".join(served) == expected
    assert (served["Content-Length"], served["X-Content-Type-Options"]) == (str(len(expected)), "nosniff")


@pytest.fixture
def owner(client, world):  # noqa: F811  the fixture
    client.force_login(world.people["lin"])
    return client


@pytest.mark.parametrize("store", ["bucket"], indirect=True)
def test_a_storage_that_is_down_is_told_with_a_way_out(piece, owner, use_storage):
    use_storage(f"s3://key:secret@127.0.0.1:{closed_port()}/{BUCKET}?tls=off")
    answer = owner.get(address(piece))
    text = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "存放文件的系统暂时没有应答" in text
    assert answer["X-Request-Id"] in text
    assert "127.0.0.1" not in text


@pytest.mark.parametrize("store", ["bucket"], indirect=True)
def test_a_damaged_file_is_told_and_not_served(piece, owner, service):
    key = storages["private"]._normalize_name(piece.file.path)
    service.client().put_object(Bucket=BUCKET, Key=key, Body=b"damaged")
    answer = owner.get(address(piece))
    assert (answer.status_code, answer.has_header("Retry-After")) == (503, False)
    assert "与登记的校验值不一致" in answer.content.decode()


@pytest.mark.parametrize("store", ["directory"], indirect=True)
@pytest.mark.parametrize("name", ["evidence_file", "evidence_page", "evidence_thumbnail"])
def test_a_file_whose_bytes_are_gone_is_told_and_is_no_fault_of_the_page(piece, owner, name):
    storages["private"].delete(piece.file.path)
    answer = owner.get(
        reverse(f"applications:{name}", args=[piece.public_id, *([1] if name == "evidence_page" else [])])
    )
    assert (answer.status_code, "存放的内容缺失" in answer.content.decode()) == (503, True)
