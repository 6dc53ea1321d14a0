"""The ClamAV adapter against a server that speaks clamd's INSTREAM protocol over a real socket."""

import io
import socketserver
import threading

import pytest

from portal.file_checks.antivirus import EICAR, ClamAV, Signatures, scanner


class Clamd(socketserver.StreamRequestHandler):
    """Reads the chunks, and answers as clamd does; a file that begins with `fault` makes it fail."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
        verdict = (
            b"ERROR" if content.startswith(b"fault") else b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
        )
        self.wfile.write(b"stream: " + verdict + b"\0")


@pytest.fixture(params=["socket", "port"])
def address(request, tmp_path):
    path = str(tmp_path / "clamd")
    is_socket = request.param == "socket"
    with (
        socketserver.UnixStreamServer(path, Clamd)
        if is_socket
        else socketserver.TCPServer(("127.0.0.1", 0), Clamd) as server
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield path if is_socket else f"127.0.0.1:{server.socket.getsockname()[1]}"
        server.shutdown()


def test_clamd_is_asked_and_believed(address, monkeypatch):
    monkeypatch.setenv("CLAMD", address)
    assert scanner().scan(io.BytesIO(b"x" * 200_000)) == ""
    assert scanner().scan(io.BytesIO(b"x" * 70_000 + EICAR)) == "Eicar-Test-Signature"


def test_a_scanner_without_a_verdict_raises(address):
    with pytest.raises(OSError, match="no verdict"):
        ClamAV(address).scan(io.BytesIO(b"fault"))


def test_the_stand_in_finds_its_signature_across_chunks(monkeypatch):
    monkeypatch.delenv("CLAMD", raising=False)
    assert isinstance(scanner(), Signatures)
    assert scanner().scan(io.BytesIO(b"x" * ((1 << 16) - 10) + EICAR)) == "Eicar-Test-Signature"
    assert scanner().scan(io.BytesIO(EICAR[:-1])) == ""
