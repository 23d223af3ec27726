"""Writes a backup while people work: one consistent view of the database, then the kept files."""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from board.core import journal, migrate, times
from board.core.db import Tx, db, reading
from board.core.errors import Problem
from board.keeping.archive import FORMAT, VERSION, Archive, write_file, write_manifest, write_table

#: what belongs to one moment of one installation, or can be made of the rest
NOT_KEPT = {"sessions", "answered", "search_documents"}
#: folders of the data directory that hold people's files
FOLDERS = ("imports", "files")
_AT_ONCE = 1000
_NAME = "staffroom-{}.zip"


def write(data: Path, to: Path) -> tuple[Path, dict[str, Any]]:
    """Writes a backup of everything to ``to`` (a directory: under a name with the time in it), and reads it back.

    Returns its path and manifest. Nothing stands under that name until it is whole and verified.

    Raises:
        Problem: there is no room, or the place cannot be written to.
    """
    path = to / _NAME.format(times.clock().strftime("%Y-%m-%d-%H%M%S")) if to.is_dir() else to
    part = path.with_name(path.name + ".part")
    if path.exists():
        raise Problem(f"{path} is there already.")
    try:
        manifest = _write(data, part)
        archive = Archive(part)
        try:
            archive.verify()
        finally:
            archive.close()
        part.rename(path)
    except OSError as e:
        raise Problem(f"The backup could not be written to {path}: {e.strerror or e}.") from e
    finally:
        part.unlink(missing_ok=True)
    return path, manifest


def forget(folder: Path, keep: int) -> list[Path]:
    """Removes all but the newest ``keep`` backups of a folder; returns which went."""
    old = sorted(folder.glob(_NAME.format("*")))[:-keep]
    for path in old:
        path.unlink()
    return old


def kept_tables() -> list[Table]:
    """In the order in which they can be filled."""
    return [table for table in db.metadata.sorted_tables if table.name not in NOT_KEPT]


def _write(data: Path, part: Path) -> dict[str, Any]:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        manifest: dict[str, Any] = {"format": FORMAT, "version": VERSION, "made_at": times.now()}
        with reading() as tx:
            manifest |= {"revision": migrate.current(tx), "epoch": journal.epoch(tx)}
            manifest["tables"] = {
                str(table.name): write_table(file, str(table.name), [str(c.name) for c in table.c], _rows(tx, table))
                for table in kept_tables()
            }
        manifest["files"] = {name: write_file(file, name, data / name) for name in _files(data)}
        write_manifest(file, manifest)
    return manifest


def _rows(tx: Tx, table: Table) -> Iterator[Any]:
    query = select(table).order_by(*table.primary_key.columns)
    for some in tx.execute(query.execution_options(yield_per=_AT_ONCE)).partitions():
        yield from some


def _files(data: Path) -> list[str]:
    return sorted(
        str(path.relative_to(data))
        for folder in FOLDERS
        for path in (data / folder).rglob("*")
        if path.is_file() and not path.is_symlink()
    )
