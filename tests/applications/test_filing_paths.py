"""Whoever may file, files: through a window, a host unit, with papers from elsewhere and titles from elsewhere; by pages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications import demo as filing
from applications import services
from applications.models import Application, Round
from applications.status import Status
from applications.transitions import open_step
from demo import make_evidence
from portal import privacy
from portal.demo import World, person
from portal.models import Membership, Organization, OrganizationKind, User
from portal.roles import Role
from tests.applications.pages import address, words
from tests.applications.test_applicant_pages import seen_of, sign

INPUTS = json.loads((filing.INPUTS / "records.json").read_text(encoding="utf-8"))
BASICS = next(record for record in INPUTS["records"] if record["kind"] == "basics")
TITLE = next(record for record in INPUTS["records"] if record["facts"].get("level") == "intermediate")
RESIDENT = ("resident_id", "120104199002101235")


@dataclass
class Filer:
    """Somebody new and their browser."""

    world: World
    round: Round
    user: User
    client: Client

    def register(self, kind: str, number: str) -> None:
        privacy.agree(by=self.user)
        answer = self.client.post(reverse("portal:identity"), {"kind": kind, "number": number})
        assert answer.status_code == 302, words(answer)

    def begin(self, **place: object) -> Application:
        given = {"level": "associate_senior", "direction": "cells", **place}
        answer = self.client.post(address("application_start", self.round.public_id), given)
        assert answer.status_code == 302, words(answer)
        return Application.objects.get(applicant=self.user)

    def fill_in(self, application: Application, *, status: str = "employed", issuer: str = "tianjin") -> None:
        """Basics and title on their pages; the rest of the archive, which is alike for everybody, from the demo."""
        page = address("section_detail", application.public_id, "basics")
        self._send(page, {**BASICS["facts"], **BASICS["details"], "status": status}, BASICS)
        page = address("item_add", application.public_id, "titles", "title")
        self._send(page, {**TITLE["facts"], **TITLE["details"], "issuer": issuer}, TITLE)
        for record in INPUTS["records"]:
            if record["kind"] not in {"basics", "title"}:
                item = services.add_item(
                    owner=self.user, kind=record["kind"], facts=record["facts"], details=record["details"],
                    application=application,
                )  # fmt: skip
                for name in record["files"]:
                    with (make_evidence.folder() / name).open("rb") as file:
                        services.attach_evidence(
                            application=application, item=item, upload=file, name=name, by=self.user
                        )
        for section in INPUTS["nothing"]:
            services.state_nothing(owner=self.user, section=section, application=application)

    def submit(self, application: Application) -> Application:
        seen = seen_of(self.client, application)
        sign(self.client, application, seen)
        answer = self.client.post(address("application_submit", application.public_id), {"seen_sha256": seen})
        assert answer.status_code == 302, words(answer)
        application.refresh_from_db()
        assert application.status == Status.IN_APPROVAL
        return application

    def _send(self, page: str, said: Mapping[str, object], record: Mapping[str, Any]) -> None:
        kind, name = record["kind"], record["files"][0]
        upload = SimpleUploadedFile(name, (make_evidence.folder() / name).read_bytes(), "image/jpeg")
        given = {f"{kind}-{key}": _typed(value) for key, value in said.items()}
        answer = self.client.post(page, {"kind": kind, f"{kind}-uploads": [upload], **given})
        assert answer.status_code == 302, words(answer)


def _typed(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


@pytest.fixture
def filer(world, round_) -> Filer:
    user = person("filer", "何同类")
    client = Client()
    client.force_login(user)
    return Filer(world, round_, user, client)


@pytest.fixture
def window(world) -> Organization:
    """The city's window for those without an employer; its clerk is 周旁人."""
    made = Organization.objects.create(
        name="民营企业职称申报专门窗口", kind=OrganizationKind.SERVICE_WINDOW,
        parent=world.units["supervising_body"], ownership="government",
    )  # fmt: skip
    Membership.objects.create(user=world.people["zhou"], organization=made, role=Role.EMPLOYER_CLERK.value)
    return made


