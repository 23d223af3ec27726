"""A process of its own: reads an export and writes the plan as JSON lines to standard output, progress and the reason of a refusal to standard error.

cd board/exchange && python -m trello.read FILE > plan.jsonl
"""

import sys
from pathlib import Path
from typing import IO

import orjson

from .broken import Broken
from .plan import MOST_OF_A_CARD, Plan
from .stream import records

#: this much address space and time at most: a file that gets round the other bounds ends its own process, never the server's
MOST_MEMORY = 1_500_000_000
MOST_SECONDS = 900


def main() -> int:
    _bound()
    return read(Path(sys.argv[1]), sys.stdout.buffer, sys.stderr.buffer)


def read(path: Path, out: IO[bytes], say: IO[bytes]) -> int:
    """0 when the plan is whole; else 1, and the last line said is ``{"broken": …}``."""
    try:
        plan, said = Plan(), 0.0

        def progress(done: int, size: int) -> None:
            nonlocal said
            share = done / max(size, 1)
            if share - said >= 0.01:
                said = share
                _say(say, {"progress": round(share, 2)})

        for collection, record in records(path, progress):
            plan.take(collection, record)
        for line in plan.lines():
            packed = orjson.dumps(line)
            if len(packed) > MOST_OF_A_CARD and "list_id" in line:
                raise Broken("too_many_parts", reading=f"“{line['title'][:60]}”")
            out.write(packed + b"\n")
        out.flush()
    except Broken as e:
        _say(say, {"broken": e.as_dict()})
        return 1
    except MemoryError:
        _say(say, {"broken": {"code": "too_much", "byte": None, "reading": ""}})
        return 1
    return 0


def _say(say: IO[bytes], value: object) -> None:
    say.write(orjson.dumps(value) + b"\n")
    say.flush()


def _bound() -> None:
    try:
        import resource
    except ImportError:  # not on this system: the bounds of scan, stream and plan still hold
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


if __name__ == "__main__":
    sys.exit(main())
