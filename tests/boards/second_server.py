"""``python -m tests.boards.second_server DATA DATABASE MOMENT``: what a server does for cards that come again, as a process of its own.

It says ``due`` when it has read that a card is due, and ``mine`` when it is about to make it; each time it goes on when it gets a line.
"""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from board import create_app
from board.boards import job, rhythm
from board.config import Config
from board.core import command, times
from tests.school import ARGON2_COST


def main(data: str, database: str, moment: str) -> None:
    config = Config.load(data=Path(data), database=database or None, testing=True, argon2_cost=ARGON2_COST)
    times.clock = lambda: datetime.fromisoformat(moment)
    perform, comes = command.perform, rhythm.comes

    def performed(*given: Any, **more: Any) -> Any:
        _say("due")
        rhythm.comes = _held(comes)
        return perform(*given, **more)

    command.perform = performed
    with create_app(config).app_context():
        job.come_again({})
    _say("end", wait=False)


def _held(comes: Any) -> Any:
    def held(*given: Any) -> Any:
        _say("mine")
        return comes(*given)

    return held


def _say(word: str, *, wait: bool = True) -> None:
    print(word, flush=True)
    if wait:
        sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
