"""Backup and restore: one tar with a database dump, the stored files, and a manifest of their hashes.

The keys are not in it. Files are collected before and after the dump, so that every file a dumped row names is there.
"""

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import IO, Any

from django.core.management import call_command
from django.db import DatabaseError, connection

from portal import clock, content_store
from portal.models import FileState, StoredFile, User, content_path

FORMAT = 1
MANIFEST, DATABASE, FILES = "manifest.json", "database", "files"
PARTIAL = ".part"
OWN = re.compile(rf"{MANIFEST}|{DATABASE}|{FILES}/[0-9a-f]{{64}}")
RESTORE_WHOLE = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")


class BackupError(RuntimeError):
    """Backup or restore cannot go on; the sentence says why."""


def write(archive: Path) -> dict[str, Any]:
    """Writes the archive (a new file) and returns its manifest. Raises BackupError, content_store.StorageError."""
    if archive.exists():
        raise BackupError(f"{archive} exists; choose another name")
    partial = archive.with_name(archive.name + PARTIAL)
    with tempfile.TemporaryDirectory(prefix="portal-backup-") as folder:
        early = _file_hashes()
        dump = Path(folder, DATABASE)
        _dump_database(dump)
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "made_at": clock.machine_now().isoformat(),
            "engine": connection.vendor,
            "database": _sha256(dump),
            "files": sorted(sha for sha in early | _file_hashes() if content_store.exists(sha)),
        }
        try:
            with _private(partial) as out, tarfile.open(fileobj=out, mode="w") as tar:
                _add_text(tar, folder, MANIFEST, json.dumps(manifest, indent=1))
                tar.add(dump, DATABASE)
                for sha256 in manifest["files"]:
                    _add_file(tar, folder, sha256)
            partial.replace(archive)
        finally:
            partial.unlink(missing_ok=True)
    return manifest


def restore(archive: Path) -> dict[str, Any]:
    """Restores an archive into an empty installation of the same kind of database, and returns its manifest.

    Every hash is checked before anything is written.

    Raises:
        BackupError: people are here already; the archive is damaged, incomplete, or of another kind of database.
        content_store.StorageError: the file storage fails; the database is not restored yet.
    """
    _require_empty()
    with tempfile.TemporaryDirectory(prefix="portal-restore-") as folder:
        try:
            with tarfile.open(archive) as tar:
                _unpack(tar, Path(folder))
            manifest = json.loads(Path(folder, MANIFEST).read_text(encoding="utf8"))
        except (tarfile.TarError, OSError, ValueError) as error:
            raise BackupError(f"{archive} is no backup archive: {error}") from error
        _require_whole(Path(folder), manifest)
        for sha256 in manifest["files"]:
            with Path(folder, FILES, sha256).open("rb") as content:
                content_store.put(content)
        _load_database(Path(folder, DATABASE))
    return manifest


def _unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Writes out what a backup consists of, and nothing else an archive may hold: no link, no path of its own.

    By hand, since Debian 12's Python knows no filters of tarfile.
    """
    for member in tar:
        if not (member.isfile() and OWN.fullmatch(member.name)):
            raise tarfile.TarError(f"{member.name!r} is not of a backup")
        target = folder / member.name
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as out:
            shutil.copyfileobj(tar.extractfile(member) or io.BytesIO(), out)


def _require_empty() -> None:
    try:
        has_people = User.objects.exists()
    except DatabaseError:
        has_people = False  # not even migrated
    if has_people:
        raise BackupError("this installation holds people already; restore into an empty one")


def _require_whole(folder: Path, manifest: dict[str, Any]) -> None:
    if manifest.get("format") != FORMAT:
        raise BackupError(f"archive format {manifest.get('format')} is not {FORMAT}")
    if manifest["engine"] != connection.vendor:
        raise BackupError(f"the archive holds a {manifest['engine']} database, here is {connection.vendor}")
    expected = {folder / DATABASE: manifest["database"]} | {folder / FILES / sha: sha for sha in manifest["files"]}
    for path, sha256 in expected.items():
        if not path.is_file() or _sha256(path) != sha256:
            raise BackupError(f"{path.name} is missing or damaged; nothing was restored")


def _file_hashes() -> set[str]:
    rows = StoredFile.objects.exclude(state=FileState.REFUSED).values_list("sha256", flat=True)
    return set(rows.iterator())


def _private(path: Path) -> IO[bytes]:
    """A new file that holds the whole database: nobody else reads it, whatever the umask says."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _add_file(tar: tarfile.TarFile, folder: str, sha256: str) -> None:
    copy = Path(folder, "file")
    with content_store.open_content(sha256) as content, copy.open("wb") as out:
        shutil.copyfileobj(content, out)
    if _sha256(copy) != sha256:
        raise BackupError(f"stored file {content_path(sha256)} is damaged; mend it from an older backup first")
    tar.add(copy, f"{FILES}/{sha256}")


def _add_text(tar: tarfile.TarFile, folder: str, name: str, text: str) -> None:
    path = Path(folder, name)
    path.write_text(text, encoding="utf8")
    tar.add(path, name)


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return content_store.measure(content)[0]


def _dump_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(target)
        connection.connection.backup(copy)
        copy.close()
        return
    _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _load_database(source: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(source)
        copy.backup(connection.connection)
        copy.close()
    else:
        _postgres("pg_restore", *RESTORE_WHOLE, str(source))
    call_command("migrate", interactive=False, verbosity=0)


def _postgres(program: str, *arguments: str) -> None:
    """Runs a client program of PostgreSQL on our database; the password goes by the environment."""
    given = connection.settings_dict
    connection.close()
    environment = {
        "PGHOST": given["HOST"], "PGPORT": str(given["PORT"]), "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"], "PGDATABASE": given["NAME"],
    }  # fmt: skip
    target = ["--dbname", given["NAME"]] if program == "pg_restore" else []
    done = subprocess.run(  # noqa: S603  a fixed program, arguments are ours
        [program, *target, *arguments],
        env=os.environ | {name: value for name, value in environment.items() if value},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()}")
