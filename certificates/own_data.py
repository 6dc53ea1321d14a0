"""What this room holds of a person: their certificates and the papers made of them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from certificates.models import Certificate, Document
from portal import own_data
from portal.models import User
from portal.own_data import Content


@own_data.part
def of_certificates(person: User) -> Iterator[tuple[str, Content]]:
    held = Certificate.objects.filter(holder=person).order_by("pk")
    yield (
        _("证书/证书.json"),
        own_data.as_json(
            [
                {"number": one.number, "title": one.title, "state": one.state, "acquired_on": one.acquired_on}
                for one in held
            ]
        ),
    )
    papers = Document.objects.filter(application__in=held.values("application"), state="ready").select_related("file")
    for paper in papers.order_by("pk"):
        held_file = paper.file if paper.file is not None and paper.file.is_clean else None
        if held_file is not None and (content := own_data.bytes_of(held_file)) is not None:
            yield _("证书/%(id)s-%(name)s") % {"id": paper.pk, "name": held_file.name}, content
