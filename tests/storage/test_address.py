"""FILES_URL is read strictly: what is wrong is named, and the secret is never repeated."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import environment as env

HERE = Path("/srv/files")


def read(address: str, monkeypatch) -> dict:
    monkeypatch.setenv("FILES_URL", address)
    return env.file_storage("FILES_URL", HERE)


@pytest.mark.parametrize("nothing", ["", "  "])
def test_without_it_files_lie_in_the_directory(monkeypatch, nothing):
    assert read(nothing, monkeypatch) == {
        "BACKEND": "portal.directory_store.Directory",
        "OPTIONS": {"location": "/srv/files"},
    }


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("s3://K:S@store.example/portal", {"endpoint_url": "https://store.example", "bucket_name": "portal"}),
        (
            "s3://K:a%2Fb%40c@store.example:9000/portal/files/2025/?tls=off&region=cn-north-1&style=virtual",
            {
                "secret_key": "a/b@c", "endpoint_url": "http://store.example:9000", "location": "files/2025",
                "region_name": "cn-north-1", "addressing_style": "virtual",
            },
        ),
        ("s3://K:S@[::1]:9000/portal", {"endpoint_url": "https://[::1]:9000"}),
    ],
)  # fmt: skip
def test_an_address_is_read(monkeypatch, address, expected):
    entry = read(address, monkeypatch)
    usual = {
        "access_key": "K", "secret_key": "S", "location": "", "bucket_name": "portal", "region_name": "us-east-1",
        "addressing_style": "path", "verify": None,
    }  # fmt: skip
    assert entry == {"BACKEND": "portal.object_store.Bucket", "OPTIONS": usual | expected}


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("https://K:SeCrEt@store.example/portal", "s3://"),
        ("/srv/files", "s3://"),
        ("s3://store.example/portal", "key, secret or host is missing"),
        ("s3://K@store.example/portal", "key, secret or host is missing"),
        ("s3://K:SeCrEt@/portal", "key, secret or host is missing"),
        ("s3://K:SeC/rEt@store.example/portal", "percent-encoded"),
        ("s3://K:SeC#rEt@store.example/portal", "percent-encoded"),
        ("s3://K:SeCrEt@store.example:port/portal", "port"),
        ("s3://K:SeCrEt@store.example", "no name of a bucket"),
        ("s3://K:SeCrEt@store.example/Portal_Files", "'Portal_Files' is no name of a bucket"),
        ("s3://K:SeCrEt@store.example/portal?tls=perhaps", "tls='perhaps'"),
        ("s3://K:SeCrEt@store.example/portal?style=x", "style='x'"),
        ("s3://K:SeCrEt@store.example/portal?ca=/no/such.pem", "ca='/no/such.pem'"),
        ("s3://K:SeCrEt@store.example/portal?acl=public-read", "acl is no option"),
    ],
)
def test_a_wrong_address_is_refused_by_name_and_without_its_secret(monkeypatch, address, named):
    with pytest.raises(ImproperlyConfigured) as refused:
        read(address, monkeypatch)
    assert str(refused.value).startswith("FILES_URL: ")
    assert named in str(refused.value)
    assert "SeC" not in str(refused.value).replace("SECRET", "")
