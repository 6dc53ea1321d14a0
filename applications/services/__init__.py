"""The acts of filing and approval, a module an act. Keyword-only, actor named `by`, one transaction each.

Errors are those of `applications.errors`: their text is a sentence for the person who asked.
"""

from applications.services.archive import UNSEEN, add_item, change_item, remove_item, save_item, state_nothing
from applications.services.arranging import move_evidence, name_document
from applications.services.bans import ban_until, enter_ban, lift_ban, may_lift
from applications.services.cancellation import cancel
from applications.services.completeness import lacking_in
from applications.services.consent import give_consent, refuse_consent
from applications.services.drafts import change_draft, leave_out, open_draft, take_in
from applications.services.evidence import (
    FILES_A_SLOT,
    attach_evidence,
    limits_for,
    limits_for_every_round,
    may_read,
    remove_evidence,
)
from applications.services.fetching import fetch_record
from applications.services.fetching_all import fetch_all
from applications.services.identity import reveal_identity, reveals_identity
from applications.services.importing import import_records, likenesses
from applications.services.joining import can_be_joined, join_pictures
from applications.services.notices import (
    add_photograph,
    close_notice,
    lodge_objection,
    open_notice,
    settle_objection,
    withdraw_notice,
)
from applications.services.openness import matters_open
from applications.services.overrides import override_finding, withdraw_override
from applications.services.portrait import Frame, portrait_of, set_portrait
from applications.services.precheck import attestable, check_snapshot, dossier_now, dossier_submitted, precheck
from applications.services.results import tell_results
from applications.services.returns import NOTHING_RETURNED, answer_correction, reopen_correction, widen_return
from applications.services.round_page import Words, add_paper, remove_paper, set_content
from applications.services.round_terms import mark_paid, mark_unpaid, set_terms
from applications.services.rounds import RoundDates, change_dates, close_round, open_round
from applications.services.signing import (
    LINK_LIVES,
    LinkClosed,
    Written,
    applicant_words_sha256,
    has_lapsed,
    link_of,
    link_state,
    open_link,
    sign,
    sign_by_link,
    standing_signature,
)
from applications.services.steps import decide_step
from applications.services.submission import gaps, submit, withdraw
from applications.services.tagging import tag_clauses
from applications.services.verification import assess, attest, verify_item

__all__ = [
    "FILES_A_SLOT",
    "LINK_LIVES",
    "NOTHING_RETURNED",
    "UNSEEN",
    "Frame",
    "LinkClosed",
    "RoundDates",
    "Words",
    "Written",
    "add_item",
    "add_paper",
    "add_photograph",
    "answer_correction",
    "applicant_words_sha256",
    "assess",
    "attach_evidence",
    "attest",
    "attestable",
    "ban_until",
    "can_be_joined",
    "cancel",
    "change_dates",
    "change_draft",
    "change_item",
    "check_snapshot",
    "close_notice",
    "close_round",
    "decide_step",
    "dossier_now",
    "dossier_submitted",
    "enter_ban",
    "fetch_all",
    "fetch_record",
    "gaps",
    "give_consent",
    "has_lapsed",
    "import_records",
    "join_pictures",
    "lacking_in",
    "leave_out",
    "lift_ban",
    "likenesses",
    "limits_for",
    "limits_for_every_round",
    "link_of",
    "link_state",
    "lodge_objection",
    "mark_paid",
    "mark_unpaid",
    "matters_open",
    "may_lift",
    "may_read",
    "move_evidence",
    "name_document",
    "open_draft",
    "open_link",
    "open_notice",
    "open_round",
    "override_finding",
    "portrait_of",
    "precheck",
    "refuse_consent",
    "remove_evidence",
    "remove_item",
    "remove_paper",
    "reopen_correction",
    "reveal_identity",
    "reveals_identity",
    "save_item",
    "set_content",
    "set_portrait",
    "set_terms",
    "settle_objection",
    "sign",
    "sign_by_link",
    "standing_signature",
    "state_nothing",
    "submit",
    "tag_clauses",
    "take_in",
    "tell_results",
    "verify_item",
    "widen_return",
    "withdraw",
    "withdraw_notice",
    "withdraw_override",
]
