"""What the guide looks at before it makes something."""

from itertools import count

from board.core.access import Actor
from board.core.db import Tx
from board.guide import content
from board.initiatives import list_initiatives


def next_title(tx: Tx, actor: Actor) -> str:
    """What the next start will be called: a further one has its number, so that the two can be told apart."""
    title: str = content.texts()["initiative"]["title"]
    taken = {row.title for away in (False, True) for row in list_initiatives(tx, actor, archived=away)}
    return title if title not in taken else next(t for n in count(2) if (t := f"{title} {n}") not in taken)
