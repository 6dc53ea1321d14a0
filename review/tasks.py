"""Jobs of review."""

from portal import jobs
from portal.models import Job
from review.services import ballots


@jobs.handler(ballots.FORGET)
def forget_ballot_rows(job: Job) -> None:  # noqa: ARG001  a handler's shape: the whole table is written anew
    ballots.forget_replaced_rows()
