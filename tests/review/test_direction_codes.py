"""Experts carry the directions by the codes of the packs, those enrolled before as well."""

from importlib import import_module

import pytest
from django.apps import apps

from review.models import PoolMember

rename = import_module("review.migrations.0005_direction_of_services").rename


@pytest.mark.parametrize(
    ("was", "becomes"),
    [(["service"], ["services"]), (["cells", "service"], ["cells", "services"]), (["recycling"], ["recycling"])],
)
def test_an_expert_enrolled_before_gets_the_code_of_the_pack(planned, was, becomes):
    expert = PoolMember.objects.earliest("pk").expert
    type(expert).objects.filter(pk=expert.pk).update(directions=was)

    rename(apps, None)

    expert.refresh_from_db()
    assert expert.directions == becomes
