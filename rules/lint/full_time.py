"""2023年度通知三(二): a degree earned beside work stands as any other, so that no pack asks which it was."""

from collections.abc import Iterator

from rules.lint.problems import Problem
from rules.model import Layer, Policy
from rules.nodes import names

BARRED = "full_time"


def problems(part: Policy | Layer, file: str) -> Iterator[Problem]:
    for place, said in names(part):
        if BARRED in said.split("."):
            yield Problem(file, place, f"reads {BARRED}: how somebody studied is never judged")
