"""Reading the environment: every value is checked and a wrong one is named."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

S3_ADDRESS = "s3://KEY:SECRET@HOST:PORT/BUCKET[/FOLDER][?region=…&tls=on&style=path&ca=FILE]"
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The value of a variable; without a default a missing one stops the start."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment (see .env.example).")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, str(default)).strip().lower()
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name}={value!r} is neither on nor off. Use 1 or 0.")


def number(name: str, default: int, *, least: int = 0) -> int:
    value = os.environ.get(name, str(default))
    if not value.strip().isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number of at least {least}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def choice(name: str, default: str, allowed: set[str]) -> str:
    value = os.environ.get(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r} is not one of {', '.join(sorted(allowed))}.")
    return value


def fernet_keys(name: str, default: str) -> list[str]:
    """A comma-separated list of encryption keys, each of which can be used."""
    keys = words(name, default)
    for place, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name}: key {place} is not 32 bytes in url-safe base64.") from error
    return keys


def mail_server(name: str) -> SplitResult:
    """The address of a mail server: smtp://HOST:PORT or smtp+tls://USER:PASSWORD@HOST:PORT."""
    address = urlsplit(os.environ.get(name, ""))
    if address.scheme not in {"smtp", "smtp+tls"} or not address.hostname:
        raise ImproperlyConfigured(f"{name} is neither `file` nor an address smtp:// or smtp+tls://.")
    return address


def database(name: str, default: str) -> dict[str, object]:
    """A Django database entry from an address: sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME?host=SOCKETDIR."""
    address = urlsplit(os.environ.get(name) or default)
    if address.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": address.path.removeprefix("/") if address.netloc else address.path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA secure_delete=ON;",
            },
            # Threads of a test must meet in one file, as processes do.
            "TEST": {"NAME": os.environ.get("TEST_SQLITE") or None},
        }
    if address.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name}: {address.scheme!r} is neither sqlite nor postgres.")
    query = dict(parse_qsl(address.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.lstrip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": query.get("host", address.hostname or ""),
        "PORT": str(address.port or query.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def identity_provider(*, insecure: bool) -> dict[str, Any] | None:
    """The region's OpenID Connect provider from OIDC_*, or None. `insecure`: one on loopback may do without https."""
    needed = ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    given = {name: os.environ.get(name, "").strip() for name in needed}
    named, missing = [name for name in needed if given[name]], [name for name in needed if not given[name]]
    if not named:
        return None
    if missing:
        raise ImproperlyConfigured(f"{', '.join(named)} is set but not {', '.join(missing)}. Set all three or none.")
    server = given["OIDC_SERVER_URL"].rstrip("/").removesuffix("/.well-known/openid-configuration")
    address = urlsplit(server)
    allowed = address.scheme == "https" or (insecure and address.scheme == "http" and address.hostname in LOOPBACK)
    if not allowed or not address.hostname or address.query or address.fragment or address.username:
        raise ImproperlyConfigured(f"OIDC_SERVER_URL={server!r} is no https address of an issuer.")
    return {
        "server_url": server,
        "client_id": given["OIDC_CLIENT_ID"],
        "client_secret": given["OIDC_CLIENT_SECRET"],
        "name": os.environ.get("OIDC_NAME", "").strip() or "统一身份认证",
        "link_by_email": flag("OIDC_LINK_BY_EMAIL"),
    }


def file_storage(name: str, directory: Path) -> dict[str, object]:
    """A Django storage entry: the directory, or the S3-compatible service whose address the variable holds."""
    given = os.environ.get(name, "").strip()
    if not given:
        return {"BACKEND": "portal.directory_store.Directory", "OPTIONS": {"location": str(directory)}}
    try:
        return {"BACKEND": "portal.object_store.Bucket", "OPTIONS": _bucket(given)}
    except ValueError as wrong:
        # The address itself is not repeated: it holds the secret.
        raise ImproperlyConfigured(f"{name}: {wrong}. It reads {S3_ADDRESS}.") from None


def _bucket(given: str) -> dict[str, object]:
    """Raises ValueError saying what is wrong with the address, never quoting what may be the secret."""
    address = urlsplit(given)
    if address.scheme != "s3":
        raise ValueError("it does not begin with s3://")
    try:
        port = address.port
    except ValueError:
        raise ValueError("the port is no number, or / ? # @ : in the secret is not percent-encoded") from None
    if not address.username or not address.password or not address.hostname or address.fragment:
        raise ValueError("key, secret or host is missing, or / ? # @ : in the secret is not percent-encoded")
    bucket, _, folder = unquote(address.path).strip("/").partition("/")
    if not BUCKET.fullmatch(bucket):
        raise ValueError(f"{bucket!r} is no name of a bucket")
    options = dict(parse_qsl(address.query, keep_blank_values=True))
    tls, style = options.pop("tls", "on").lower(), options.pop("style", "path")
    region, authority = options.pop("region", "us-east-1"), options.pop("ca", None)
    if tls not in TRUE | FALSE:
        raise ValueError(f"tls={tls!r} is neither on nor off")
    if style not in {"path", "virtual"}:
        raise ValueError(f"style={style!r} is neither path nor virtual")
    if authority is not None and not Path(authority).is_file():
        raise ValueError(f"ca={authority!r} is no file")
    if options:
        raise ValueError(f"{', '.join(options)} is no option of it")
    host = f"[{address.hostname}]" if ":" in address.hostname else address.hostname
    return {
        "access_key": unquote(address.username),
        "secret_key": unquote(address.password),
        "endpoint_url": f"{'https' if tls in TRUE else 'http'}://{host}" + (f":{port}" if port else ""),
        "bucket_name": bucket,
        "location": folder.strip("/"),
        "region_name": region,
        "addressing_style": style,
        "verify": authority,
    }
