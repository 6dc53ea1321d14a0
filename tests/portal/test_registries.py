import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from portal import clock, content_store, files, identity, invariants, jobs, navigation, worklist
from portal.models import IdentityDocument, Job, Organization, StoredFile
from portal.navigation import NavItem
from portal.worklist import WorkItem
from tests.portal import samples

pytestmark = [pytest.mark.embedded, pytest.mark.django_db]


@pytest.fixture
def providers(monkeypatch):
    monkeypatch.setattr(worklist, "_providers", [])
    monkeypatch.setattr(navigation, "_providers", [])


def test_the_to_do_list_shows_what_waits_most_urgent_first(providers, lin):
    later, soon = WorkItem("补正", 1, "/a/", date(2025, 3, 20)), WorkItem("补正", 2, "/b/", date(2025, 3, 10))
    none, first = WorkItem("签收", 0, "/c/"), WorkItem("受理", 3, "/d/", order=1)

    @worklist.register
    def provider(user):
        return [later, soon, none, first]

    worklist.register(provider)
    assert worklist.items_for(lin) == [first, soon, later]


def test_a_page_belongs_to_the_nearest_entry_above_it():
    items = [NavItem("受理", "/office/"), NavItem("批次", "/office/rounds/"), NavItem("公示", "/notices/", public=True)]
    paths = ("/office/", "/office/rounds/1/", "/notices/", "/notices/1/manage/", "/")
    assert [navigation.place_of(path, items) for path in paths] == ["/office/", "/office/rounds/", "/notices/", "", ""]


def test_the_menu_is_in_order_and_without_doubles(providers, lin):
    navigation.register(lambda user: [NavItem("公示", "/notices/", 20)])
    navigation.register(lambda user: [NavItem("我的申报", "/mine/", 10), NavItem("公示公告", "/notices/", 20)])
    assert navigation.items_for(lin) == [NavItem("我的申报", "/mine/", 10), NavItem("公示", "/notices/", 20)]


def test_a_healthy_installation_breaks_nothing(lin, capsys):
    identity.set_document(lin, kind="resident_id", number="120101198503141231", by=lin)
    files.receive(
        io.BytesIO(samples.jpeg()), by=lin, name="a", limits=files.FileLimits(("image/jpeg",), 1 << 20), purpose="x"
    )
    assert invariants.check() == []
    jobs.work_off()
    assert invariants.check() == []
    call_command("check_invariants")


def test_every_breach_is_named(lin, private_files, office):
    Organization.objects.filter(pk=office.pk).update(path=f"/{office.pk}/", region="jiangxi")
    identity.set_document(lin, kind="resident_id", number="120101198503141231", by=lin)
    stored = files.store_bytes(b"x", name="a", content_type="application/pdf", purpose="x")
    assert content_store.exists(stored.sha256)
    IdentityDocument.objects.update(masked="120101198503141231")
    (private_files / stored.path).unlink()
    long_ago = clock.machine_now().replace(year=2020)
    stuck = Job.objects.create(kind="x", run_after=long_ago)
    Job.objects.create(kind="y", state="running", heartbeat=long_ago, claim="c")
    done = Job.objects.create(kind="z", state="done", total=1, done=2)
    done.items.create(key="a")
    waiting = StoredFile.objects.create(
        name="b", content_type="x", size=1, sha256="0", received_sha256="0", purpose="x"
    )
    tree = f"an organisation lies below its parent, in one region: organisation {office.public_id}"
    breaches = [str(breach) for breach in invariants.check()]
    assert breaches == [
        f"a clean file has its bytes: file {stored.public_id} is clean but its bytes are missing",
        f"a finished job has no unfinished item: item {done.items.get().pk} of job {done.pk} is open, its job is done",
        f"a finished job has no unfinished item: job {done.pk} counts more items done than there are",
        f"a waiting file or delivery has a live job: file {waiting.public_id} waits for a check that nobody will make",
        (
            "an identity number is encrypted, and its mask and digest are its own: "
            f"identity document {lin.identity_document.pk}: mask or digest is not its own"
        ),
        f"{tree} is not where its parent says",
        f"{tree} names another region than its parent",
        f"no job is stuck: job {stuck.pk} (x) has waited for more than an hour",
        f"no job is stuck: job {stuck.pk + 1} (y) runs by name but has not beaten for more than an hour",
    ]
    with pytest.raises(CommandError, match="9 breach"):
        call_command("check_invariants")
