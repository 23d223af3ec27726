"""The page of results: the same as everywhere, by address, and without a script."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from pydantic import ValidationError

from board.core import limits, pages
from board.core.access import signed_in
from board.core.db import reading
from board.core.errors import Invalid
from board.core.invalid import invalid
from board.search import answers
from board.search.schemas import Search

site = Blueprint("search_pages", __name__)
ASKED = ("q", "kind", "board_id", "after")


@site.get("/search")
def results() -> Response:
    actor = signed_in()
    given = {name: request.args[name] for name in ASKED if request.args.get(name)}
    found: dict[str, Any] = {"data": [], "next": None, "notes": []}
    problem = None
    if given.get("q"):
        limits.current().spend(answers.SEARCHES, "search", str(actor.member_id))
    with reading() as tx:
        try:
            if "\0" in given.get("q", ""):
                raise Invalid.field("q", _("This text holds characters that cannot be stored."))
            found = answers.answer(tx, actor, Search.model_validate(given))
        except ValidationError as e:
            problem = invalid(e).detail
        except Invalid as e:
            problem = e.detail
        return pages.show(
            tx, actor, "search/search.html", given=given, problem=problem, hits=found["data"], next=found["next"], notes=found["notes"]
        )  # fmt: skip
