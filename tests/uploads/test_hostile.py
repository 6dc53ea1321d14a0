"""Hostile files of many kinds, each through the real way: refused, or kept so that nothing in it runs."""

from pathlib import Path

import pytest

from portal.models import FileState
from tests.counts import times
from tests.uploads import ways
from tests.uploads.hostile import CANARY, KINDS, End, made

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

FILES_A_KIND = 8


def test_the_kinds_and_files_are_as_many_as_promised():
    assert len(KINDS) >= 40
    assert len(KINDS) * FILES_A_KIND >= 300


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_hostile_file_is_refused_or_kept_inert(name, lin, costs):
    files = {(made(name, number).name, made(name, number).content) for number in times(FILES_A_KIND)}
    assert len(files) == len(times(FILES_A_KIND))
    complaints = [found for number in times(FILES_A_KIND) if (found := complaints_of(name, number, lin))]
    assert complaints == []
    assert costs.excessive() == []
    assert not Path(CANARY).exists()


def complaints_of(name, number, by) -> list[str]:
    hostile = made(name, number)
    stored = ways.send(hostile.content, hostile.name, by)
    is_kept = stored is not None and stored.state == FileState.CLEAN
    found = [] if stored is None else ways.complaints_of_name(stored.name)
    if is_kept:
        found += ways.complaints_of_answer(stored, hostile.content, hostile.payload)
    elif stored is not None and "上传" not in stored.refusal:
        found.append(f"no word of what to do: {stored.refusal}")
    if hostile.end is not End.EITHER and is_kept != (hostile.end is End.INERT):
        found.append(f"not {hostile.end.value}: {stored and stored.refusal}")
    return [f"{name} {number}: {complaint}" for complaint in found]
