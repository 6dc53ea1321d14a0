"""A real mail server on the loopback: it takes mail, or refuses what it is told to."""

import email
import email.message
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class MailServer(socketserver.ThreadingTCPServer):
    """`received` is what it took; an address in `refused` is answered with 550."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.received: list[email.message.Message] = []
        self.refused: set[str] = set()

    @property
    def recipients(self) -> list[str]:
        return [str(letter["To"]) for letter in self.received]

    @property
    def ids(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.received]


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 loopback")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"QUIT":
                self._say("221 bye")
                return
            if word == b"DATA":
                self._say("354 go on")
                self.server.received.append(email.message_from_bytes(self._letter()))
                self._say("250 taken")
            elif word == b"RCPT" and any(address.encode() in line for address in self.server.refused):
                self._say("550 no such mailbox")
            else:
                self._say("250 fine")

    def _letter(self) -> bytes:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        return b"".join(lines)

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def running() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
