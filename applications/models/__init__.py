"""The rows of filing, approval and notices."""

from applications.models.application import (
    Application,
    Attestation,
    PerformanceAssessment,
    QualificationCheck,
    Snapshot,
    TransitionRecord,
)
from applications.models.approval import DECIDED, ApprovalStep, ExceptionConsent, StepKind, StepState
from applications.models.archive import ArchiveItem, Evidence, Verification
from applications.models.ban import Ban, BanTerm
from applications.models.clause_tags import ClauseTags
from applications.models.notice import (
    Notice,
    NoticeEntry,
    NoticeKind,
    NoticePhotograph,
    NoticeState,
    Objection,
    ObjectionState,
)
from applications.models.override import FindingOverride
from applications.models.round import Round, RoundState
from applications.models.round_page import FeePayment, RoundContent, RoundPaper
from applications.models.signature import Signature, SigningLink

__all__ = [
    "DECIDED",
    "Application",
    "ApprovalStep",
    "ArchiveItem",
    "Attestation",
    "Ban",
    "BanTerm",
    "ClauseTags",
    "Evidence",
    "ExceptionConsent",
    "FeePayment",
    "FindingOverride",
    "Notice",
    "NoticeEntry",
    "NoticeKind",
    "NoticePhotograph",
    "NoticeState",
    "Objection",
    "ObjectionState",
    "PerformanceAssessment",
    "QualificationCheck",
    "Round",
    "RoundContent",
    "RoundPaper",
    "RoundState",
    "Signature",
    "SigningLink",
    "Snapshot",
    "StepKind",
    "StepState",
    "TransitionRecord",
    "Verification",
]
