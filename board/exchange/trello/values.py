"""One value of an export, taken with patience: what has the wrong shape counts as not there."""

import re
from datetime import UTC, datetime
from typing import Any

_ID = re.compile(r"[0-9a-f]{24}\Z")
#: more than any text of a board may have; what is beyond is not kept in memory
MOST_TEXT = 70_000
_FIRST = datetime(1970, 1, 2, tzinfo=UTC)


def source_id(value: Any) -> str:
    """An id as text; empty when there is none."""
    if isinstance(value, str):
        return clean(value)[:100]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def made_at(id: str) -> str | None:
    """When a record was made: the first 8 hex digits of its id are that second."""
    if not _ID.match(id):
        return None
    moment = datetime.fromtimestamp(int(id[:8], 16), UTC)
    return _wire(moment) if moment > _FIRST else None


def text(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""


def line(value: Any) -> str:
    """A text on one line, as titles and names are."""
    return " ".join(text(value).split())


def clean(value: str) -> str:
    return value[:MOST_TEXT].replace("\0", "").replace("\r\n", "\n")


def instant(value: Any) -> str | None:
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        moment = datetime.fromisoformat(value)
        found = _wire(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
    # The years that may be said here, as board.core.times has them; this process knows nothing of the server.
    return found if "1970" <= found[:4] <= "2199" else None


def number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def count(value: Any) -> int:
    found = number(value)
    return int(found) if found is not None and 0 < found < 2**53 else 0


def order(record: dict[str, Any]) -> tuple[float, str]:
    """Key that sorts siblings: by ``pos``, which may be fractional, enormous or double, then by id, so that every reading gives the same order."""
    pos = number(record.get("pos"))
    return (float("inf") if pos is None else pos, source_id(record.get("id")))


def items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def part(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _wire(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
