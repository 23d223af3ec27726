"""HTTP of finding."""

from flask import Response

from board.core import http, limits
from board.core.access import signed_in
from board.core.api import Api
from board.core.db import reading
from board.search import answers
from board.search.schemas import Results, Search

api = Api("search")


@api.get("/search", query=Search, out=Results)
def search(query: Search) -> Response:
    """Find cards, comments, boards, lists, groups, initiatives and people that you may see."""
    actor = signed_in()
    limits.current().spend(answers.SEARCHES, "search", str(actor.member_id))
    with reading() as tx:
        return http.json(answers.answer(tx, actor, query))
