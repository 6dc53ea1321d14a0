"""The web server's worker: gunicorn's threads, none of which waits for ever for a line that is slow or dead.

gunicorn reads and answers with no limit of time; as many such lines as there are threads, and nobody else is served.
"""

import errno
import socket
import time
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from portal import environment

# So long a line may be silent, while it sends or while it takes the answer.
SILENCE = float(environment.number("LINE_SECONDS", 30, least=1))
# A request has twice that time whatever its size, and beyond that what it needs at this pace (a poor mobile net).
LEAST_PACE = 4096


class PacedSocket(socket.socket):
    """A connection that ends where the other side is silent for too long, or sends slower than the least pace."""

    began = 0.0
    received = 0

    def begin(self) -> None:
        """A request begins: its time runs from here."""
        self.began, self.received = time.monotonic(), 0

    def recv(self, size: int, flags: int = 0) -> bytes:
        outer = self.gettimeout()
        left = self.began + 2 * SILENCE + self.received / LEAST_PACE - time.monotonic()
        if left <= 0:
            raise _too_slow()
        self.settimeout(min(left, SILENCE, *([] if outer is None else [outer])))
        try:
            data = super().recv(size, flags)
        except TimeoutError:
            if outer is not None:
                raise  # gunicorn waits by a time of its own here
            raise _too_slow() from None
        finally:
            self.settimeout(outer)
        self.received += len(data)
        return data

    def sendall(self, data: Any, flags: int = 0) -> None:
        self.settimeout(SILENCE + len(data) / LEAST_PACE)
        try:
            super().sendall(data, flags)
        except TimeoutError:
            raise _too_slow() from None
        finally:
            self.settimeout(None)

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        self.settimeout(SILENCE)
        try:
            return super().sendfile(file, offset, count)
        except TimeoutError:
            raise _too_slow() from None
        finally:
            self.settimeout(None)


class Worker(ThreadWorker):
    """gunicorn's gthread, on connections that are paced."""

    def enqueue_req(self, conn: TConn) -> None:
        if not isinstance(conn.sock, PacedSocket):
            conn.sock = PacedSocket(fileno=conn.sock.detach())
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:
        conn.sock.begin()
        return super().handle(conn)


def _too_slow() -> ConnectionResetError:
    """As if the other side had hung up: nobody is there who could be told, and it is no fault of the portal."""
    return ConnectionResetError(errno.ECONNRESET, "the line was too slow")
