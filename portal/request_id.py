"""The number of the request being answered, for logs, audit entries and error pages."""

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of the request being answered; empty outside a request."""
    return _request_id.get()


def set_current(value: str) -> None:
    _request_id.set(value)
