"""From the rows of all slices to documents: of certain things, or of everything."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import bindparam, exists, func, literal, or_, select, union_all

from board.boards.models import attachments, boards, card_labels, cards, checklists, items, labels, lists
from board.core.db import Tx, glancing, writing
from board.discussions.models import comments, threads
from board.initiatives.models import groups, initiatives
from board.people.models import members
from board.search import texts
from board.search.models import documents
from board.search.texts import Document

_AT_ONCE = 400
_COLUMNS = ("id", "school_id", "kind", "thing_id", "card_id", "board_id", "title", "words", "mark")
_ADD = documents.insert().values({name: bindparam(name) for name in _COLUMNS})
_SET = (
    documents.update()
    .where(documents.c.id == bindparam("of"))
    .values({name: bindparam(f"now_{name}") for name in ("card_id", "board_id", "title", "words", "mark")})
)
#: a row where there is somebody to be found, and nothing to be found in
_UNFILLED = select(members.c.id).where(~exists(select(documents.c.id))).limit(1)


def write(tx: Tx, kind: str, ids: Iterable[int]) -> None:
    """Brings the documents of these things up to date; one that is gone loses its own."""
    todo = sorted(set(ids))
    for start in range(0, len(todo), _AT_ONCE):
        _write(tx, kind, todo[start : start + _AT_ONCE])


def write_comments_of(tx: Tx, card_ids: Iterable[int]) -> None:
    """Of all comments on these cards."""
    todo = sorted(set(card_ids))
    for start in range(0, len(todo), _AT_ONCE):
        some = todo[start : start + _AT_ONCE]
        source = comments.join(threads, threads.c.id == comments.c.thread_id)
        of = (threads.c.subject_type == "card", threads.c.subject_id.in_(some))
        write(tx, "comment", tx.scalars(select(comments.c.id).select_from(source).where(*of)))


def everything(tx: Tx) -> int:
    """Makes the index anew; returns how many documents it has."""
    tx.execute(documents.delete())
    for kind, (table, _read) in _KINDS.items():
        last = 0
        while ids := tx.scalars(select(table.c.id).where(table.c.id > last).order_by(table.c.id).limit(_AT_ONCE)):
            _write(tx, kind, ids)
            last = ids[-1]
    return int(tx.scalar(select(func.count()).select_from(documents)))


def forget_board(tx: Tx, board_id: int) -> None:
    """Of a board that is taken away without a word, before its rows are."""
    own = select(cards.c.id).where(cards.c.board_id == board_id)
    tx.execute(documents.delete().where(or_(documents.c.card_id.in_(own), documents.c.board_id == board_id)))


def where_empty() -> None:
    """Fills the index of a database that has none yet: after an upgrade, at the next start."""
    with glancing() as tx:
        if tx.first(_UNFILLED) is None:
            return
    with writing() as tx:
        if tx.first(_UNFILLED) is not None:
            everything(tx)


def _write(tx: Tx, kind: str, ids: list[int]) -> None:
    of_kind = (documents.c.kind == kind, documents.c.thing_id.in_(ids))
    query = select(documents.c.id, documents.c.thing_id, documents.c.mark).where(*of_kind)
    # Who changes a label and who changes a card that carries it write the same document: the second one waits, and then reads what the first
    # has written.
    query = query.order_by(documents.c.thing_id).with_for_update() if tx.dialect == "postgresql" else query
    known = {row.thing_id: row for row in tx.all(query)}
    new, changed, gone = [], [], set(known)
    for document in _KINDS[kind][1](tx, ids):
        row, there = document.row(), known.get(document.thing_id)
        if there is not None and there.id == row["id"]:
            gone.discard(document.thing_id)
            if there.mark == row["mark"]:
                continue
            changed.append(row)
        else:
            new.append(row)
    if gone:
        tx.execute(documents.delete().where(documents.c.kind == kind, documents.c.thing_id.in_(gone)))
    if tx.dialect == "postgresql":
        for row in (*new, *changed):
            row["title"], row["words"] = texts.vector(row["title"]), texts.vector(row["words"])
    if new:
        # FTS5 gathers words in memory only as long as the numbers rise.
        tx.execute(_ADD, sorted(new, key=lambda row: row["id"]))
    if changed:
        names = ("card_id", "board_id", "title", "words", "mark")
        tx.execute(_SET, [{"of": row["id"], **{f"now_{name}": row[name] for name in names}} for row in changed])


def texts_on(tx: Tx, card_ids: list[int]) -> dict[int, list[str]]:
    """Card id → the texts that hang on it: checklists and their items, labels, attachments."""
    in_lists = items.join(checklists, checklists.c.id == items.c.checklist_id)
    marked = card_labels.join(labels, labels.c.id == card_labels.c.label_id)
    there = (items.c.deleted_at.is_(None), checklists.c.deleted_at.is_(None))
    parts: tuple[tuple[Any, Any, Any, Any, tuple[Any, ...]], ...] = (
        (checklists, checklists.c.card_id, checklists.c.id, checklists.c.title, there[1:]),
        (in_lists, items.c.card_id, items.c.id, items.c.title, there),
        (marked, card_labels.c.card_id, labels.c.id, labels.c.title, ()),
        (
            attachments,
            attachments.c.card_id,
            attachments.c.id,
            attachments.c.title,
            (attachments.c.deleted_at.is_(None),),
        ),
    )
    query = union_all(
        *(
            select(card.label("card_id"), literal(part).label("part"), id.label("id"), title.label("title"))
            .select_from(source)
            .where(card.in_(card_ids), *conditions)
            for part, (source, card, id, title, conditions) in enumerate(parts)
        )
    ).order_by("part", "id")
    found: dict[int, list[str]] = {}
    for row in tx.all(query):
        found.setdefault(row.card_id, []).append(row.title)
    return found


def _cards(tx: Tx, ids: list[int]) -> Iterator[Document]:
    c = cards.c
    rows = tx.all(
        select(c.id, c.school_id, c.title, c.description, c.measure, c.created_at).where(c.id.in_(ids)).order_by(c.id)
    )
    parts = texts_on(tx, ids)
    for row in rows:
        said = tuple(text for text in (row.description, row.measure, *parts.get(row.id, ())) if text)
        yield Document("card", row.id, row.school_id, row.created_at, row.title, said, card_id=row.id)


def _comments(tx: Tx, ids: list[int]) -> Iterator[Document]:
    columns = (comments.c.id, comments.c.school_id, comments.c.body, comments.c.at)
    query = (
        select(*columns, threads.c.subject_type, threads.c.subject_id)
        .select_from(comments.join(threads, threads.c.id == comments.c.thread_id))
        .where(comments.c.id.in_(ids), comments.c.deleted_at.is_(None))
    )
    for row in tx.all(query.order_by(comments.c.id)):
        # Asked for in the statement, SQLite would begin at all threads of that type.
        if row.subject_type == "card":
            yield Document("comment", row.id, row.school_id, row.at, "", (row.body,), card_id=row.subject_id)


def _boards(tx: Tx, ids: list[int]) -> Iterator[Document]:
    b = boards.c
    for row in tx.all(
        select(b.id, b.school_id, b.title, b.created_at).where(b.id.in_(ids), b.hidden.is_(False)).order_by(b.id)
    ):
        yield Document("board", row.id, row.school_id, row.created_at, row.title, board_id=row.id)


def _lists(tx: Tx, ids: list[int]) -> Iterator[Document]:
    query = select(lists.c.id, lists.c.school_id, lists.c.title, lists.c.board_id, boards.c.created_at).select_from(
        lists.join(boards, boards.c.id == lists.c.board_id)
    )
    for row in tx.all(query.where(lists.c.id.in_(ids)).order_by(lists.c.id)):
        yield Document("list", row.id, row.school_id, row.created_at, row.title, board_id=row.board_id)


def _groups(tx: Tx, ids: list[int]) -> Iterator[Document]:
    g = groups.c
    query = select(g.id, g.school_id, g.title, g.objective, g.norms, g.created_at).where(g.id.in_(ids))
    for row in tx.all(query.order_by(g.id)):
        yield Document("group", row.id, row.school_id, row.created_at, row.title, (row.objective, row.norms))


def _initiatives(tx: Tx, ids: list[int]) -> Iterator[Document]:
    i = initiatives.c
    query = select(i.id, i.school_id, i.title, i.purpose, i.norms, i.created_at).where(i.id.in_(ids))
    for row in tx.all(query.order_by(i.id)):
        yield Document("initiative", row.id, row.school_id, row.created_at, row.title, (row.purpose, row.norms))


def _people(tx: Tx, ids: list[int]) -> Iterator[Document]:
    m = members.c
    query = select(m.id, m.school_id, m.name, m.job_title, m.created_at).where(m.id.in_(ids))
    for row in tx.all(query.order_by(m.id)):
        yield Document("person", row.id, row.school_id, row.created_at, row.name, (row.job_title or "",))


_KINDS: dict[str, tuple[Any, Callable[[Tx, list[int]], Iterator[Document]]]] = {
    "card": (cards, _cards),
    "comment": (comments, _comments),
    "board": (boards, _boards),
    "list": (lists, _lists),
    "group": (groups, _groups),
    "initiative": (initiatives, _initiatives),
    "person": (members, _people),
}