def through_the_window(filer: Filer, window: Organization, enter, status: str) -> None:
    """From the form that offers the window to the window's own desk."""
    filer.register(*RESIDENT)
    services.add_item(owner=filer.user, kind="basics", facts={"status": status}, details={})
    form = filer.client.get(address("application_start", filer.round.public_id)).context["form"]
    assert (form.initial["place"], [unit.name for unit in form.fields["window"].queryset]) == ("window", [window.name])
    application = filer.begin(place="window", window=str(window.public_id))
    filer.fill_in(application, status=status)
    filer.submit(application)

    step = open_step(application)
    assert step is not None
    assert (step.kind, step.organization) == ("employer", window)
    assert application.snapshot.data["dossier"]["status"] == status
    assert application.snapshot.data["employer"]["name"] == window.name
    clerk = enter("zhou")
    assert "何同类" in words(clerk.get(address("employer_list")))
    assert clerk.get(address("step_verify", application.public_id)).status_code == 200


@pytest.mark.duty("TJ27-003", "TJ27-037", "TJ27-038")
def test_a_freelancer_files_through_the_window_which_acts_in_the_employers_place(filer, window, enter):
    through_the_window(filer, window, enter, "freelance")


@pytest.mark.duty("TJ23-050")
def test_somebody_in_a_new_form_of_work_chooses_where_to_file(filer, window, enter):
    filer.register(*RESIDENT)
    form = filer.client.get(address("application_start", filer.round.public_id)).context["form"]
    assert [value for value, _label in form.fields["place"].choices] == ["unit", "window"]
    through_the_window(filer, window, enter, "new_employment_form")


@pytest.mark.duty("TJ23-017")
def test_a_postdoc_files_through_the_host_unit(filer, window, enter):
    filer.register(*RESIDENT)
    page = words(filer.client.get(address("application_start", filer.round.public_id)))
    assert "用人单位（在站博士后填写设站单位）" in page
    application = filer.begin(place="unit", employer="津能示范电池有限公司")
    filer.fill_in(application, status="postdoc")
    filer.submit(application)

    assert application.snapshot.data["dossier"]["status"] == "postdoc"
    assert "何同类" in words(enter("wang").get(address("employer_list")))


@pytest.mark.parametrize(
    ("kind", "number", "masked"),
    [
        ("resident_id", "830000199201300022", "830000********0022"),
        ("hk_macao_permit", "H12345678", "H1*****78"),
        ("taiwan_permit", "01234567", "01****67"),
        ("foreign_permanent", "USA110185031412", "USA110*****1412"),
        ("passport_work_permit", "E12345678/11000020190001", "E1*****78/11**********01"),
    ],
)
@pytest.mark.duty("TJ23-001")
def test_papers_from_elsewhere_register_and_file(filer, kind, number, masked):
    filer.register(kind, number)
    application = filer.begin(employer="津能示范电池有限公司")
    filer.fill_in(application)
    filer.submit(application)

    assert application.snapshot.identity_masked == masked
    assert number not in application.snapshot.content
    assert masked in words(filer.client.get(address("application_detail", application.public_id)))


@pytest.mark.parametrize(
    ("issuer", "told"),
    [
        ("beijing", "北京"),
        ("hebei", "河北"),
        ("central", "中央国家机关、中央企业"),
        ("other_province", "其他省份"),
    ],
)
@pytest.mark.duty("TJ23-033", "TJ39-029")
def test_a_title_from_elsewhere_is_entered_with_its_issuer_and_counts(filer, issuer, told):
    filer.register(*RESIDENT)
    application = filer.begin(employer="津能示范电池有限公司")
    filer.fill_in(application, issuer=issuer)
    page = words(filer.client.get(address("application_check", application.public_id)))
    assert told in page
    filer.submit(application)

    (title,) = application.snapshot.data["dossier"]["titles"]
    assert title["issuer"] == issuer
    (claimed,) = [check for check in application.snapshot.checks.all() if check.view == "claimed"]
    assert claimed.result["clauses"]["五(一)2"]["verdict"] != "unmet"
