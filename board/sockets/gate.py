"""What stands before every request of the socket's address, on both transports: whose page is asking?"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

import orjson
from flask import Flask

from board.config import Config
from board.core import errors, language

PATH = "/socket.io"
#: set in the environ where a cookie may speak for its owner; a personal token always may
COOKIE_COUNTS = "staffroom.cookie_counts"
_OWN_SITE = ("same-origin",)
_WORDS = {400: "400 Bad Request", 403: "403 Forbidden"}
_PROBLEMS = {400: errors.BadRequest, 403: errors.CrossOrigin}


class Gate:
    """Refuses foreign origins and foreign host names; hands everything else on."""

    def __init__(self, app: Flask):
        self.app, self.inner = app, app.wsgi_app
        self.config: Config = app.config["BOARD"]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(PATH):
            refused = self._look(environ)
            if refused:
                with language.answering(self.app, environ):
                    return _refuse(refused, start_response)
            # The server would always agree to deflate: 150 kB of memory a browser, for events of a few hundred bytes.
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return self.inner(environ, start_response)

    def _look(self, environ: dict[str, Any]) -> int | None:
        host, origin = environ.get("HTTP_HOST", ""), environ.get("HTTP_ORIGIN")
        if not self.config.trusts_host(host):
            return 400
        if environ.get("HTTP_UPGRADE") and "HTTP_SEC_WEBSOCKET_VERSION" not in environ:
            return 400
        if origin is not None and not self._is_ours(origin, host):
            return 403
        # A GET of our own page carries no Origin; browsers say so in a header that no page can set.
        environ[COOKIE_COUNTS] = origin is not None or environ.get("HTTP_SEC_FETCH_SITE") in _OWN_SITE
        return None

    def _is_ours(self, origin: str, host: str) -> bool:
        try:
            scheme, netloc, *rest = urlsplit(origin)
        except ValueError:
            return False
        schemes = ("https",) if self.config.https else ("http", "https")
        return scheme in schemes and netloc == host and not any(rest)


def _refuse(status: int, start_response: Callable[..., Any]) -> list[bytes]:
    problem = _PROBLEMS[status]
    body = orjson.dumps(
        {
            "type": f"/api/docs#problem-{problem.type}",
            "title": str(problem.title),
            "status": status,
            "detail": str(problem.title),
            "errors": [],
        }
    )
    headers = [
        ("Content-Type", "application/problem+json"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
    ]
    start_response(_WORDS[status], [*headers, ("Content-Length", str(len(body)))])
    return [body]
