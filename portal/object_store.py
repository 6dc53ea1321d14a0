"""The private storage in an S3-compatible service, where FILES_URL names one.

Loaded by its name in STORAGES only: boto3 takes its time. An object is put in one request, so it is there whole or not
at all; it is read whole and held against its hash before a byte of it goes on.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from portal import clock
from portal.content_store import CHUNK, PURGE_AFTER, DamagedError, UnreachableError

IN_MEMORY = 4 << 20
# A person waits for the answer: two tries, and two seconds for each to find the service.
PATIENCE = {"connect_timeout": 2, "read_timeout": 20, "retries": {"total_max_attempts": 2, "mode": "standard"}}
# Later checksums than S3's first are unknown to many services that speak S3; the signed SHA-256 of the body is not.
OLD_CHECKSUMS = {
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


class Bucket(S3Storage):
    """See content_store.Place. Objects get no access list of their own: the bucket's owner alone reads them."""

    def __init__(self, *, addressing_style: str, **options: Any) -> None:
        style = {"addressing_style": addressing_style, "payload_signing_enabled": True}
        config = Config(signature_version="s3v4", s3=style, **PATIENCE, **OLD_CHECKSUMS)
        # Keys come from FILES_URL alone, whatever else the machine's environment says about the same service.
        super().__init__(client_config=config, security_token=None, session_profile=None, default_acl=None, **options)

    @property
    def bucket(self) -> Any:
        """Of this thread's own connection: the parent shares one between threads, which boto3 does not allow."""
        return self.connection.Bucket(self.bucket_name)

    def put(self, path: str, content: IO[bytes], size: int) -> None:
        with self._named_errors(path):
            if not self._is_fresh(path, size):
                self._client.put_object(**self._key(path), Body=content, ContentType=self.default_content_type)

    def fetch(self, path: str) -> IO[bytes]:
        """The whole object, its bytes held against the hash that names it."""
        spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the caller closes it
        digest = hashlib.sha256()
        try:
            with self._named_errors(path):
                for chunk in self._client.get_object(**self._key(path))["Body"].iter_chunks(CHUNK):
                    digest.update(chunk)
                    spool.write(chunk)
            if digest.hexdigest() != path.rsplit("/", 1)[-1]:
                raise DamagedError(f"{self._place(path)} does not hold the content that its name says")
        except OSError:
            spool.close()
            raise
        spool.seek(0)
        return spool

    def exists(self, name: str) -> bool:
        with self._named_errors(name):
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with self._named_errors(name):
            super().delete(name)

    def walk(self) -> Iterator[tuple[str, datetime]]:
        prefix = f"{self.location}/" if self.location else ""
        with self._named_errors(prefix):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket_name, Prefix=prefix)
            for page in pages:
                for found in page.get("Contents", ()):
                    yield found["Key"].removeprefix(prefix), found["LastModified"]

    def touched(self, path: str) -> datetime:
        with self._named_errors(path):
            return self._head(path)["LastModified"]

    def answer(self) -> None:
        with self._named_errors(""):
            # Asked by HEAD, the service would not say what is wrong.
            self._client.list_objects_v2(Bucket=self.bucket_name, MaxKeys=1)

    def url(self, *_args: Any, **_options: Any) -> str:
        """A link would go past the view that checks access."""
        raise NotImplementedError("a stored file has no address of its own")

    def _is_fresh(self, path: str, size: int) -> bool:
        """Whether the content is there and far from the purge; an older one is put again, which renews its date."""
        try:
            there = self._head(path)
        except ClientError as error:
            if _status(error) == 404:
                return False
            raise
        return bool(there["ContentLength"] == size and there["LastModified"] > clock.machine_now() - PURGE_AFTER / 2)

    def _head(self, path: str) -> dict[str, Any]:
        return self._client.head_object(**self._key(path))

    def _key(self, path: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(path)}

    def _place(self, path: str) -> str:
        return f"{self.endpoint_url}/{self.bucket_name}/{self._normalize_name(path) if path else ''}"

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    @contextmanager
    def _named_errors(self, path: str) -> Iterator[None]:
        """Errors of the service as those of a disk: FileNotFoundError, or UnreachableError saying what it answered."""
        try:
            yield
        except ClientError as error:
            said = error.response.get("Error", {})
            if _status(error) == 404 and said.get("Code") in {"404", "NoSuchKey"} and path:
                raise FileNotFoundError(self._place(path)) from error
            raise UnreachableError(f"{self._place(path)}: {_words(_status(error), said)}") from error
        except BotoCoreError as error:
            raise UnreachableError(f"{self._place(path)}: no answer ({error})") from error


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _words(status: int, said: dict[str, str]) -> str:
    answered = " ".join(dict.fromkeys([str(status), *(said.get(part, "") for part in ("Code", "Message"))])).strip()
    if status == 403:
        return f"the key or the secret is wrong, or they have not the right to do this (answered {answered})"
    if said.get("Code") == "NoSuchBucket" or status == 404:
        return f"there is no such bucket (answered {answered})"
    return f"answered {answered}"
