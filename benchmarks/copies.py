"""Copies of model instances for bulk inserts."""

import copy
import uuid
from typing import Any

from django.db.models import Model


def copied(instance: Model, **changes: Any) -> Any:
    """A new, unsaved row like this one, with a public id of its own."""
    row = copy.copy(instance)
    row._state = copy.copy(instance._state)
    row._state.fields_cache = dict(instance._state.fields_cache)
    row._state.adding, row.pk = True, None
    if hasattr(row, "public_id"):
        row.public_id = uuid.uuid4()
    for name, value in changes.items():
        setattr(row, name, value)
    return row
