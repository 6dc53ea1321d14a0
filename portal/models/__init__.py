"""The rows of the foundation."""

from portal.models.demo_clock import DemoClock
from portal.models.organization import Membership, Organization, OrganizationKind, Ownership, validate_uscc
from portal.models.user import User

__all__ = [
    "DemoClock",
    "Membership",
    "Organization",
    "OrganizationKind",
    "Ownership",
    "User",
    "validate_uscc",
]
