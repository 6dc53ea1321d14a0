"""What the migration tells of steps that were passed before their words were kept."""

from importlib import import_module

import pytest
from django.apps import apps

from applications.commitments import SUPERVISOR
from tests.applications.filed import filed

lift = import_module("applications.migrations.0003_step_statement")


@pytest.mark.parametrize(
    ("kind", "checks", "said"),
    [
        ("employer", {"commitment": True}, f"1. {lift.EMPLOYER}"),
        ("employer", {}, lift.NONE_KEPT),
        (
            "supervisor",
            dict.fromkeys(SUPERVISOR, True),
            "1. 申报人符合申报条件\n2. 材料清晰、真实、完整、规范\n3. 上传材料与填报内容一致",
        ),
        ("supervisor", {"conditions": False}, lift.NONE_KEPT),
    ],
)
def test_they_keep_the_sentence_of_their_page_or_say_that_there_was_none(world, round_, kind, checks, said):
    application = filed(world, round_, "lin", at="office")
    application.steps.filter(kind=kind).update(checks=checks)

    lift.tell_what_was_said(apps, None)

    assert application.steps.get(kind=kind).statement == said
    assert application.steps.get(kind="office").statement == ""
