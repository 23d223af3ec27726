"""``bin/board import trello FILE --group 3``: an import from the terminal of the machine that serves."""

import argparse
import secrets
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from board.config import Config
from board.core import command, jobs
from board.core.access import Actor
from board.core.db import Tx, db, reading
from board.core.errors import Invalid, NotSeen
from board.core.lock import server_absent
from board.exchange import job, queries
from board.exchange.commands import imports as verbs
from board.exchange.models import imports
from board.exchange.schemas import StartImport
from board.initiatives.models import groups, initiatives
from board.people.models import Account, Member

members, accounts = Member.__table__, Account.__table__
_LOOK_EVERY_S = 0.3


def add_commands(commands: Any, prepared: Callable[[Config], Flask]) -> None:
    """Adds ``import`` to the commands of ``bin/board``. ``prepared`` makes the application, its database up to date."""
    parser = commands.add_parser("import", help="bring in a board that was exported elsewhere")
    parser.add_argument("kind", choices=["trello"])
    parser.add_argument("file", type=Path, help="the export, as JSON")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--group", type=int, metavar="N", help="number of the group that gets the board")
    where.add_argument("--initiative", type=int, metavar="N", help="number of the initiative that gets the board")
    parser.add_argument("--by", metavar="EMAIL", help="who imports it (default: the school's first admin)")
    parser.add_argument(
        "--map", metavar="NAME=EMAIL", action="append", default=[], help="a username in the file, and who that is here"
    )
    parser.set_defaults(run=run, prepared=prepared)


def run(given: argparse.Namespace, config: Config) -> int:
    if not given.file.is_file():
        print(f"There is no file {given.file}.", file=sys.stderr)
        return 1
    app = given.prepared(config)
    with app.app_context(), server_absent(config.data) as alone:
        try:
            id = _start(given)
            return _follow(app, id, alone)
        finally:
            db.engine.dispose()


def _start(given: argparse.Namespace) -> int:
    with reading() as tx:
        actor = _actor(tx, given)
        pairs = (entry.partition("=") for entry in given.map)
        mapping: dict[str, int | None] = {name: _member(tx, actor.school_id, email) for name, _, email in pairs}
    stored = secrets.token_hex(16)
    path = job.folder() / stored
    shutil.copyfile(given.file, path)
    path.chmod(0o600)
    body = StartImport(kind=given.kind, group_id=given.group, initiative_id=given.initiative, mapping=mapping)
    try:
        return int(command.perform(actor, verbs.start_import, body, given.file.name, stored).record["id"])
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _follow(app: Flask, id: int, alone: bool) -> int:
    """Waits for the server's worker, or works itself where no server runs; tells how far it is, and the report."""
    shown = -1
    while True:
        if alone:
            jobs.work_once(app)
        with reading() as tx:
            record = queries.import_record(tx, tx.one(select(imports).where(imports.c.id == id)))
        percent = int(record["progress"] * 100)
        if percent != shown:
            shown = percent
            print(f"{record['state']} {percent} %", flush=True)
        if record["state"] == "failed":
            print(record["error"]["message"], file=sys.stderr)
            return 1
        if record["state"] == "done":
            _tell(record)
            return 0
        time.sleep(_LOOK_EVERY_S)


def _tell(record: dict[str, Any]) -> None:
    report = record["report"]
    print(f"Board {record['board_ids'][0]}: /boards/{record['board_ids'][0]}")
    for name, found in report["found"].items():
        if found:
            print(f"  {name.replace('_', ' ')}: {found} found, {report['made'][name]} made")
    if report["missing"]["comments"]:
        print(f"  {report['missing']['comments']} comments are not in this export:")
        for row in report["missing"]["by_card"]:
            print(f"    {row['comments']} of {row['card']}")
    for row in report["left_out"]:
        print(f"  {row['kind']}: {row['what']}: {row['why']}")


def _actor(tx: Tx, given: argparse.Namespace) -> Actor:
    place = groups if given.group is not None else initiatives
    id = given.group if given.group is not None else given.initiative
    school_id = tx.scalar(select(place.c.school_id).where(place.c.id == id))
    if school_id is None:
        raise NotSeen(f"There is no {'group' if given.group is not None else 'initiative'} {id}.")
    query = select(members).where(members.c.school_id == school_id, members.c.active.is_(True))
    if given.by:
        query = query.where(members.c.id == _member(tx, school_id, given.by))
    else:
        query = query.where(members.c.role == "admin").order_by(members.c.id)
    row = tx.first(query)
    if row is None:
        raise NotSeen("There is nobody who could import this. Name somebody with --by.")
    return Actor(row.id, row.school_id, row.role, row.name)


def _member(tx: Tx, school_id: int, email: str) -> int:
    source = members.join(accounts, accounts.c.id == members.c.account_id)
    query = select(members.c.id).select_from(source)
    id = tx.scalar(query.where(members.c.school_id == school_id, accounts.c.email == email.strip().lower()))
    if id is None:
        raise Invalid.field("email", f"Nobody in this school has the address {email}.")
    return int(id)
