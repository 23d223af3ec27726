"""Finding: what the actor may see of what was asked for. Rights stand in the query itself, so that a page is full of what is hers, and nothing
that is not hers is ever counted, skipped or noted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, or_, select

from board.boards import boards_seen
from board.boards.models import boards, cards, lists
from board.core.access import Actor
from board.core.db import Tx
from board.discussions.models import comments, threads
from board.initiatives.models import groups, groups_seen, initiatives, initiatives_seen, who
from board.people.models import members, members_seen
from board.search import fill, index, operators, shown, texts
from board.search.models import documents
from board.search.operators import board_of
from board.search.question import Question, Term

ON_BOARDS = ("card", "comment", "board", "list")
#: what is found by a title stands before what is found elsewhere
MEANT, SAID = 0, 1
Record = dict[str, Any]


@dataclass
class Found:
    records: list[Record]
    #: where to go on: the part of the results, and the last number shown
    next: tuple[int, int] | None


def find(
    tx: Tx,
    actor: Actor,
    question: Question,
    *,
    kind: str | None = None,
    board_id: int | None = None,
    after: tuple[int, int] | None = None,
    limit: int = 20,
) -> Found:
    """Things whose title says it, places first; then whatever else says it; each the newest first."""
    asked = operators.conditions(tx, actor, question)
    if question.empty:
        return Found([], None)
    conditions = [*asked, *_narrowed(question, kind, board_id)]
    numbers: list[tuple[int, int]] = []
    for part in (MEANT, SAID) if question.terms else (MEANT,):
        if after and part < after[0]:
            continue
        below = after[1] if after and part == after[0] else None
        query = _query(tx, actor, question, part, conditions, below).limit(limit + 1 - len(numbers))
        numbers += [(part, number) for number in tx.scalars(query, who(actor))]
        if len(numbers) > limit:
            break
    shown_now = numbers[:limit]
    next = shown_now[-1] if len(numbers) > limit else None
    return Found(_records(tx, actor, [number for _, number in shown_now], question.terms), next)


def _narrowed(question: Question, kind: str | None, board_id: int | None) -> list[Any]:
    conditions = []
    if kind is not None:
        conditions.append(documents.c.kind == kind)
    if board_id is not None:
        conditions.append(board_of == board_id)
    if any(o.name in operators.OF_CARDS for o in question.operators):
        conditions.append(documents.c.kind == "card")
    elif any(o.name == "by" for o in question.operators):
        conditions.append(documents.c.kind.in_(("card", "comment")))
    elif any(o.name == "in" for o in question.operators):
        conditions.append(documents.c.kind.in_(ON_BOARDS))
    return conditions


def _query(tx: Tx, actor: Actor, question: Question, part: int, conditions: list[Any], below: int | None) -> Any:
    asked = index.of(tx)
    id, source = (asked.id, asked.source) if question.terms else (documents.c.id, documents)
    query = (
        select(id)
        .select_from(source.outerjoin(cards, cards.c.id == documents.c.card_id))
        .where(documents.c.school_id == actor.school_id, _visible(actor), *conditions)
    )
    if question.terms:
        words = asked.meant if part == MEANT else asked.said
        query = query.where(words(question.terms, question.without))
    elif question.without:
        query = query.where(asked.lacking(question.without))
    if below is not None:
        query = query.where(id < below)
    return query.order_by(id.desc())


def _visible(actor: Actor) -> Any:
    d = documents.c
    shut = exists(select(lists.c.id).where(lists.c.id == d.thing_id, lists.c.archived_at.isnot(None)))
    on_boards = and_(
        d.kind.in_(ON_BOARDS),
        board_of.in_(operators.seen(actor)),
        cards.c.binned_at.is_(None),
        or_(d.kind != "list", ~shut),
    )
    open_groups = groups_seen().with_only_columns(groups.c.id).where(groups.c.archived_at.is_(None))
    open_initiatives = initiatives_seen().with_only_columns(initiatives.c.id).where(initiatives.c.archived_at.is_(None))
    people = members_seen(actor).with_only_columns(members.c.id).where(members.c.active.is_(True))
    return or_(
        on_boards,
        and_(d.kind == "group", d.thing_id.in_(open_groups)),
        and_(d.kind == "initiative", d.thing_id.in_(open_initiatives)),
        and_(d.kind == "person", d.thing_id.in_(people)),
    )


# ── what is shown of each ────────────────────────────────────────────────────────────────────────


def _records(tx: Tx, actor: Actor, numbers: list[int], terms: list[Term]) -> list[Record]:
    """One statement for each kind among them and for each of its parts, however many there are."""
    things = [texts.thing(number) for number in numbers]
    of: dict[str, list[int]] = {}
    for kind, id in things:
        of.setdefault(kind, []).append(id)
    made = {kind: _SHOWN[kind](tx, actor, ids, terms) for kind, ids in of.items()}
    return [{"kind": kind, "id": id, **made[kind][id]} for kind, id in things if id in made[kind]]


_PLACED = (
    cards.c.id, cards.c.number, cards.c.title, cards.c.description, cards.c.measure, cards.c.done, cards.c.due, cards.c.archived_at,
    cards.c.created_at, cards.c.board_id, boards.c.title.label("board"), lists.c.title.label("list"),
    lists.c.archived_at.label("list_archived_at"),
)  # fmt: skip
_CARDS = cards.join(lists, lists.c.id == cards.c.list_id).join(boards, boards.c.id == cards.c.board_id)


def _cards(tx: Tx, actor: Actor, ids: list[int], terms: list[Term]) -> dict[int, Record]:
    rows = tx.all(select(*_PLACED).select_from(_CARDS).where(cards.c.id.in_(ids)))
    more = fill.texts_on(tx, ids) if terms else {}
    return {
        row.id: {
            **_of_card(row, row.id),
            "title": shown.marked(row.title, terms),
            "snippet": shown.snippet([row.description, row.measure], terms, more.get(row.id, ())),
            "at": row.created_at,
        }
        for row in rows
    }


def _of_card(row: Any, id: int) -> Record:
    return {
        "href": f"/boards/{row.board_id}/cards/{id}",
        "board": {"id": row.board_id, "title": row.board},
        "list": row.list,
        "number": row.number,
        "done": bool(row.done),
        "archived": bool(row.archived_at or row.list_archived_at),
        "due": row.due,
    }


def _comments(tx: Tx, actor: Actor, ids: list[int], terms: list[Term]) -> dict[int, Record]:
    on = comments.join(threads, threads.c.id == comments.c.thread_id).join(cards, cards.c.id == threads.c.subject_id)
    source = on.join(lists, lists.c.id == cards.c.list_id).join(boards, boards.c.id == cards.c.board_id)
    source = source.outerjoin(members, members.c.id == comments.c.by)
    columns = (comments.c.body, comments.c.at, comments.c.by, comments.c.by_name, members.c.name)
    query = select(comments.c.id.label("comment_id"), *_PLACED, *columns).select_from(source)
    rows = tx.all(query.where(comments.c.id.in_(ids)))
    return {
        row.comment_id: {
            **_of_card(row, row.id),
            "href": f"/boards/{row.board_id}/cards/{row.id}#comment-{row.comment_id}",
            "title": shown.marked(row.title, ()),
            "snippet": shown.snippet([row.body], terms),
            "at": row.at,
            "by": {"id": row.by, "name": row.name or row.by_name or ""},
        }
        for row in rows
    }  # fmt: skip


def _boards(tx: Tx, actor: Actor, ids: list[int], terms: list[Term]) -> dict[int, Record]:
    # What a board is of is told to whom sees that too, not to whom the board alone is shared with.
    query = (
        boards_seen()
        .where(boards.c.id.in_(ids))
        .add_columns(groups.c.title.label("group_title"), initiatives.c.title.label("initiative_title"))
    )
    return {
        row.id: {
            "href": f"/boards/{row.id}",
            "title": shown.marked(row.title, terms),
            "snippet": [],
            "within": (row.group_title or row.initiative_title) if row.by_place else None,
            "at": row.created_at,
        }
        for row in tx.all(query, who(actor))
    }  # fmt: skip


def _lists(tx: Tx, actor: Actor, ids: list[int], terms: list[Term]) -> dict[int, Record]:
    query = select(lists.c.id, lists.c.title, lists.c.board_id, boards.c.title.label("board"), boards.c.created_at)
    query = query.select_from(lists.join(boards, boards.c.id == lists.c.board_id)).where(lists.c.id.in_(ids))
    return {
        row.id: {
            "href": f"/boards/{row.board_id}#list-{row.id}",
            "title": shown.marked(row.title, terms),
            "snippet": [],
            "board": {"id": row.board_id, "title": row.board},
            "at": row.created_at,
        }
        for row in tx.all(query)
    }


def _groups(tx: Tx, actor: Actor, ids: list[int], terms: list[Term]) -> dict[int, Record]:
    g = groups.c
    query = select(g.id, g.title, g.objective, g.norms, g.created_at).where(g.id.in_(ids))
    return {row.id: _place(row, "/groups", [row.objective, row.norms], terms) for row in tx.all(query)}


def _initiatives(tx: Tx, actor: Actor, ids: list[int], terms: list[Term]) -> dict[int, Record]:
    i = initiatives.c
    query = select(i.id, i.title, i.purpose, i.norms, i.created_at).where(i.id.in_(ids))
    return {row.id: _place(row, "/initiatives", [row.purpose, row.norms], terms) for row in tx.all(query)}


def _place(row: Any, where: str, said: list[str], terms: list[Term]) -> Record:
    return {
        "href": f"{where}/{row.id}",
        "title": shown.marked(row.title, terms),
        "snippet": shown.snippet(said, terms),
        "at": row.created_at,
    }


def _people(tx: Tx, actor: Actor, ids: list[int], terms: list[Term]) -> dict[int, Record]:
    m = members.c
    query = select(m.id, m.name, m.job_title, m.created_at).where(m.id.in_(ids))
    return {
        row.id: {
            "href": f"/people/{row.id}",
            "title": shown.marked(row.name, terms),
            "snippet": shown.snippet([row.job_title or ""], terms),
            "at": row.created_at,
        }
        for row in tx.all(query)
    }


_SHOWN: dict[str, Callable[[Tx, Actor, list[int], list[Term]], dict[int, Record]]] = {
    "card": _cards, "comment": _comments, "board": _boards, "list": _lists, "group": _groups, "initiative": _initiatives, "person": _people,
}  # fmt: skip
