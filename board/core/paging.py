"""Opaque cursors. A cursor holds the sort values of the last row shown."""

import base64
from typing import Any

import orjson
from flask_babel import gettext as _

from board.core.errors import Invalid
from board.core.schemas import MOST_SAFE

MOST = 200


def cursor(*values: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def read(after: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The values of a cursor, one of each of ``kinds``; None where there is none.

    Raises:
        Invalid: not a cursor of ours.
    """
    if after is None:
        return None
    try:
        values = orjson.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except ValueError as e:
        raise Invalid.field("after", _("Send the cursor as it came in `next`.")) from e
    if (
        not isinstance(values, list)
        or len(values) != len(kinds)
        or any(type(v) is not k or not _storable(v) for v, k in zip(values, kinds, strict=True))
    ):
        raise Invalid.field("after", _("Send the cursor as it came in `next`."))
    return tuple(values)


def _storable(value: Any) -> bool:
    return abs(value) <= MOST_SAFE if isinstance(value, int) else "\0" not in str(value)


def page(rows: list[Any], limit: int, key: Any) -> tuple[list[Any], str | None]:
    """Of at most ``limit + 1`` rows the first ``limit``, and the cursor to go on with (``key(row)`` gives its values)."""
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], cursor(*key(rows[limit - 1]))
