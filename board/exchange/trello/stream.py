"""A file as a stream of records: (collection, record) in the file's order, never more of it in memory than one record and one chunk."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import ijson

from .broken import Broken
from .picks import BOARD, COLLECTIONS, Pick
from .scan import BOM, Scan

CHUNK = 64 * 1024
DEEPEST = 32
MOST_PARTS = 200_000

Record = dict[str, Any]
Progress = Callable[[int, int], None]


def records(path: Path, progress: Progress | None = None) -> Iterator[tuple[str, Record]]:
    """Each wanted record with the name of its collection; the board's own values last, as ("board", record).

    Raises:
        Broken: with the byte and what was being read there.
    """
    size = path.stat().st_size
    builder = _Builder()
    with path.open("rb") as file, _long_numbers():
        scan, read = Scan(), 0
        events: Any = ijson.sendable_list()
        parser = ijson.basic_parse_coro(events)
        if file.read(len(BOM)) != BOM:
            file.seek(0)
        start = file.tell()
        while True:
            at = file.tell()
            chunk = file.read(CHUNK)
            failure: Exception | None = None
            try:
                scan.take(chunk, last=not chunk)
                _send(parser, chunk)
            except Broken as e:
                failure = e
                _up_to(parser, chunk[: max((e.byte or 0) - at, 0)])
            except UnicodeDecodeError as e:
                failure = _half(scan) or e
            except (ijson.JSONError, ArithmeticError, ValueError) as e:
                failure = e
            try:
                # What came whole before the break tells where it was.
                taking = iter(events)
                yield from builder.take(taking)
                if failure:
                    raise _why(failure, builder, path, start, at, size, ended=not chunk)
            except Broken as e:
                if e.byte is None:
                    e.byte = _exactly(path, start, at, len(events) - taking.__length_hint__())
                e.reading = e.reading or builder.place()
                raise e from None
            del events[:]
            read = at + len(chunk)
            if progress:
                progress(read, size)
            if not chunk:
                break
    yield "board", builder.board


class _Builder:
    """Builds what the picks name, from parse events; remembers where it is, for messages."""

    def __init__(self) -> None:
        self.board: Record = {}
        self.key: str | None = None
        self.index = -1
        self._depth = 0
        self._skip = 0
        self._parts = 0
        self._started = False
        #: open containers below the top: (container, its pick, the key under way)
        self._stack: list[list[Any]] = []
        self._collection: str | None = None

    def take(self, events: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Record]]:
        for event, value in events:
            if event == "start_map" or event == "start_array":
                self._open(event == "start_map")
            elif event == "end_map" or event == "end_array":
                done = self._close()
                if done is not None:
                    yield done
            elif event == "map_key":
                if self._depth == 1:
                    self.key, self.index = value, -1
                elif not self._skip:
                    self._stack[-1][2] = value
            else:
                self._value(value)

    def place(self) -> str:
        """What is being read: ``cards[57] “Fix the roof”``."""
        if self.key is None:
            return ""
        if self._collection is None or self.index < 0:
            return self.key
        record = self._stack[0][0] if self._stack else {}
        name = record.get("name") or record.get("type") or ""
        return f"{self.key}[{self.index}]" + (f" “{name[:60]}”" if isinstance(name, str) and name else "")

    def _open(self, is_map: bool) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Broken("too_deep", most=DEEPEST)
        if self._depth == 1:
            if not is_map:
                raise Broken("not_an_object")
            self._started = True
        elif self._skip:
            self._skip += 1
        elif self._depth == 2:
            self._open_at_top(is_map)
        elif self._depth == 3 and self._collection:
            self.index += 1
            self._parts = 0
            if not is_map:
                raise Broken("not_a_record")
            self._stack = [[{}, COLLECTIONS[self._collection], None]]
        else:
            self._open_below(is_map)

    def _open_at_top(self, is_map: bool) -> None:
        if self.key in COLLECTIONS and not is_map:
            self._collection = self.key
        elif self.key == "labelNames" and is_map:
            names: Record = {}
            self.board["labelNames"] = names
            self._stack = [[names, None, None]]
        else:
            self._skip = 1

    def _open_below(self, is_map: bool) -> None:
        container, pick, key = self._stack[-1]
        inner: Pick = pick.get(key) if isinstance(pick, dict) else pick[0] if isinstance(pick, list) else None
        if not isinstance(inner, dict if is_map else list):
            self._skip = 1
            return
        new: Any = {} if is_map else []
        self._attach(container, key, new)
        self._stack.append([new, inner, None])

    def _close(self) -> tuple[str, Record] | None:
        self._depth -= 1
        if self._skip:
            self._skip -= 1
            return None
        if self._depth == 1:
            self._collection, self._stack = None, []
            return None
        if not self._stack:
            return None
        done = self._stack.pop()[0]
        return (self._collection, done) if self._depth == 2 and self._collection else None

    def _value(self, value: Any) -> None:
        if self._skip:
            return
        if self._depth == 0:
            raise Broken("not_an_object")
        if self._depth == 1:
            if BOARD.get(self.key or "") is True:
                self.board[self.key or ""] = _finite(value)
            return
        if not self._stack:
            self.index += 1
            raise Broken("not_a_record")
        container, pick, key = self._stack[-1]
        wanted = pick is None or (pick.get(key) if isinstance(pick, dict) else pick[0]) is True
        if wanted:
            self._attach(container, key, _finite(value))

    def _attach(self, container: Any, key: str | None, value: Any) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise Broken("too_many_parts", most=MOST_PARTS)
        if isinstance(container, dict):
            container[key] = value
        else:
            container.append(value)


def _finite(value: Any) -> Any:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            number = float("inf")
        if number in (float("inf"), float("-inf")):
            raise Broken("number")
        return int(value) if isinstance(value, int) and abs(value) < 2**53 else number
    return value


def _send(parser: Any, chunk: bytes) -> None:
    with suppress(StopIteration):
        parser.send(chunk)


def _up_to(parser: Any, part: bytes) -> None:
    if not part:  # to the parser nothing means the end
        return
    with suppress(ijson.JSONError, ArithmeticError, ValueError):
        _send(parser, part)


def _half(scan: Scan) -> Broken | None:
    # Half of a pair in the last bytes of a chunk: the parser saw it before the scan was sure.
    try:
        scan.take(b"", last=True)
    except Broken as e:
        return e
    return None


def _why(e: Exception, builder: _Builder, path: Path, start: int, at: int, size: int, *, ended: bool) -> Broken:
    if isinstance(e, Broken):
        return e
    if isinstance(e, ArithmeticError):
        return Broken("number", byte=_exactly(path, start, at), reading=builder.place())
    if ended and not builder._started:
        return Broken("empty", byte=size)
    if ended:
        return Broken("ends_early", byte=size, reading=builder.place())
    code = "trailing" if "trailing garbage" in str(e) else "not_json"
    return Broken(code, byte=_exactly(path, start, at), reading=builder.place())


def _exactly(path: Path, start: int, at: int, most: int = 0) -> int:
    """The very byte at which the parser gives up, or has told ``most`` events: the same again, and byte by byte from the chunk where it was."""
    events: Any = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events)
    with path.open("rb") as file:
        file.seek(start)
        try:
            while file.tell() < at:
                _send(parser, file.read(min(CHUNK, at - file.tell())))
                del events[:]
            while byte := file.read(1):
                _send(parser, byte)
                if 0 < most <= len(events):
                    return file.tell() - 1
                if not most:
                    del events[:]
        except (ijson.JSONError, ArithmeticError, ValueError):
            return file.tell() - 1
    return os.path.getsize(path)


@contextmanager
def _long_numbers() -> Iterator[None]:
    # The parser in C dies of a number beyond Python's limit of digits instead of raising; how long a number may be is bounded by Scan.
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)
