"""The rows of the foundation."""

from portal.models.audit import AuditDay, AuditEntry, AuditHead
from portal.models.consent import Consent
from portal.models.demo_clock import DemoClock
from portal.models.file import FileState, StoredFile, content_path
from portal.models.identity import IdentityDocument, IdentityKind
from portal.models.job import ClaimLostError, ItemState, Job, JobItem, JobState
from portal.models.message import Channel, Delivery, DeliveryState, Message
from portal.models.organization import Membership, Organization, OrganizationKind, Ownership, validate_uscc
from portal.models.own_data import OwnDataOrder, OwnDataState
from portal.models.user import User
from portal.models.workday import Workday

__all__ = [
    "AuditDay",
    "AuditEntry",
    "AuditHead",
    "Channel",
    "ClaimLostError",
    "Consent",
    "Delivery",
    "DeliveryState",
    "DemoClock",
    "FileState",
    "IdentityDocument",
    "IdentityKind",
    "ItemState",
    "Job",
    "JobItem",
    "JobState",
    "Membership",
    "Message",
    "Organization",
    "OrganizationKind",
    "OwnDataOrder",
    "OwnDataState",
    "Ownership",
    "StoredFile",
    "User",
    "Workday",
    "content_path",
    "validate_uscc",
]
