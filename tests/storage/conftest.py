"""Both kinds of private storage, the second at a server of its own."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal import clock, content_store
from portal import environment as env
from tests.storage import service as s3


@pytest.fixture(scope="session")
def service() -> Iterator[s3.Service]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        with s3.running() as running:
            yield running


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def use_storage(settings, monkeypatch):
    """Puts the private storage where an address says, as the setting does."""

    def use(address: str, directory: Path = Path("/nowhere")):
        monkeypatch.setenv("FILES_URL", address)
        entry = env.file_storage("FILES_URL", directory)
        settings.STORAGES = {**settings.STORAGES, "private": entry}
        return content_store.place()

    return use


@pytest.fixture
def bucket(service, use_storage) -> str:
    """The files of this test are in a folder of the bucket; its name."""
    folder = secrets.token_hex(4)
    use_storage(service.address(folder))
    return folder


@pytest.fixture(params=["directory", "bucket"])
def store(request, use_storage, private_files) -> str:
    """A test that asks for it runs on either kind of storage."""
    if request.param == "directory":
        use_storage("", private_files)
    else:
        request.getfixturevalue("bucket")
    return request.param


@pytest.fixture
def two_days_later(monkeypatch):
    """Moves the machine's clock, which storages and purge go by."""
    real = clock.machine_now
    return lambda: monkeypatch.setattr(clock, "machine_now", lambda: real() + 2 * content_store.PURGE_AFTER)
