"""JSON in, strictly; problem+json out, always. What a bad request may do to the server ends here."""

import math
import traceback
import uuid
from typing import Any
from urllib.parse import urlsplit

import orjson
from flask import Flask, Request, Response, current_app, request
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from board.core import errors
from board.core.errors import Problem
from board.core.log import log
from board.core.schemas import MOST_SAFE

MOST_BYTES = 1_000_000
MOST_DEPTH = 32
MOST_KEYS = 1_000
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_BY_STATUS = {
    400: errors.BadRequest, 401: errors.NotSignedIn, 403: errors.Forbidden, 404: errors.NotSeen, 409: errors.Conflict, 410: errors.Gone,
    413: errors.TooLarge, 415: errors.WrongType, 422: errors.Invalid, 429: errors.TooMany,
}  # fmt: skip


class StrictRequest(Request):
    max_content_length = MOST_BYTES
    max_form_memory_size = MOST_BYTES
    max_form_parts = 50

    def strict_json(self) -> Any:
        """The body as JSON.

        Raises:
            WrongType, TooLarge, BadRequest, Invalid
        """
        if self.mimetype != "application/json":
            raise errors.WrongType()
        try:
            value = orjson.loads(self.get_data())
        except RequestEntityTooLarge as e:
            raise errors.TooLarge(
                _("A request may have %(most_bytes)s bytes.", most_bytes=format(MOST_BYTES, ","))
            ) from e
        except orjson.JSONDecodeError as e:
            raise errors.BadRequest(
                _("The body is not JSON: look at line %(line)s, column %(column)s.", line=e.lineno, column=e.colno)
            ) from e
        _check(value)
        return value


def strict_request() -> StrictRequest:
    found = request._get_current_object()  # type: ignore[attr-defined]
    assert isinstance(found, StrictRequest)
    return found


def _check(root: Any) -> None:
    """Walks without recursion: depth, number of keys, integers that browsers hold exactly, finite numbers, no NUL."""
    todo, keys = [(root, 1)], 0
    while todo:
        value, depth = todo.pop()
        kind = type(value)
        if kind is str:
            if "\0" in value:
                raise errors.BadRequest(_("A text holds a NUL character."))
        elif kind is int:
            if not -MOST_SAFE <= value <= MOST_SAFE:
                raise errors.BadRequest(_("A whole number is beyond 2^53."))
        elif kind is float:
            if not math.isfinite(value) or abs(value) > MOST_SAFE:
                raise errors.BadRequest(_("A number is too large."))
        elif kind is dict or kind is list:
            if depth > MOST_DEPTH:
                raise errors.BadRequest(
                    _("The JSON is nested deeper than %(most_depth)s levels.", most_depth=MOST_DEPTH)
                )
            keys += len(value)
            if keys > MOST_KEYS * 10 or (kind is dict and len(value) > MOST_KEYS):
                raise errors.BadRequest(_("The JSON has too many parts."))
            if kind is dict:
                todo += [(k, depth + 1) for k in value]
                todo += [(v, depth + 1) for v in value.values()]
            else:
                todo += [(v, depth + 1) for v in value]


def if_match() -> int | None:
    """The version that the client's text was made from; None: the last write wins.

    Raises:
        BadRequest: an If-Match that is no version.
    """
    header = request.headers.get("If-Match")
    if header is None:
        return None
    digits = header.removeprefix("W/").strip('"')
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise errors.BadRequest('Send If-Match: "<version>".')
    return int(digits)


def json(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, mimetype="application/json")


def problem(e: Problem) -> Response:
    body: dict[str, Any] = {
        "type": f"/api/docs#problem-{e.type}",
        "title": str(e.title),
        "status": e.status,
        "detail": str(e.detail or e.title),
    }
    body["errors"] = e.errors or []
    if e.data is not None:
        body["data"] = e.data
    response = Response(orjson.dumps(body), e.status, content_type="application/problem+json")
    if e.retry_after is not None:
        response.headers["Retry-After"] = str(max(1, e.retry_after))
    return response


