"""Importing a file as one of the school's people does: sent by HTTP, read and written by the job."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask

from board.core import jobs
from tests.callers import Caller

FIXTURES = Path(__file__).parent / "fixtures"


@dataclass
class Importer:
    app: Flask
    caller: Caller
    where: dict[str, int]

    def start(self, file: str | bytes | dict[str, Any], /, *, key: str | None = None, **form: Any) -> Any:
        """(status, body) of sending a file: the name of a fixture, bytes, or a board to write as JSON."""
        content = file if isinstance(file, bytes) else orjson.dumps(file) if isinstance(file, dict) else None
        content = (FIXTURES / str(file)).read_bytes() if content is None else content
        fields = {
            "kind": "trello",
            "file": (BytesIO(content), "board.json"),
            **{k: str(v) for k, v in self.where.items()},
            **form,
        }
        headers = {"Idempotency-Key": key} if key else {}
        data = {k: v for k, v in fields.items() if v is not None}
        answer = self.caller.call("POST", "/imports", headers=headers, data=data)
        # The test client writes a large body to a file of its own and leaves it open.
        self.caller.last.request.environ["wsgi.input"].close()
        return answer

    def work(self) -> None:
        while jobs.work_once(self.app):
            pass

    def read(self, id: int) -> dict[str, Any]:
        status, body = self.caller.get(f"/imports/{id}")
        assert status == 200, body
        return body["data"]

    def __call__(self, file: str | bytes | dict[str, Any], /, **form: Any) -> dict[str, Any]:
        """The import when nothing is left to do for it."""
        status, body = self.start(file, **form)
        assert status == 202, body
        self.work()
        return self.read(body["data"]["id"])


@pytest.fixture
def importer(app: Flask, as_: Callable[..., Caller]) -> Callable[..., Importer]:
    """``importer("Ana")`` imports into a new group of hers, where Maya and Jon are members; ``importer("Maya", group_id=1)``."""

    def made(person: str, **where: int) -> Importer:
        caller = as_(person)
        if not where:
            where = {"group_id": caller.post("/groups", {"title": "Autumn fair"})[1]["data"]["id"]}
            for name in ("Maya", "Jon"):
                id = as_(name).get("/me")[1]["data"]["id"]
                assert caller.put(f"/groups/{where['group_id']}/members/{id}", {"role": "member"})[0] == 200
        return Importer(app, caller, where)

    return made
