"""What `migrate` and `check --database default` tell the operator of rounds whose pack has changed under them."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004  Django's own name
from django.db import connections

from applications import pins
from applications.models import Round, RoundState

TABLE = "applications_round"
PINNED = ("policy_id", "policy_sha256")


@register(Tags.database)
def rounds_rest_on_their_packs(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """A warning a round: the office decides, and no round stops.

    Asked before migrations run: it reads no column that is not there from the first.
    """
    return [
        Warning(
            f"Round {round_.public_id} was opened under {round_.policy_id} {round_.policy_sha256[: pins.SHOWN]}, "
            f"whose content is now {pins.present(round_.policy_id)[: pins.SHOWN] or 'gone'}.",
            hint="Restore the pack and correct it by a new version (docs/runbook.md, A new annual notice).",
            id="applications.W001",
        )
        for alias in databases or ()
        if TABLE in connections[alias].introspection.table_names()
        for round_ in Round.objects.using(alias).exclude(state=RoundState.CLOSED).only("public_id", *PINNED)
        if pins.is_changed(round_)
    ]
