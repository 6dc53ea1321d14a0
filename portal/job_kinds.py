"""Which function does the jobs of a kind, and what becomes of its object when a job is given up or taken up again."""

from collections.abc import Callable

from celery import current_app

from portal.models import Job

Handler = Callable[[Job], None]
_handlers: dict[str, Handler] = {}
_given_up: dict[str, Handler] = {}
_taken_up: dict[str, Handler] = {}


class UnknownKindError(LookupError):
    """No app does jobs of this kind."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Registers what does the jobs of a kind. Stands in an app's tasks.py, which autodiscovery imports."""
    return _registering(_handlers, kind, "handlers")


def given_up(kind: str) -> Callable[[Handler], Handler]:
    """Registers what a job's object becomes when the job's tries are used up.

    Called in the transaction that ends the job, so that neither stands without the other. It writes rows, nothing else.
    """
    return _registering(_given_up, kind, "endings")


def taken_up(kind: str) -> Callable[[Handler], Handler]:
    """Registers how a job's object waits again when somebody reopens a given-up job; in the same transaction."""
    return _registering(_taken_up, kind, "reopenings")


def handler_of(kind: str) -> Handler:
    """Raises UnknownKindError."""
    _load(kind)
    if kind not in _handlers:
        raise UnknownKindError(f"nobody does jobs of kind {kind!r}")
    return _handlers[kind]


def end(job: Job) -> None:
    """Tells the object of a job that nothing will come of it."""
    _load(job.kind)
    if ending := _given_up.get(job.kind):
        ending(job)


def reopen(job: Job) -> None:
    """Tells the object of a job that it may hope again."""
    _load(job.kind)
    if reopening := _taken_up.get(job.kind):
        reopening(job)


def _registering(registry: dict[str, Handler], kind: str, what: str) -> Callable[[Handler], Handler]:
    def register(function: Handler) -> Handler:
        if registry.setdefault(kind, function) is not function:
            raise ValueError(f"two {what} for jobs of kind {kind!r}")
        return function

    return register


def _load(kind: str) -> None:
    if kind not in _handlers:
        current_app.loader.import_default_modules()
