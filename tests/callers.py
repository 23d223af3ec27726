"""Speaking HTTP as one of the school's people, in a line."""

from typing import Any, NamedTuple

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Answer(NamedTuple):
    status: int
    json: Any


class Caller:
    """``status, body = as_("Maya").post("/groups", {"title": "Choir"})``; the whole last answer is ``.last``."""

    def __init__(self, client: FlaskClient, token: str | None = None):
        self.client, self.token = client, token
        self.last: TestResponse | None = None

    def get(self, path: str, **query: Any) -> Answer:
        return self.call("GET", path, query_string=query)

    def post(self, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> Answer:
        return self.call("POST", path, body, key=key, headers=headers)

    def put(self, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> Answer:
        return self.call("PUT", path, body, key=key, headers=headers)

    def patch(self, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> Answer:
        return self.call("PATCH", path, body, key=key, headers=headers)

    def delete(self, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> Answer:
        return self.call("DELETE", path, body, key=key, headers=headers)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> Answer:
        """``headers`` may be written as Python names: ``If_Match`` becomes ``If-Match``."""
        sent = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if key:
            sent["Idempotency-Key"] = key
        if body is not None:
            options["json"] = body
        self.last = self.client.open(full(path), method=method, headers=sent, **options)
        return Answer(self.last.status_code, self.last.get_json(silent=True))


def full(path: str) -> str:
    """``/cards/7`` means ``/api/v1/cards/7``; pages and the paths at the root are called by ``client`` itself."""
    return path if path.startswith(("/api/", "/healthz", "/readyz", "/metrics")) else f"/api/v1{path}"
