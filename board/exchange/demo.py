"""A made-up school to look around in: made where there is none, shown to visitors, and made anew each day so that its dates never grow old."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import or_, select
from sqlalchemy.exc import DBAPIError

from board.core import times
from board.core.db import Tx, db, reading
from board.core.journal import Epoch
from board.exchange.riverbend import Riverbend, content
from board.people import first_start, passwords
from board.people.models import Account, Member

#: of everybody in the made-up school
PASSWORD = "share the load"
SIGN_IN = "ana@riverbend.example (principal), maya@… or jon@riverbend.example (teachers)"
#: a server that runs on begins anew at this hour of the school's day, whoever is there
HOUR = 3
_MARK = "demo"
accounts, members = Account.__table__, Member.__table__


def fill(app: Flask) -> bool:
    """Makes the school where there is none; False when there is one already."""
    with app.app_context():
        with reading() as tx:
            if first_start.has_school(tx):
                return False
            epoch = _epoch(tx)
        # Until it is whole it counts as one of another day.
        _mark(app).write_text(f"unfinished {epoch}\n")
        Riverbend(PASSWORD, passwords.hashed(PASSWORD)).make()
        first_start.forget()
        _mark(app).write_text(f"{_here().date().isoformat()} {epoch}\n")
        return True


def visitors(tx: Tx) -> list[dict[str, str]]:
    """As whom one may look around: name, job, and what she signs in with. Nobody where the school is not the made-up one."""
    found = content()
    staff = {p["key"]: p for p in found["staff"]}
    wanted = {staff[v["key"]]["name"]: v["job"] for v in found["visitors"]}
    addresses = [staff[v["key"]]["email"] for v in found["visitors"]]
    query = select(members.c.name, accounts.c.email, accounts.c.handle).join(
        accounts, accounts.c.id == members.c.account_id
    )
    hers = (members.c.active, members.c.name.in_(wanted), accounts.c.password.isnot(None))
    # Whoever has an address at all has one that belongs to nobody outside of here.
    here = or_(accounts.c.email.in_(addresses), accounts.c.email.is_(None))
    rows = tx.all(query.where(*hers, here).order_by(members.c.id))
    return [{"name": r.name, "job": wanted[r.name], "sign_in": r.email or r.handle, "password": PASSWORD} for r in rows]


def is_over(app: Flask, *, quiet: bool = False) -> bool:
    """Whether the school here was made by a demo on another day, and may go: by night, or at any hour while it is ``quiet``."""
    if not app.config["BOARD"].is_sqlite:
        return False
    made = _made(app)
    here = _here()
    if made is None or made[0] == here.date().isoformat() or not (quiet or here.hour >= HOUR):
        return False
    with app.app_context(), reading() as tx:
        return made[1] == _epoch(tx)


def clear(app: Flask) -> bool:
    """Before the tables are looked at: removes the school of another day. Never one that no demo made: what was restored into the same
    directory since then has another epoch. Returns whether it did."""
    if not is_over(app, quiet=True):
        return False
    with app.app_context():
        db.engine.dispose()
    data: Path = app.config["BOARD"].data
    for name in ("board.db", "board.db-wal", "board.db-shm"):
        (data / name).unlink(missing_ok=True)
    _mark(app).unlink(missing_ok=True)
    return True


def _made(app: Flask) -> tuple[str, str] | None:
    """Day and epoch of the school that a demo made here."""
    try:
        day, epoch = _mark(app).read_text().split()
    except (OSError, ValueError):
        return None
    return day, epoch


def _epoch(tx: Tx) -> Any:
    try:
        return tx.scalar(select(Epoch.epoch))
    except DBAPIError:
        return None


def _here() -> datetime:
    return times.clock().astimezone(ZoneInfo(content()["school"]["timezone"]))


def _mark(app: Flask) -> Path:
    data: Path = app.config["BOARD"].data
    return data / _MARK
