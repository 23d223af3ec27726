"""Takes a board that did not become whole away, with every trace of it."""

from sqlalchemy import select

from board import search
from board.boards.models import (
    Board,
    attachments,
    board_commenters,
    board_guests,
    boards,
    card_labels,
    card_owners,
    cards,
    checklists,
    items,
    labels,
    lists,
)
from board.core.command import Change
from board.core.journal import Entry, Room
from board.discussions.models import Comment, Reaction, ReadMark, Thread, comments, threads
from board.exchange.models import import_sources, imports


def remove_board(change: Change, board_id: int) -> None:
    """Only of a hidden board: what people have seen is never taken away like this."""
    tx = change.tx
    if tx.scalar(select(boards.c.hidden).where(boards.c.id == board_id)) is not True:
        return
    search.forget_board(tx, board_id)
    own = select(cards.c.id).where(cards.c.board_id == board_id)
    its_threads = select(threads.c.id).where(threads.c.subject_type == "card", threads.c.subject_id.in_(own))
    tx.delete(
        Reaction,
        Reaction.__table__.c.comment_id.in_(select(comments.c.id).where(comments.c.thread_id.in_(its_threads))),
    )
    tx.delete(ReadMark, ReadMark.__table__.c.thread_id.in_(its_threads))
    tx.delete(Comment, comments.c.thread_id.in_(its_threads))
    tx.delete(Thread, threads.c.id.in_(its_threads))
    for part in (card_labels, card_owners, items, checklists, attachments):
        tx.execute(part.delete().where(part.c.card_id.in_(own)))
    for table in (cards, labels, lists, board_commenters, board_guests, import_sources):
        tx.execute(table.delete().where(table.c.board_id == board_id))
    tx.delete(Entry, Entry.__table__.c.room == f"board:{board_id}")
    tx.delete(Room, Room.__table__.c.room == f"board:{board_id}")
    tx.execute(imports.update().where(imports.c.board_id == board_id).values(board_id=None))
    tx.delete(Board, boards.c.id == board_id)
