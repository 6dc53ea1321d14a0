"""Rows of files that nothing names: whoever received them was killed before they had found their place."""

from datetime import timedelta

from django.db.models import Exists, ForeignKey, OuterRef, QuerySet

from portal import clock
from portal.models import StoredFile

AFTER = timedelta(days=1)


def let_go() -> int:
    """Deletes those a day old; how many went. Their bytes, which another row may name, go with the next purge."""
    forsaken = _unnamed().filter(received_at__lt=clock.now() - AFTER)
    gone, _each = forsaken.delete()
    return gone


def _unnamed() -> QuerySet[StoredFile]:
    """Files that no row of any table points at, whichever app it belongs to."""
    files = StoredFile.objects.all()
    for relation in StoredFile._meta.get_fields(include_hidden=True):  # noqa: SLF001  Django's own way to ask
        column = getattr(relation, "field", None)
        if isinstance(column, ForeignKey) and column.related_model is StoredFile:
            naming = column.model._base_manager.filter(**{column.name: OuterRef("pk")})  # noqa: SLF001  no manager may hide a row here
            files = files.filter(~Exists(naming))
    return files
