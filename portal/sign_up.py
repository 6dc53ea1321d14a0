"""Who makes log-ins: people themselves, or their employer, as the installation's setting or the region's pack says.

The packs lie in a room that portal does not know; the room that knows both registers how to ask them.
"""

from collections.abc import Callable

from django.conf import settings

from portal.models import Organization, OrganizationKind

OPEN, EMPLOYER = "open", "employer"
Policy = Callable[[str], str | None]
_policies: list[Policy] = []


def register_policy(policy: Policy) -> None:
    """Adds `policy(region code)`, which answers OPEN, EMPLOYER or (nothing said) None; from an app's `ready()`."""
    if policy not in _policies:
        _policies.append(policy)


def mode(region: str) -> str:
    """How log-ins come about in a region: OPEN, where nobody says otherwise, or EMPLOYER."""
    if settings.SIGN_UP != "pack":
        return str(settings.SIGN_UP)
    said = (policy(region) for policy in _policies)
    return next((word for word in said if word), OPEN)


def is_open() -> bool:
    """Whether the sign-up page takes people: some region that this installation serves lets them sign up."""
    if settings.SIGN_UP != "pack":
        return settings.SIGN_UP == OPEN
    served = Organization.objects.filter(kind=OrganizationKind.REGION, is_active=True)
    modes = {mode(region) for region in served.values_list("region", flat=True)}
    return OPEN in modes or not modes
