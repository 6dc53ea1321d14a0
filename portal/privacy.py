"""The privacy notice and the agreement to it."""

from django.db import transaction

from portal import audit, clock
from portal.models import Consent, User

DOCUMENT = "privacy"
# Raise with every change of templates/portal/privacy.html that touches what is agreed to; all are then asked anew.
VERSION = "2025-01"


def has_agreed(user: User) -> bool:
    """Whether the person has agreed to the present version and not withdrawn."""
    return Consent.objects.filter(user=user, document=DOCUMENT, version=VERSION, withdrawn_at=None).exists()


def agree(*, by: User) -> Consent:
    """Records the person's agreement to the present version; agreeing again after a withdrawal renews it."""
    with transaction.atomic():
        consent, made = Consent.objects.get_or_create(user=by, document=DOCUMENT, version=VERSION)
        if made or consent.withdrawn_at is not None:
            if not made:
                consent.given_at, consent.withdrawn_at = clock.now(), None
                consent.save(update_fields=["given_at", "withdrawn_at"])
            audit.record("privacy.agree", by=by, scope="people", kind="consent", target=f"{by.public_id}/{VERSION}")
    return consent


def withdraw(*, by: User) -> bool:
    """Withdraws the person's agreement from now on; whether there was one."""
    with transaction.atomic():
        moved = Consent.objects.filter(user=by, document=DOCUMENT, version=VERSION, withdrawn_at=None).update(
            withdrawn_at=clock.now()
        )
        if moved:
            audit.record("privacy.withdraw", by=by, scope="people", kind="consent", target=f"{by.public_id}/{VERSION}")
    return bool(moved)
