"""An S3-speaking server on the loopback interface that checks keys, signatures and rights: it stands for the region's."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

import boto3

BUCKET = "portal-files"
# What the runbook tells an operator to grant, and no more.
RIGHTS = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:ListBucket"]


@dataclass
class Service:
    """A running server, its address, and the log-in of the portal at it."""

    port: int
    process: subprocess.Popen[bytes] = field(repr=False)
    key: str = ""
    secret: str = ""

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def address(self, folder: str = "", **changes: str) -> str:
        """What an operator writes into FILES_URL."""
        given = {"key": self.key, "secret": self.secret, "bucket": BUCKET, **changes}
        login = f"{quote(given['key'], safe='')}:{quote(given['secret'], safe='')}"
        return f"s3://{login}@127.0.0.1:{self.port}/{given['bucket']}/{folder}?tls=off"

    def client(self, kind: str = "s3", key: str = "", secret: str = ""):
        return boto3.client(
            kind, endpoint_url=self.endpoint, region_name="us-east-1",
            aws_access_key_id=key or self.key or "setup", aws_secret_access_key=secret or self.secret or "setup",
        )  # fmt: skip

    def keys(self, folder: str) -> list[str]:
        listed = self.client().list_objects_v2(Bucket=BUCKET, Prefix=f"{folder}/").get("Contents", [])
        return [found["Key"].removeprefix(f"{folder}/") for found in listed]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def log_in(self) -> None:
        """A bucket, and a user with the rights that the runbook names; from now on every request is checked."""
        self.client("s3").create_bucket(Bucket=BUCKET)
        iam = self.client("iam")
        iam.create_user(UserName="portal")
        rights = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": RIGHTS, "Resource": "*"}]}
        iam.put_user_policy(UserName="portal", PolicyName="files", PolicyDocument=json.dumps(rights))
        made = iam.create_access_key(UserName="portal")["AccessKey"]
        request = urllib.request.Request(
            f"{self.endpoint}/moto-api/reset-auth", data=b"0", headers={"Content-Type": "text/plain"}
        )
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10).close()
        self.key, self.secret = made["AccessKeyId"], made["SecretAccessKey"]


@contextmanager
def running() -> Iterator[Service]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    service = Service(port, process)
    try:
        _wait_for(service)
        service.log_in()
        yield service
    finally:
        service.stop()


def _wait_for(service: Service) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert service.process.poll() is None, "the server ended by itself"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", service.port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not answer within a minute")
