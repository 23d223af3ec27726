"""While no school exists, whoever holds the one-time code may make it: the code is shown in the terminal and kept in the data directory."""

import hmac
import os
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import select

from board.core.db import Tx, reading
from board.people import keys
from board.people.models import School


def setup_code(app: Flask) -> str | None:
    """The one-time code, made when it is first asked for; None, and no file, once there is a school."""
    with app.app_context():
        return _code()


def is_right(code: str) -> bool:
    kept = _code()
    return kept is not None and hmac.compare_digest(kept.encode(), keys.typed(code).encode())


def has_school(tx: Tx) -> bool:
    return tx.scalar(select(School.id).limit(1)) is not None


def forget() -> None:
    _path().unlink(missing_ok=True)


def _code() -> str | None:
    with reading() as tx:
        if has_school(tx):
            forget()
            return None
    path = _path()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as out:
        out.write(code := keys.code(4))
    return code


def _path() -> Path:
    path: Path = current_app.config["BOARD"].data / "setup-code"
    return path
