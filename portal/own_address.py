"""Under which address a telephone beside the desk reaches this portal."""

import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import validate_host

from portal.environment import LOOPBACK

PATIENCE_SECONDS = 0.3
PORTS = {"http": 80, "https": 443}
# Nothing is sent there: a datagram socket only asks the system which of its addresses would be used.
ELSEWHERE = ("192.0.2.1", 9)


def for_a_phone(request: HttpRequest) -> str:
    """`PUBLIC_URL` where it is set, else the address the request came by, else this machine's on the local net.

    Empty where only loopback is served, and no other machine gets here.
    """
    if settings.PUBLIC_URL:
        return str(settings.PUBLIC_URL)
    came_by = request.get_host()
    if not _is_loopback(came_by):
        return f"{request.scheme}://{came_by}"
    scheme, port = request.scheme or "http", urlsplit(f"//{came_by}").port
    if str(port or PORTS[scheme]) != request.META["SERVER_PORT"]:
        return ""  # what is called is not what serves: another port of this machine is nobody's to ask about
    return _on_the_local_net(scheme, port)


def _on_the_local_net(scheme: str, port: int | None) -> str:
    """This machine's address, if the portal may be called by it and answers there."""
    address = _address()
    if not address or _is_loopback(address) or not validate_host(address, settings.ALLOWED_HOSTS):
        return ""
    if not _answers(address, port or PORTS[scheme]):
        return ""
    return f"{scheme}://{address}" + (f":{port}" if port else "")


def _answers(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), PATIENCE_SECONDS).close()
    except OSError:
        return False
    return True


def _address() -> str:
    """The address of the interface that leads elsewhere; empty without a net."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(ELSEWHERE)
        except OSError:
            return ""
        return str(asked.getsockname()[0])


def _is_loopback(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    return name in LOOPBACK or name.startswith("127.")
