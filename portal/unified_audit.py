"""Binding an account to the identity provider, and its end, are entries in the audit log."""

from typing import Any

from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.dispatch import receiver

from portal import audit
from portal.models import User


@receiver(social_account_added)
def bound(sociallogin: Any, **_: Any) -> None:
    _record("people.bind_unified", sociallogin.user)


@receiver(social_account_removed)
def released(socialaccount: Any, **_: Any) -> None:
    _record("people.release_unified", socialaccount.user)


def _record(act: str, person: User) -> None:
    audit.record(act, by=person, scope="people", kind="user", target=str(person.public_id))
