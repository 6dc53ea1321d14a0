"""System check: every pack loads, compiles and passes the lint; what is wrong stops the start and no applicant."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from rules import lint


@register()
def packs_pass(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:  # noqa: ARG001 - Django passes it by name
    return [
        Error(str(problem), hint="Correct the file at the place named.", obj=problem.file, id="rules.E001")
        for problem in lint.every()
        if problem.refusal
    ]
