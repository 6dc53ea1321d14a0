"""The files of a snapshot by the bytes that are kept and shown: a picture is packed anew, so they are not those sent.

What is signed names each file by what was sent; the snapshot names beside it what its readers see. A file whose check
was still to come when it was submitted has no such name.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from applications.models import Evidence, Snapshot
from portal.models import FileState

KEY = "files"


def kept(data: Mapping[str, Any]) -> dict[str, str]:
    """Of every checked file that a content names: its id and the hash of the bytes as they are kept."""
    return {str(public_id): sha256 for public_id, sha256, state in _rows(data) if state == FileState.CLEAN}


def changed(snapshot: Snapshot) -> Iterator[str]:
    """The ids of the files that are kept with other bytes than the snapshot froze, or not at all."""
    data = snapshot.data
    frozen = data.get(KEY, {})
    now = {str(public_id): sha256 for public_id, sha256, _state in _rows(data)} if frozen else {}
    return (known for known, sha256 in frozen.items() if now.get(known) != sha256)


def _rows(data: Mapping[str, Any]) -> Any:
    ids = [piece["id"] for record in data["records"] for piece in record["evidence"]]
    return Evidence.objects.filter(public_id__in=ids).values_list("public_id", "file__sha256", "file__state")
