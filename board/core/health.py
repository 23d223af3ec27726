"""Is the process there, can it serve, how is it doing."""

import hmac
import resource

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext as _
from sqlalchemy import select, text

from board.core import http, jobs, migrate
from board.core.db import reading
from board.core.errors import NotSignedIn

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthz() -> Response:
    return http.json({"status": "ok"})


@pages.get("/readyz")
def readyz() -> Response:
    checks = {"database": _database(), **({"redis": _redis()} if current_app.config["BOARD"].redis else {})}
    ready = all(checks.values())
    return http.json({"status": "ok" if ready else "not ready", **checks}, 200 if ready else 503)


@pages.get("/metrics")
def metrics() -> Response:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not hmac.compare_digest(given.encode(), current_app.config["BOARD"].metrics_token.encode()):
        raise NotSignedIn(_("Send the metrics token as Authorization: Bearer …; it stands in the data directory."))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    with reading() as tx:
        waiting = jobs.waiting(tx)
    sockets = getattr(current_app.extensions.get("push"), "count", lambda: 0)()
    lines = {
        "staffroom_cpu_seconds_total": usage.ru_utime + usage.ru_stime,
        "staffroom_resident_memory_peak_bytes": usage.ru_maxrss * 1024,
        "staffroom_sockets": sockets,
        "staffroom_jobs_waiting": waiting,
    }
    body = "".join(
        f"# TYPE {name} {'counter' if name.endswith('_total') else 'gauge'}\n{name} {value}\n"
        for name, value in lines.items()
    )
    return Response(body, mimetype="text/plain; version=0.0.4")


def _database() -> bool:
    try:
        with reading() as tx:
            tx.execute(select(text("1")))
            return migrate.current(tx) == migrate.head()
    except Exception:  # whatever it is, this process cannot serve
        return False


def _redis() -> bool:
    from redis import Redis, RedisError  # only where it is used

    try:
        with Redis.from_url(current_app.config["BOARD"].redis, socket_timeout=2) as client:
            return bool(client.ping())
    except RedisError:
        return False
