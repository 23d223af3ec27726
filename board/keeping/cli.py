"""``bin/backup`` and ``bin/restore``."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from board.config import Config
from board.core.db import db
from board.core.errors import Problem
from board.core.lock import server_absent
from board.keeping import backup, restore

Check = Callable[[argparse.Namespace, Config], int]


def add_commands(
    commands: Any, create_app: Callable[[Config], Flask], prepared: Callable[[Config], Flask], check: Check
) -> None:
    """Args:
    create_app, prepared: an application as it stands, and one whose database is up to date.
    check: run over what was restored.
    """
    write = commands.add_parser("backup", help="everything in one file, while people work")
    write.add_argument("to", nargs="?", help="a file or a directory (default: backups/ in the data directory)")
    write.add_argument("--keep", type=_some, help="remove all but so many of the newest backups in that directory")
    write.set_defaults(run=lambda given, config: _backup(given, prepared(config), config))
    read = commands.add_parser("restore", help="a backup into an empty installation")
    read.add_argument("file", type=Path)
    read.set_defaults(run=lambda given, config: _restore(given, create_app(config), config, check))


def _backup(given: argparse.Namespace, app: Flask, config: Config) -> int:
    to = Path(given.to) if given.to else config.data / "backups"
    if given.to is None:
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
    with app.app_context():
        try:
            path, manifest = backup.write(config.data, to)
        finally:
            db.engine.dispose()
    rows = sum(table["rows"] for table in manifest["tables"].values())
    print(f"{path}: {rows:,} rows, {len(manifest['files']):,} files, {_size(path)}; read back and found whole.")
    if given.keep:
        for old in backup.forget(path.parent, given.keep):
            print(f"Removed {old}.")
    return 0


def _restore(given: argparse.Namespace, app: Flask, config: Config, check: Check) -> int:
    with server_absent(config.data) as alone:
        if not alone:
            raise Problem(f"A server runs on {config.data}. Stop it first, or name another directory with --data.")
        with app.app_context():
            try:
                manifest = restore.read(app, given.file)
            finally:
                db.engine.dispose()
        print(f"Restored what was there on {manifest['made_at']}. Everybody signs in again.")
        return check(given, config)


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"


def _some(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return int(value)
