"""System check: every policy pack loads and compiles, so that a broken one stops the start and not an applicant."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from rules import catalog
from rules.load import PackError


@register()
def packs_load(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:  # noqa: ARG001 - Django passes it by name
    return [error for policy_id in catalog.ids() for error in _check(policy_id)]


def _check(policy_id: str) -> list[CheckMessage]:
    try:
        catalog.get(policy_id)
    except PackError as error:
        return [Error(str(error), hint="Correct the pack at the place named.", obj=policy_id, id="rules.E001")]
    return []
