"""Looking for viruses, behind an interface.

`ClamAV` speaks to a clamd; set CLAMD to its socket path or host:port. Without that setting `Signatures` stands in: it
knows the industry's test file (EICAR) only and is no protection, just proof that the way works. A scanner that cannot
answer raises, and the file waits: nothing unscanned is served.
"""

import os
import socket
from typing import IO, Protocol

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CHUNK = 1 << 16
TIMEOUT = 30


class Scanner(Protocol):
    def scan(self, content: IO[bytes]) -> str:
        """The name of what was found, empty when nothing was. Raises OSError when the scanner cannot answer."""


class Signatures:
    """The stand-in: finds the test signature anywhere in the file."""

    def scan(self, content: IO[bytes]) -> str:
        content.seek(0)
        tail = b""
        while chunk := content.read(CHUNK):
            if EICAR in tail + chunk:
                return "Eicar-Test-Signature"
            tail = chunk[-len(EICAR) :]
        return ""


class ClamAV:
    """A clamd at a socket path or host:port, asked by its INSTREAM command."""

    def __init__(self, address: str) -> None:
        self.address = address

    def scan(self, content: IO[bytes]) -> str:
        content.seek(0)
        with self._connect() as line:
            line.sendall(b"zINSTREAM\0")
            while chunk := content.read(CHUNK):
                line.sendall(len(chunk).to_bytes(4, "big") + chunk)
            line.sendall(b"\0\0\0\0")
            answer = line.makefile("rb").read(4096).rstrip(b"\0\n").decode(errors="replace")
        if answer.endswith(" FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")
        if answer.endswith(" OK"):
            return ""
        raise OSError(f"clamd gave no verdict: {answer}")

    def _connect(self) -> socket.socket:
        if self.address.startswith("/"):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(TIMEOUT)
            line.connect(self.address)
            return line
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=TIMEOUT)


def scanner() -> Scanner:
    address = os.environ.get("CLAMD", "")
    return ClamAV(address) if address else Signatures()
