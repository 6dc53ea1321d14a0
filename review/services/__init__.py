"""The acts of review, a module an act. Keyword-only, actor named `by`, one transaction each.

Errors are those of `review.errors` and `applications.errors`: their text is a sentence for the person who asked.
"""

from review.services.answers import answer_invitation
from review.services.ballots import cast, close_ballot, has_voted, open_ballot, repeat_ballot, turnout
from review.services.draws import draw_panel, transcript_of
from review.services.meetings import close_meeting, live_entries, mark_attendance, open_meeting, quorum_of
from review.services.planning import plan_meeting, postpone
from review.services.pool import ExpertFacts, composition_of, end_membership, enrol
from review.services.results import Confirmation, confirm_results, publish_results
from review.services.seats import commit, declare_recusal, give_opinion
from review.services.supplements import Shortage, file_supplement, shortage

__all__ = [
    "Confirmation",
    "ExpertFacts",
    "Shortage",
    "answer_invitation",
    "cast",
    "close_ballot",
    "close_meeting",
    "commit",
    "composition_of",
    "confirm_results",
    "declare_recusal",
    "draw_panel",
    "end_membership",
    "enrol",
    "file_supplement",
    "give_opinion",
    "has_voted",
    "live_entries",
    "mark_attendance",
    "open_ballot",
    "open_meeting",
    "plan_meeting",
    "postpone",
    "publish_results",
    "quorum_of",
    "repeat_ballot",
    "shortage",
    "transcript_of",
    "turnout",
]
