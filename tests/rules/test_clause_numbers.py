"""Clause numbers: which are numbers at all, and which stand under which."""

import pytest

from rules.clause_numbers import stands_under


@pytest.mark.parametrize(
    ("clause", "group", "under"),
    [
        ("五(三)6", "五(三)", True),
        ("五(三)6", "五", True),
        ("正文二(三)4", "正文二(三)", True),
        ("五(三)10", "五(三)1", False),
        ("正文十一(二)", "正文十", False),
        ("国家基本标准 工程师1", "国家基本标准 工程师1", False),
    ],
)
def test_an_item_stands_under_its_group_and_not_under_a_number_that_begins_alike(
    clause: str, group: str, under: bool
) -> None:
    assert stands_under(clause, group) is under
