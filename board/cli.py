"""``bin/board``: what is done from the terminal of the machine that serves."""

import argparse
import os
import sys
from collections.abc import Sequence

from flask import Flask
from sqlalchemy import func, select

from board import create_app, exchange, keeping, people, search
from board.config import Config, ConfigError
from board.core import checks, migrate
from board.core.db import db, reading, writing
from board.core.errors import Problem
from board.core.journal import Room


def main(arguments: Sequence[str] | None = None) -> int:
    os.umask(0o077)  # what is made here (database, locks, files of people) is for this user alone
    parser = argparse.ArgumentParser(prog="bin/board", description="Looks after a Staffroom installation.")
    _say_where(parser)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("init", help="make or bring up to date the database").set_defaults(run=init)
    commands.add_parser("check", help="verify that what is stored is whole").set_defaults(run=check)
    commands.add_parser("reindex", help="make the index of what is looked for anew").set_defaults(run=reindex)
    reset = commands.add_parser("reset-password", help="make a link to a new password for somebody who cannot sign in")
    reset.add_argument("name", help="her mail address, or the sign-in name of her card")
    reset.set_defaults(run=reset_password)
    exchange.add_commands(commands, _prepared)
    keeping.add_commands(commands, create_app, _prepared, check)
    for one in commands.choices.values():
        _say_where(one, default=argparse.SUPPRESS)  # it may also be said after the command, as with bin/serve
    given = parser.parse_args(arguments)
    try:
        config = Config.load(data=given.data, database=given.database)
        code: int = given.run(given, config)
    except (ConfigError, Problem) as e:
        print(str(e), file=sys.stderr)
        return 1
    return code


def _say_where(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    parser.add_argument("--data", help="the data directory (default: instance/)", default=default)
    parser.add_argument("--database", help="postgresql://… instead of SQLite in the data directory", default=default)


def _prepared(config: Config) -> Flask:
    app = create_app(config)
    migrate.upgrade(app)
    return app


def init(given: argparse.Namespace, config: Config) -> int:
    migrate.upgrade(create_app(config))
    print(f"The database of {config.data} is up to date.")
    return 0


def check(given: argparse.Namespace, config: Config) -> int:
    """Everything that must hold of what is stored, each fault with its place."""
    app = _prepared(config)
    with app.app_context():
        try:
            with reading() as tx:
                faults = [fault for look in checks.all_of(app) for fault in look(tx)]
                rooms = tx.scalar(select(func.count()).select_from(Room.__table__))
        finally:
            db.engine.dispose()
    for fault in faults:
        print(fault)
    print(f"{rooms} rooms, {len(faults)} wrong")
    return 1 if faults else 0


def reindex(given: argparse.Namespace, config: Config) -> int:
    app = _prepared(config)
    with app.app_context():
        try:
            with writing() as tx:
                many = search.everything(tx)
        finally:
            db.engine.dispose()
    print(f"{many} things can be found.")
    return 0


def reset_password(given: argparse.Namespace, config: Config) -> int:
    app = create_app(config)
    migrate.upgrade(app)
    with app.app_context():
        try:
            path = people.hand_reset_link(given.name)
        finally:
            db.engine.dispose()
    print(f"Good once, for an hour; put the server's address in front: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
