"""Pages: a template in the layout, with what its scripts need in one data block. A page only reads; its scripts write through the public API."""

import gzip
import re
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from flask import Flask, Response, after_this_request, current_app, redirect, render_template, request
from flask_babel import get_locale

from board.core.access import Actor
from board.core.db import Tx
from board.core.errors import NotSignedIn, Problem
from board.core.language import script_words
from board.core.offload import offload

THEMES = ("light", "dark")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\xa0\\\u2028\u2029]")
_LONGEST_NEXT = 500
#: below this a packet or two hold the page anyway
_SMALLEST, _LEVEL = 2048, 6


def show(tx: Tx, actor: Actor, template: str, *, data: dict[str, Any] | None = None, **context: Any) -> Response:
    """A page of somebody who is signed in. ``data`` goes to its scripts."""
    around = current_app.extensions["around"](tx, actor)
    me = {"id": actor.member_id, "name": actor.name, "role": actor.role}
    boot = {**_boot(), "me": me, "time_zone": around["school"]["time_zone"], "shared": around["shared"]}
    boot |= {**around.pop("boot", {}), **(data or {})}
    return _page(template, boot, me=actor, path=request.path, **around, **context)


def show_open(template: str, *, data: dict[str, Any] | None = None, status: int = 200, **context: Any) -> Response:
    """A page for whoever comes."""
    return _page(template, {**_boot(), **(data or {})}, status, **context)


def safe_next(text: str | None) -> str:
    """Where to go after signing in: a path of this site, else home."""
    return text if text is not None and is_own_path(text) else "/"


def is_own_path(text: str) -> bool:
    """Whether a browser that follows this text stays on this site, however it is decoded on the way."""
    if len(text) > _LONGEST_NEXT:
        return False
    for form in (text, unquote(text), unquote(unquote(text))):
        if not form.startswith("/") or form.startswith("//") or _UNSEEN.search(form):
            return False
        try:
            parts = urlsplit(form)
        except ValueError:
            return False
        if parts.scheme or parts.netloc or parts.path.startswith(("//", "/sign-in", "/api/")):
            return False
    return True


def init_app(app: Flask) -> None:
    app.extensions["error_page"] = _error_page
    #: what stands around a page for who is signed in: the school, and the ways from here
    app.extensions.setdefault("around", _nothing_around)

    @app.template_global()
    def theme() -> str:
        wanted = request.cookies.get("theme", "")
        return wanted if wanted in THEMES else ""

    @app.template_global()
    def says_made_up() -> bool:
        """Whether the page tells that this school is made up: as long as she has not read it away."""
        return "demo_visitors" in app.extensions and not request.cookies.get("made-up")


def _nothing_around(tx: Tx, actor: Actor) -> dict[str, Any]:
    return {"school": {"title": "", "time_zone": "UTC", "locale": "en"}, "nav": {}, "shared": False, "unread": 0}


def _boot() -> dict[str, Any]:
    return {"locale": str(get_locale() or "en"), "messages": script_words(), "build": current_app.config["BUILD"]}


def _page(template: str, boot: dict[str, Any], status: int = 200, **context: Any) -> Response:
    after_this_request(_packed)
    body = render_template(template, boot=boot, **context).encode()
    return Response(
        body, status, mimetype="text/html", headers={"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    )


def _packed(response: Response) -> Response:
    """The page of a full board holds its snapshot: 400 kB as they stand, a fifth of it packed.

    Here and not where the page is made: compressing waits for a thread, behind password hashes, and the page's transaction is over by now.
    """
    if response.mimetype != "text/html" or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    body = response.get_data()
    if len(body) > _SMALLEST and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(offload(gzip.compress, body, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _error_page(e: Problem) -> Response:
    if isinstance(e, NotSignedIn) and request.method in ("GET", "HEAD"):
        wanted = request.full_path.rstrip("?") if request.query_string else request.path
        answer = redirect("/sign-in" if wanted == "/" else f"/sign-in?next={quote(wanted, safe='/')}")
        answer.headers["Cache-Control"] = "no-store"
        return answer  # type: ignore[return-value]
    response = show_open("error.html", status=e.status, problem=e)
    if e.retry_after is not None:
        response.headers["Retry-After"] = str(max(1, e.retry_after))
    return response
