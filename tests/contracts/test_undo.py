"""Every event that the code can record says how it is taken back, or stands here with the reason why it is not."""

import ast
import re
from functools import cache

from flask import Flask

from board.core import undo
from tests.contracts.source_files import texts, trees

#: prefix → why it is not taken back by a key
FOR_GOOD = {
    "member.": "who somebody is, and whether she is here, is changed by the same form again",
    "school.": "its settings are changed by the same form again",
    "calendar.": "the school's year is changed by the same forms again",
    "week.": "as the calendar",
    "away.": "as the calendar",
    **{
        f"{kind}.{what}": "who belongs where, and what is open, changes what people may see: it is said anew, never by a key of then"
        for kind in ("initiative", "group")
        for what in ("added", "changed", "opened", "closed", "joined", "left")
    },
    "board.added": "boards are not deleted yet",
    "board.filled": "as board.added",
    "board.opened": "follows its group",
    "board.closed": "follows its group",
    "board.joined": "follows its group",
    "board.left": "follows its group",
    "board.shared": "changes what people may see: it is said anew",
    "board.unshared": "changes what people may see: it is said anew",
}


NAME = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")


@cache
def types_of_events() -> set[str]:
    """Every text shaped like a type in the files that record events, however it gets to ``change.record``."""
    return {
        node.value
        for name, tree in trees()
        if re.search(r"/(commands(/\w+)?|feed|job)\.py$", name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value)
    }


def test_every_event_is_taken_back_or_says_why_not(app: Flask) -> None:
    found = types_of_events()
    assert {"card.moved", "item.finished", "comment.added", "group.closed"} <= found
    assert not {t for t in found if t not in undo._undoers and not t.startswith(tuple(FOR_GOOD))}


def test_what_stays_for_good_is_not_taken_back_after_all(app: Flask) -> None:
    assert not {t for t in undo._undoers if t.startswith(tuple(FOR_GOOD))}
    assert not {prefix for prefix in FOR_GOOD if not any(t.startswith(prefix) for t in types_of_events())}


def test_nothing_is_taken_back_that_does_not_happen(app: Flask) -> None:
    named = [word for _, text in texts(".py", under="board/") for word in re.findall(r'"([a-z_]+\.[a-z_]+)"', text)]
    assert not {type for type in undo._undoers if named.count(type) < 2}
