"""The page of what one was told. It is drawn by js/pages/notices.js, live."""

from flask import Blueprint, Response

from board.core import pages
from board.core.access import signed_in
from board.core.db import reading
from board.notifications import queries

site = Blueprint("notifications", __name__)
FIRST = 50


@site.get("/notices")
def notices() -> Response:
    actor = signed_in()
    with reading() as tx:
        data, next = queries.shown(tx, actor, None, FIRST)
        return pages.show(tx, actor, "notifications/notices.html", data={"told": {"data": data, "next": next}})
