"""Who of the pool may be drawn for a meeting, under pseudonyms, with the facts the rules ask; who may not, and why."""

from collections.abc import Iterable, Mapping

from applications.status import Status
from review import drawing, recusals
from review.lawful_panels import Candidate
from review.models import ExpertProfile, Meeting, PoolMember

Excluded = tuple[str, str]


def pool_of(meeting: Meeting) -> dict[str, ExpertProfile]:
    """Pseudonym → expert, over those whose term in the committee's pool covers the day of the meeting."""
    members = PoolMember.objects.filter(committee=meeting.round.committee).sitting(meeting.held_on)
    return _by_pseudonym(meeting, members.select_related("expert__user", "expert__organization"))


def everyone(meeting: Meeting) -> dict[str, ExpertProfile]:
    """Pseudonym → expert, over everyone who ever was in the committee's pool."""
    members = PoolMember.objects.filter(committee=meeting.round.committee)
    return _by_pseudonym(meeting, members.select_related("expert__user"))


def assess(meeting: Meeting, experts: Mapping[str, ExpertProfile]) -> tuple[list[Candidate], list[Excluded]]:
    """The experts as candidates; excluded with the reason is whoever has a conflict with anybody on the agenda."""
    secret = meeting.opened_secret
    entries = meeting.entries.exclude(application__status=Status.CANCELLED).select_related(
        "application__applicant", "application__employer", "application__snapshot"
    )
    agenda = [recusals.names_in(entry.application) for entry in entries]
    candidates: list[Candidate] = []
    excluded: list[Excluded] = []
    for name, expert in experts.items():
        if found := recusals.conflicts(expert, agenda):
            excluded.append((name, found.reason.value))
        else:
            candidates.append(
                Candidate(
                    id=name,
                    unit=drawing.pseudonym(secret, expert.unit_name.strip()),
                    senior=expert.is_full_senior,
                    enterprise=expert.is_enterprise,
                    private_or_social=expert.is_private_or_social,
                    skilled=expert.skilled,
                )
            )
    return candidates, excluded


def _by_pseudonym(meeting: Meeting, members: Iterable[PoolMember]) -> dict[str, ExpertProfile]:
    secret = meeting.opened_secret
    return {drawing.pseudonym(secret, str(member.expert.public_id)): member.expert for member in members}