def same_origin() -> None:
    """Refuses an unsafe request that another site's page sent.

    Raises:
        CrossOrigin
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise errors.CrossOrigin()
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise errors.CrossOrigin()


def known_host() -> None:
    """Refuses a Host that does not name this server (a foreign name that was made to point here)."""
    if not current_app.config["BOARD"].trusts_host(request.host):
        raise errors.BadRequest(_("This server does not answer to that host name. Set trusted_hosts to allow it."))


def readable_query() -> None:
    """Refuses a query string that is no text."""
    try:
        request.query_string.decode()
    except UnicodeDecodeError as e:
        raise errors.BadRequest(_("The query is not UTF-8.")) from e


def possible_ids() -> None:
    """Nothing has a number that browsers cannot hold and databases cannot look up."""
    if any(isinstance(value, int) and value > MOST_SAFE for value in (request.view_args or {}).values()):
        raise errors.NotSeen()


def init_app(app: Flask) -> None:
    app.request_class = StrictRequest
    hops = app.config["BOARD"].trusted_proxies
    if hops:
        # The address of who asks, from as many proxies as were said to stand in front; never a host or a scheme.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=0, x_host=0)  # type: ignore[method-assign]
    app.before_request(known_host)
    app.before_request(same_origin)
    app.before_request(readable_query)
    app.before_request(possible_ids)

    def api() -> bool:
        return request.path.startswith(("/api/", "/metrics", "/healthz", "/readyz"))

    @app.errorhandler(Problem)
    def refused(e: Problem) -> Response:
        if e.status >= 500 and e.status != 503:
            log("error", "problem", detail=e.detail, path=request.path)
        return problem(e) if api() else current_app.extensions["error_page"](e)

    @app.errorhandler(HTTPException)
    def http_error(e: HTTPException) -> Response:
        if e.code is None or e.code < 400:
            return e.get_response()  # type: ignore[return-value]
        known = _BY_STATUS.get(e.code, Problem)
        mapped = known() if known is not Problem else Problem(e.description or "")
        mapped.status, mapped.title = e.code, mapped.title if known is not Problem else e.name
        response = problem(mapped) if api() else current_app.extensions["error_page"](mapped)
        for name, value in e.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        return response

    @app.errorhandler(DBAPIError)
    @app.errorhandler(PoolTimeout)
    def no_database(e: DBAPIError | PoolTimeout) -> Response:
        away = isinstance(e, OperationalError | InterfaceError | PoolTimeout) or e.connection_invalidated
        if not away:
            return broke(e)
        log("error", "database", path=request.path, method=request.method, error=repr(e)[:500])
        return refused(errors.Unavailable(_away(e), retry_after=2))

    @app.errorhandler(Exception)
    def broke(e: Exception) -> Response:
        number = uuid.uuid4().hex[:12]
        log(
            "error",
            "unexpected",
            id=number,
            path=request.path,
            method=request.method,
            error=repr(e)[:500],
            trace=traceback.format_exc()[-4000:],
        )
        if app.config["BOARD"].testing and app.config.get("RAISE_UNEXPECTED", True):
            raise e
        mapped = Problem(_("The server could not finish this. It was written down as %(number)s.", number=number))
        return problem(mapped) if api() else current_app.extensions["error_page"](mapped)

    app.extensions.setdefault("error_page", problem)


def _away(e: Exception) -> str:
    """Whether something was changed is known, but for one moment: the connection that died over its COMMIT may have died before or after."""
    if request.method in SAFE_METHODS:
        return _("The database does not answer. Try again in a moment.")
    if getattr(e, "statement", None) != "COMMIT":
        return _("The database does not answer. Nothing was changed; try again in a moment.")
    return _(
        "The database stopped answering while this was being saved: it may be saved or not. Look whether it is there before you do it"
        " again. (Sent again with the same Idempotency-Key, it is not done twice.)"
    )
