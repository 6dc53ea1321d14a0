"""What a sentence rests on: the clause of the round's own pack, in brackets; nothing where its notice states none."""

from collections.abc import Callable

from applications.models import Round
from rules import catalog
from rules.formalities import Commitment, Provision
from rules.procedure import Procedure
from rules.stated import Stated

OWN_RISK = "个人承诺书"


def basis(round_: Round, of: Callable[[Procedure], Stated | None]) -> str:
    """`（余人社字〔2023〕81号 正文四(一)）`; empty for what the round's notice leaves open."""
    return basis_of(catalog.get(round_.policy_id), of)


def basis_of(entry: catalog.Entry, of: Callable[[Procedure], Stated | None]) -> str:
    cited = entry.cite(of(entry.procedure))
    return f"（{cited}）" if cited else ""


def employer_notice(procedure: Procedure) -> Stated:
    return procedure.notices.employer.work_days


def result_notice(procedure: Procedure) -> Stated:
    return procedure.notices.result.work_days


def photographs(procedure: Procedure) -> Stated | None:
    return procedure.notices.employer.photographs


def once_a_year(procedure: Procedure) -> Stated:
    return procedure.applications_a_year


def one_committee(procedure: Procedure) -> Stated | None:
    return procedure.one_committee


def filing(procedure: Procedure) -> Stated | None:
    return procedure.filing


def lead_days(procedure: Procedure) -> Stated:
    return procedure.panel.lead_days


def archiving(procedure: Procedure) -> Provision | None:
    return next((one for one in procedure.provisions if one.stage == "archive"), None)


def own_risk(procedure: Procedure) -> Commitment | None:
    """Where a notice says that uploads which are unclear, left out, wrong or misplaced are at the applicant's risk.

    It stands in the clause that asks for the personal commitment.
    """
    return next((one for one in procedure.commitments if one.label == OWN_RISK), None)
