"""HTTP of discussions."""

from flask import Response

from board.core import command, http, journal, paging
from board.core.access import signed_in
from board.core.api import Api
from board.core.db import reading
from board.core.http import if_match
from board.core.schemas import Page
from board.discussions import commands, queries
from board.discussions.schemas import (
    AddComment,
    CommentList,
    CommentWritten,
    EditComment,
    People,
    ReadUpTo,
    ThreadWritten,
)

api = Api("discussions")


@api.get("/threads/<int:thread_id>/comments", query=Page, out=CommentList)
def list_comments(thread_id: int, query: Page) -> Response:
    """The comments of a thread, oldest first."""
    after = (paging.read(query.after, int) or (0,))[0]
    with reading() as tx:
        room, thread, rows, can = queries.page(tx, signed_in(), thread_id, after, query.limit + 1)
        seq, _ = journal.head(tx, room)
    shown, next = paging.page(rows, query.limit, lambda r: (r["id"],))
    return http.json({"room": room, "seq": seq, "thread": thread, "data": shown, "next": next, "can": can})


@api.get("/threads/<int:thread_id>/people", query=Page, out=People)
def list_people(thread_id: int, query: Page) -> Response:
    """Whom you may mention here: who sees it."""
    after = (paging.read(query.after, int) or (0,))[0]
    with reading() as tx:
        rows = queries.people(tx, signed_in(), thread_id, after, query.limit + 1)
    shown, next = paging.page(rows, query.limit, lambda r: (r.id,))
    data = [{"id": r.id, "name": r.name, "job_title": r.job_title} for r in shown]
    return http.json({"data": data, "next": next})


@api.post("/threads/<int:thread_id>/comments", body=AddComment, out=CommentWritten, ability="add_comment")
def add_comment(thread_id: int, body: AddComment) -> Response:
    """Say something, or reply."""
    return command.run(commands.add_comment, thread_id, body, status=201)


@api.patch("/comments/<int:comment_id>", body=EditComment, out=CommentWritten, ability="edit_comment")
def edit_comment(comment_id: int, body: EditComment) -> Response:
    """Change your own comment."""
    return command.run(commands.edit_comment, comment_id, body, if_match())


@api.delete("/comments/<int:comment_id>", out=CommentWritten, ability="delete_comment")
def delete_comment(comment_id: int) -> Response:
    """Delete a comment; a mark stays in its place."""
    return command.run(commands.delete_comment, comment_id)


@api.put("/comments/<int:comment_id>/reactions/<emoji>", out=CommentWritten, ability="react_to_comment")
def react_to_comment(comment_id: int, emoji: str) -> Response:
    """React with an emoji."""
    return command.run(commands.react_to_comment, comment_id, emoji)


@api.delete("/comments/<int:comment_id>/reactions/<emoji>", out=CommentWritten, ability="react_to_comment")
def unreact_to_comment(comment_id: int, emoji: str) -> Response:
    """Take your reaction back."""
    return command.run(commands.unreact_to_comment, comment_id, emoji)


@api.put("/threads/<int:thread_id>/resolution", out=ThreadWritten, ability="resolve_thread")
def resolve_thread(thread_id: int) -> Response:
    """Say that a thread is settled."""
    return command.run(commands.resolve_thread, thread_id)


@api.delete("/threads/<int:thread_id>/resolution", out=ThreadWritten, ability="reopen_thread")
def reopen_thread(thread_id: int) -> Response:
    """Open a settled thread again."""
    return command.run(commands.reopen_thread, thread_id)


@api.put("/threads/<int:thread_id>/read", body=ReadUpTo, out=ThreadWritten)
def mark_read(thread_id: int, body: ReadUpTo) -> Response:
    """Remember how far you have read; nobody else sees it."""
    return command.run(commands.mark_read, thread_id, body)
