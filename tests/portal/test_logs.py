"""What a log line tells of an error: its kind and its place, never what it was given."""

import json
import logging

import pytest

from portal.access import Forbidden
from portal.logs import JsonLine


def fail(error: Exception) -> None:
    raise error


def line_of(error: Exception) -> dict[str, str]:
    with pytest.raises(type(error)) as raised:
        fail(error)
    record = logging.LogRecord("portal.jobs", logging.ERROR, __file__, 1, "job %s failed", (7,), raised._excinfo)
    return json.loads(JsonLine().format(record))


def test_the_words_of_a_foreign_error_and_of_its_causes_are_left_out():
    first = KeyError("120104198805121016")
    error = ValueError("lin@portal.example")
    error.__cause__ = first
    line = line_of(error)
    assert line["text"] == "job 7 failed"
    assert "ValueError at tests/portal/test_logs.py:" in line["error"]
    assert "(fail)" in line["error"]
    assert "KeyError" in line["error"]
    assert "portal.example" not in line["error"]
    assert "120104198805121016" not in line["error"]


def test_a_context_is_told_unless_it_was_cut_off():
    error = ValueError()
    error.__context__ = KeyError()
    assert "KeyError" in line_of(error)["error"]
    error.__suppress_context__ = True
    assert "KeyError" not in line_of(error)["error"]


def test_our_own_errors_keep_their_sentence():
    assert line_of(Forbidden("请联系该单位管理员授权。"))["error"].startswith("Forbidden: 请联系该单位管理员授权。")
