"""What `manage.py check --deploy` tries out beyond Django's own checks."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from portal import content_store

STORAGE = "files"


@register(STORAGE, deploy=True)
def file_storage_works(**_options: Any) -> list[CheckMessage]:
    """Puts, reads, lists and deletes a small content where the files are kept."""
    try:
        content_store.probe()
    except OSError as error:
        hint = "See FILES_URL and FILES_DIR: address, key, secret, and the right to put, get, list and delete."
        return [Error(f"The file storage does not work: {error}", hint=hint, id="portal.E001")]
    return []
