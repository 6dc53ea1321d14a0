"""People and organisations for the tests of the foundation."""

from collections.abc import Iterator

import pytest

from portal.models import Membership, Organization, OrganizationKind, User
from portal.roles import Role
from tests.portal.mail_server import MailServer, running


@pytest.fixture
def lin(db) -> User:
    return User.objects.create_user("lin", email="lin@portal.example", name="林申报")


@pytest.fixture
def sun(db) -> User:
    return User.objects.create_user("sun", email="sun@portal.example", name="孙受理")


@pytest.fixture
def office(db, sun) -> Organization:
    region = Organization.objects.create(name="示范市", kind=OrganizationKind.REGION, region="tianjin")
    office = Organization.objects.create(name="评审办", kind=OrganizationKind.REVIEW_OFFICE, parent=region)
    Membership.objects.create(user=sun, organization=office, role=Role.OFFICE_CLERK)
    return office


@pytest.fixture(autouse=True)
def each_content_is_looked_into_once() -> None:
    """Here the child itself is tested: it is asked every time."""


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """Mail of this test goes over the wire, to a server of its own."""
    with running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        yield server
