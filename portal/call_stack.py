"""Room on the interpreter's own stack for a request, so that no hot loop ends up at the edge of a piece of it.

CPython (3.11 to at least 3.13) keeps the frames of Python functions in pieces of 16 KiB. A function that is called
where a piece ends has the system map a new one and gives it back on return, for every call. A page of an application's
whole content did so 1,500 times: two fifths of its processor time, or none, as the depth of the call happened to fall.
"""

from collections.abc import Callable
from typing import Any

Application = Callable[[dict[str, Any], Any], Any]
# Words of eight bytes that the outermost frame claims and never touches. The interpreter takes a piece of twice that
# at the next power of two, and what is left of it (some 250 KiB, a thousand frames and more) holds all that is called.
CLAIMED = 33_000


def roomy(application: Application) -> Application:
    """The same WSGI application, called in a piece of stack that is large enough for any request."""

    def called(environ: dict[str, Any], start_response: Any) -> Any:
        return application(environ, start_response)

    called.__code__ = called.__code__.replace(co_stacksize=CLAIMED)
    return called
