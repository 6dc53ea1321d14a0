"""Saying which clauses a record serves in an application."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from applications import clause_tags
from applications.errors import Refused
from applications.models import Application, ArchiveItem, ClauseTags
from applications.services.openness import require_open
from portal import identity_numbers
from portal.models import User


@transaction.atomic
def tag_clauses(*, application: Application, item: ArchiveItem, clauses: Sequence[str], by: User) -> ClauseTags:
    """Says which clauses a record serves, in the place of what was said before; none is said by an empty list.

    Raises:
        Refused: not the applicant's own record, the application lies elsewhere, or what is written is no clause.
    """
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    require_open(application, by, item=item)
    if item.owner_id != application.applicant_id:
        raise Refused([_("只能选用本人档案中的条目。")])
    said = list(dict.fromkeys(clauses))
    if len(said) > clause_tags.MOST:
        raise Refused([_("每条最多标明 %(most)s 个条款，请只保留最主要的。") % {"most": clause_tags.MOST}])
    if any(len(clause) > clause_tags.LONGEST or identity_numbers.stands_in(clause) for clause in said):
        sentence = _("条款请只写文件和编号，不写证件号码，每个不超过 %(most)s 个字，用顿号分开。")
        raise Refused([sentence % {"most": clause_tags.LONGEST}])
    tags, _created = ClauseTags.objects.update_or_create(application=application, item=item, defaults={"clauses": said})
    return tags
