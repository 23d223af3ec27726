"""Pages: a template in the layout, with what its scripts need in one data block. A page only reads; its scripts write through the public API."""

import gzip
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, format_time, get_day_names
from flask import Flask, Response, current_app, redirect, render_template, request
from flask_babel import get_locale, gettext

from board.core import times
from board.core.access import Actor
from board.core.db import Tx
from board.core.errors import NotSignedIn, Problem
from board.core.language import script_words
from board.core.offload import offload

#: what stands around a page for who is signed in: the school, and the ways from here
Around = Callable[[Tx, Actor], dict[str, Any]]
THEMES = ("light", "dark")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\xa0\\\u2028\u2029]")
_LONGEST_NEXT = 500
#: below this a packet or two hold the page anyway
_SMALLEST, _LEVEL = 2048, 6


def show(tx: Tx, actor: Actor, template: str, *, data: dict[str, Any] | None = None, **context: Any) -> Response:
    """A page of somebody who is signed in. ``data`` goes to its scripts."""
    around = current_app.extensions["around"](tx, actor)
    me = {"id": actor.member_id, "name": actor.name, "role": actor.role}
    boot = {**_boot(), "me": me, "time_zone": around["school"]["time_zone"], "shared": around["shared"], **(data or {})}
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


def initials(name: str) -> str:
    """First letters of the first and the last word, as on the board."""
    words = name.split()
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper() or "?"


def day(text: str, year: bool = False) -> str:
    """A day (YYYY-MM-DD) as the reader's language writes it, short: Tue 24 Nov, or 24 Nov 2026."""
    return str(format_skeleton("yMMMd" if year else "MMMEd", date.fromisoformat(text), locale=_dates()))


def moment(text: str, zone: str) -> str:
    """An instant in a time zone (IANA name), short: today, 09:14; 24 Nov, 09:14."""
    there = times.parse(text).astimezone(ZoneInfo(zone))
    today = times.clock().astimezone(ZoneInfo(zone)).date()
    clock = format_time(there.time(), "short", locale=_dates())
    if there.date() == today:
        return gettext("today, %(time)s", time=clock)
    if there.date() == today - timedelta(days=1):
        return gettext("yesterday, %(time)s", time=clock)
    skeleton = "MMMd" if there.year == today.year else "yMMMd"
    return f"{format_skeleton(skeleton, there.date(), locale=_dates())}, {clock}"


def glance(text: str, zone: str) -> str:
    """An instant in a time zone (IANA name), for the margin: 09:14 of today, else 24 Nov."""
    there = times.parse(text).astimezone(ZoneInfo(zone))
    if there.date() == times.clock().astimezone(ZoneInfo(zone)).date():
        return str(format_time(there.time(), "short", locale=_dates()))
    return str(format_skeleton("MMMd", there.date(), locale=_dates()))


def weekday(number: int) -> str:
    """Monday is 1."""
    return str(get_day_names("abbreviated", locale=_dates())[number - 1])


def _dates() -> Locale:
    """English without a country writes days as the boards do: 24 Nov."""
    locale = get_locale() or Locale("en")
    return Locale("en", "GB") if str(locale) == "en" else locale


def init_app(app: Flask) -> None:
    app.extensions["error_page"] = _error_page
    app.extensions.setdefault("around", _nothing_around)

    app.add_template_filter(initials)
    app.add_template_filter(day)
    app.add_template_filter(moment)
    app.add_template_filter(glance)
    app.add_template_global(weekday)

    @app.template_global()
    def theme() -> str:
        wanted = request.cookies.get("theme", "")
        return wanted if wanted in THEMES else ""


def _nothing_around(tx: Tx, actor: Actor) -> dict[str, Any]:
    return {"school": {"title": "", "time_zone": "UTC", "locale": "en"}, "nav": {}, "shared": False}


def _boot() -> dict[str, Any]:
    return {"locale": str(get_locale() or "en"), "messages": script_words(), "build": current_app.config["BUILD"]}


def _page(template: str, boot: dict[str, Any], status: int = 200, **context: Any) -> Response:
    body = render_template(template, boot=boot, **context).encode()
    response = Response(
        status=status, mimetype="text/html", headers={"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    )
    if len(body) > _SMALLEST and "gzip" in request.headers.get("Accept-Encoding", ""):
        # The page of a full board holds its snapshot: 400 kB as they stand, a fifth of it packed.
        body = offload(gzip.compress, body, _LEVEL, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    response.set_data(body)
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
