"""The transition table as a page for people: a mermaid diagram and a table, generated, never written by hand."""

from applications.moves import MOVES, STEP_PERMISSION, Mover, Transition
from applications.status import FACES, Status

MOVERS = {
    Mover.APPLICANT: "the applicant",
    Mover.OFFICE: "the round's review office",
    Mover.TITLE_OFFICE: "the region's title office",
}


def document() -> str:
    """The whole text of docs/state-diagram.md."""
    return "\n".join(
        [
            "# Where an application can stand, and how it gets there",
            "",
            "Generated from `applications/moves.py` by `python manage.py state_diagram`; do not edit.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *(f'    state "{FACES[status].label}" as {status.value}' for status in Status),
            f"    [*] --> {Status.DRAFT.value}",
            *(
                f"    {source.value} --> {move.target.value}: {move.label}"
                for move in MOVES
                for source in Status
                if source in move.sources
            ),
            "```",
            "",
            "| move | label | from | to | who | reason asked |",
            "| --- | --- | --- | --- | --- | --- |",
            *(_row(move) for move in MOVES),
            "",
            "| status | staff read | the applicant reads |",
            "| --- | --- | --- |",
            *(f"| `{s.value}` | {FACES[s].label} | {FACES[s].applicant_label} |" for s in Status),
            "",
        ]
    )


def _row(move: Transition) -> str:
    sources = ", ".join(f"`{status.value}`" for status in Status if status in move.sources)
    reason = "yes" if move.note_required else ""
    return f"| `{move.name}` | {move.label} | {sources} | `{move.target.value}` | {_who(move)} | {reason} |"


def _who(move: Transition) -> str:
    if move.mover is Mover.STEP:
        kinds = [kind for kind in STEP_PERMISSION if kind in move.step_kinds]
        return ", ".join(f"{kind} (`{STEP_PERMISSION[kind]}`)" for kind in kinds)
    held = f" (`{move.permission}`)" if move.permission else ""
    return MOVERS[move.mover] + held + (" or the system" if move.automatic else "")
