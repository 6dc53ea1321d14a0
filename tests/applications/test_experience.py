"""Jiangxi's experience: its kind is chosen first, then its content is entered, and the proofs asked for are the kind's."""

from collections.abc import Iterator

import pytest
from django.test import Client

from applications import services, wording
from applications.models import Application, ArchiveItem
from portal import clock
from tests.applications import provincial
from tests.applications.pages import address, words

CONTENT = {"post-from": "2015-07-01", "post-scope": "specialty", "post-unit": "示范公司", "post-position": "工程师"}


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.frozen(provincial.IN_JUNE):
        yield


@pytest.fixture
def draft(world) -> Application:
    return provincial.open_draft(world)


@pytest.fixture
def lin(draft, enter) -> Client:
    return enter("lin")


def own_post(draft: Application) -> ArchiveItem:
    return ArchiveItem.objects.kept().get(owner=draft.applicant, kind="post")


@pytest.mark.duty("JX81-028")
def test_the_kind_is_asked_first_then_the_content_then_the_proofs_of_that_kind(draft, lin):
    add = address("item_add", draft.public_id, "posts", "post")
    first = lin.get(add)
    assert [str(label) for label in wording.EXPERIENCE.values() if str(label) not in words(first)] == []
    assert "余人社字〔2023〕81号 正文三(五)" in words(first)
    assert "form" not in (first.context or {})

    second = lin.get(add, {"category": "testing"})
    form = second.context["page"].form
    assert (next(iter(form.fields)), form["category"].value()) == ("category", "testing")

    lin.post(f"{add}?category=testing", {**CONTENT, "kind": "post", "post-category": "testing"})

    item = own_post(draft)
    assert item.details["category"] == "testing"
    page = words(lin.get(address("item_change", draft.public_id, item.public_id)))
    assert "担任产品检测负责人：任职文件或单位证明，各页完整上传。" in page
    assert "缺少 与经历对应的文件或证明 〔正文三(五)〕" in page


@pytest.mark.duty("JX81-028")
def test_an_experience_without_its_kind_is_not_submitted(draft, lin):
    services.add_item(
        owner=draft.applicant, kind="post", application=draft,
        facts={"from": "2015-07-01", "scope": "specialty"}, details={"unit": "示范公司", "position": "工程师"},
    )  # fmt: skip

    told = words(lin.get(address("application_check", draft.public_id)))
    assert "“工作经历”中“工作经历”未填：工作经历类别。" in told
    item = own_post(draft)
    form = lin.get(address("item_change", draft.public_id, item.public_id)).context["page"].form
    assert form.fields["category"].label == "工作经历类别（必填）"

    services.change_item(
        item=item, facts=item.facts, details={**item.details, "category": "renovation"}, by=draft.applicant
    )

    assert "未填：工作经历类别" not in words(lin.get(address("application_check", draft.public_id)))


def test_a_kind_that_is_none_asks_again(draft, lin):
    add = address("item_add", draft.public_id, "posts", "post")
    assert "下一步：填写经历" in words(lin.get(add, {"category": "cooking"}))


def test_what_is_typed_for_the_proofs_follows_the_kind(draft, lin):
    item = services.add_item(
        owner=draft.applicant, kind="post", application=draft, facts={}, details={"category": "papers"}
    )
    change = address("item_change", draft.public_id, item.public_id)
    typed = {"kind": "post", "keep": "yes", "post-category": "new_product", "seen": item.content_sha256}

    answer = lin.post(change, typed, headers={"accept": "application/json"}).json()

    assert "新产品研发：项目中与本人有关的证明" in answer["slot"]["asked"]
    assert "文件、纪要各页" not in answer["slot"]["asked"]
