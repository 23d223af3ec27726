"""Before Engine.IO: a handshake from another site's page goes no further, and compression is not offered.

Engine.IO's own check would believe X-Forwarded-Host; eventlet accepts permessage-deflate whenever it is asked, at 150 kB a browser.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

PATH = "/socket.io/"


def init_app(app: Flask) -> None:
    inner, config = app.wsgi_app, app.config["BOARD"]

    def wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(PATH):
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            host = environ.get("HTTP_HOST", "")
            if not config.trusts_host(host) or not same_host(environ.get("HTTP_ORIGIN"), host):
                body = b"This page belongs to another site."
                headers = [
                    ("Content-Type", "text/plain"),
                    ("Content-Length", str(len(body))),
                    ("Cache-Control", "no-store"),
                ]
                start_response("403 Forbidden", headers)
                return [body]
        return inner(environ, start_response)

    app.wsgi_app = wsgi  # type: ignore[method-assign]


def same_host(origin: str | None, host: str) -> bool:
    """Whether an Origin header, where there is one, names this very host and port."""
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc == host
