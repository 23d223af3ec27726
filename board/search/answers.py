"""From what was typed to an answer: for the API and for the page alike."""

from typing import Any

from flask_babel import gettext as _
from limits import RateLimitItemPerMinute

from board.core import paging
from board.core.access import Actor
from board.core.db import Tx
from board.core.errors import Invalid
from board.search import queries, question
from board.search.schemas import Search

#: a quick typist asks four times a second, but not for a minute
SEARCHES = RateLimitItemPerMinute(180)


def answer(tx: Tx, actor: Actor, query: Search) -> dict[str, Any]:
    asked = question.read(query.q)
    found = queries.find(
        tx, actor, asked, kind=query.kind, board_id=query.board_id, after=_after(query.after), limit=query.limit
    )
    next = paging.cursor(found.next[0], str(found.next[1])) if found.next else None
    return {"data": found.records, "next": next, "notes": [_note(code, what) for code, what in asked.notes]}


def _after(cursor: str | None) -> tuple[int, int] | None:
    # The number is beyond what JSON holds exactly, so it travels as text.
    read = paging.read(cursor, int, str)
    if read is None:
        return None
    part, number = read
    if part not in (queries.MEANT, queries.SAID) or not (number.isascii() and number.isdigit() and len(number) < 20):
        raise Invalid.field("after", _("Send the cursor as it came in `next`."))
    return part, min(int(number), 2**63 - 1)


def _note(code: str, what: str) -> dict[str, str]:
    messages = {
        "as_text": _("“%(what)s” names nothing here, so it was looked for as text.", what=what),
        "too_many": _("That is a long question: only its first words were looked for."),
        "nothing_to_find": _("There is nothing to look for in this: write a word or a number."),
    }
    return {"code": code, "what": what, "message": messages[code]}
