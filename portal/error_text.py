"""What may be written down about an error: its type and its place, and its words only where they are our own.

The text of a foreign error repeats what it was given: a mail server's refusal names the address, a database's
constraint the value. Our own errors carry ids and reasons. Logs and job rows are kept longer than the data.
"""

import traceback
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = ("portal", "applications", "review", "certificates", "rules")


def told(error: BaseException) -> str:
    """`MailError: ConnectionRefusedError` for an error of ours; `KeyError at portal/jobs.py:12 (run)` for any other."""
    name = type(error).__name__
    if type(error).__module__.partition(".")[0] in OURS:
        return f"{name}: {error}"
    place = _place(error)
    return f"{name} at {place}" if place else name


def trace(error: BaseException) -> str:
    """The frames of an error and of what led to it, each under what may be told of it."""
    return "\n".join(f"{told(one)}\n{''.join(traceback.format_tb(one.__traceback__))}" for one in _chain(error))


def _place(error: BaseException) -> str:
    """The innermost frame in this tree, or the innermost of all."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _is_ours(Path(frame.filename))]
    if not frames:
        return ""
    frame = (own or frames)[-1]
    path = Path(frame.filename)
    return f"{path.relative_to(ROOT) if own else path.name}:{frame.lineno} ({frame.name})"


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(ROOT) and ".venv" not in path.parts


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
