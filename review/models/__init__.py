"""The rows of review: the pool, meetings and their draws, seats, ballots."""

from review.models.ballot import BallotChoice, BallotParticipation, Choice, Opinion, Outcome
from review.models.draw import Draw, Recusal, RecusalOrigin, RecusalReason, Seat, SeatState
from review.models.expert import ExpertProfile, PoolMember, PoolState
from review.models.meeting import BallotState, Entry, Meeting, MeetingState

__all__ = [
    "BallotChoice",
    "BallotParticipation",
    "BallotState",
    "Choice",
    "Draw",
    "Entry",
    "ExpertProfile",
    "Meeting",
    "MeetingState",
    "Opinion",
    "Outcome",
    "PoolMember",
    "PoolState",
    "Recusal",
    "RecusalOrigin",
    "RecusalReason",
    "Seat",
    "SeatState",
]
