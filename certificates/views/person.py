"""The person behind a request of a page for people with a log-in."""

from django.http import HttpRequest

from portal.models import User


def person_of(request: HttpRequest) -> User:
    """The signed-in person. Routes that ask for it are declared `signed_in` or `holds`."""
    assert isinstance(request.user, User)
    return request.user
