"""Which sections of the form a round asks to be filled in: those that its policy, or its notice, looks at.

A section that nothing looks at stays on the form, for what the papers print, and is nobody's duty. One that the policy
asks of everybody is demanded, though other regions leave it to those whom it serves (insurance in Jiangxi).
"""

from applications.models import Application
from applications.sections import Section
from rules import catalog, reads
from rules.documents import asked


def is_demanded(application: Application, section: Section) -> bool:
    """Whether submission asks for a record in the section, or for the statement that there is none."""
    policy_id = application.round.policy_id
    if of_everybody(application, section):
        return True
    if not section.required or not section.places:
        return section.required
    if reads.keys(policy_id, application.level).intersection(section.places):
        return True
    documents = catalog.get(policy_id).procedure.documents
    return any(asked(documents, kind, {}) for kind in section.kinds)


def of_everybody(application: Application, section: Section) -> str:
    """The clause by which the policy asks everybody for the section, cited; empty where none does."""
    entry, asked = catalog.get(application.round.policy_id), reads.of_everybody(application.round.policy_id)
    clauses = entry.level(application.level).clauses
    return next((str(clauses[asked[key]].citation) for key in section.places if asked.get(key) in clauses), "")
