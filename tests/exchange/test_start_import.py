"""start_import: who may send a file, what is refused, and that a refused one leaves nothing."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from board.core.db import Tx
from board.exchange.models import imports
from tests.callers import Caller

BOARD = "trap8_board.json"


def left(app: Flask) -> list[Path]:
    folder = app.config["BOARD"].data / "imports"
    return list(folder.iterdir()) if folder.exists() else []


def test_anonymous(importer: Callable[..., Any], as_: Callable[..., Caller]) -> None:
    ana = importer("Ana")
    ana.caller = as_(None)
    assert ana.start(BOARD)[0] == 401


def test_outsider(importer: Callable[..., Any], as_: Callable[..., Caller], app: Flask) -> None:
    """A closed group that she is not in, another school's, and one that is not there: all the same."""
    maya = as_("Maya")
    closed = maya.post("/initiatives", {"title": "Secret", "closed": True})[1]["data"]["id"]
    for person, where in (("Jon", {"initiative_id": closed}), ("Olga", {"group_id": 1}), ("Ana", {"group_id": 999})):
        importer("Ana")
        assert importer(person, **where).start(BOARD)[0] == 404, person
    assert left(app) == []


def test_a_member_who_may_not_make_boards(importer: Callable[..., Any], app: Flask) -> None:
    ana = importer("Ana")
    assert importer("Maya", **ana.where).start(BOARD)[0] == 403
    assert left(app) == []


def test_into_what_is_archived(importer: Callable[..., Any], as_: Callable[..., Caller], app: Flask) -> None:
    """Said at once, and not by the import when the whole file is read."""
    ana = importer("Ana")
    assert as_("Ana").put(f"/groups/{ana.where['group_id']}/archive")[0] == 200
    assert ana.start(BOARD)[0] == 409
    assert left(app) == []


def test_a_lead_may(importer: Callable[..., Any], as_: Callable[..., Caller]) -> None:
    ana = importer("Ana")
    assert ana.caller.put(f"/groups/{ana.where['group_id']}/members/3", {"role": "lead"})[0] == 200
    done = importer("Maya", **ana.where)(BOARD)
    assert done["state"] == "done"
    assert ana.caller.get(f"/boards/{done['board_ids'][0]}")[0] == 200


def test_into_an_initiative(importer: Callable[..., Any], as_: Callable[..., Caller]) -> None:
    initiative = as_("Maya").post("/initiatives", {"title": "Reading"})[1]["data"]["id"]
    done = importer("Maya", initiative_id=initiative)(BOARD)
    board = as_("Maya").get(f"/boards/{done['board_ids'][0]}")[1]["board"]
    assert (board["initiative_id"], board["group_id"]) == (initiative, None)


MALFORMED: dict[str, dict[str, Any]] = {
    "no place": {"group_id": None},
    "two places": {"initiative_id": "1"},
    "a place that is no number": {"group_id": "one"},
    "an unknown kind": {"kind": "wekan"},
    "no kind": {"kind": None},
    "an unknown field": {"colour": "red"},
    "no file": {"file": None, "other": (BytesIO(b"{}"), "board.json")},
    "two files": {"other": (BytesIO(b"{}"), "board.json")},
    "a mapping that is no JSON": {"mapping": "{"},
    "a mapping that is no object": {"mapping": "[1]"},
    "a mapping to a name": {"mapping": '{"minaokafor": "Maya"}'},
    "a hold that is no yes or no": {"hold": "perhaps"},
    "a NUL": {"kind": "trello\0"},
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed(name: str, importer: Callable[..., Any], app: Flask) -> None:
    ana = importer("Ana")
    status, body = ana.start(BOARD, **MALFORMED[name])
    assert status == 422, body
    assert body["errors"], body
    assert left(app) == []


def test_not_a_form(importer: Callable[..., Any]) -> None:
    assert importer("Ana").caller.post("/imports", {"kind": "trello", "group_id": 1})[0] == 415


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(importer: Callable[..., Any], app: Flask) -> None:
    ana = importer("Ana")
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    status, body = ana.caller.call(
        "POST", "/imports", headers=headers, data=b"--x\r\n", environ_overrides={"CONTENT_LENGTH": "200000001"}
    )
    assert (status, body["title"]) == (413, "Too large")
    assert left(app) == []


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "a\0b.json", "a\r\nX: y.json", "\u202egpj.json", "x" * 5_000, "", "💥.json"]
)
def test_the_files_name_is_only_shown(name: str, importer: Callable[..., Any], app: Flask) -> None:
    ana = importer("Ana")
    status, body = ana.start(BOARD, file=(BytesIO(b"{}"), name))
    assert status in (202, 422), body
    assert all(path.parent.name == "imports" and len(path.name) == 32 for path in left(app))
    if status == 202:
        assert body["data"]["file_name"].isprintable() and len(body["data"]["file_name"]) <= 200


def test_a_mapping_to_another_schools_member(importer: Callable[..., Any], app: Flask) -> None:
    assert importer("Ana").start(BOARD, mapping='{"minaokafor": 7}')[0] == 404
    assert left(app) == []


def test_repeated_with_the_same_key(importer: Callable[..., Any], look: Callable[[], Any], app: Flask) -> None:
    ana = importer("Ana")
    first = ana.start(BOARD, key="a-key-of-mine")
    again = ana.start(BOARD, key="a-key-of-mine")
    assert first == again
    assert ana.caller.last.headers["Idempotent-Replayed"] == "true"
    assert ana.start("trap8_newer.json", key="a-key-of-mine")[0] == 422
    assert len(left(app)) == 1
    with look() as tx:
        assert len(tx.all(imports.select())) == 1


def test_an_import_is_seen_by_who_started_it(importer: Callable[..., Any], as_: Callable[..., Caller]) -> None:
    ana = importer("Ana")
    id = ana(BOARD)["id"]
    for person in ("Thomas", "Maya", "Sam", "Olga"):
        assert as_(person).get(f"/imports/{id}")[0] == 404, person
        assert as_(person).put(f"/imports/{id}/mapping", {"mapping": {}})[0] == 404, person


def test_the_answer_before_and_after(importer: Callable[..., Any], app: Flask) -> None:
    ana = importer("Ana")
    status, body = ana.start(BOARD)
    assert status == 202
    assert (body["data"]["state"], body["data"]["progress"], body["data"]["board_ids"]) == ("reading", 0, [])
    ana.work()
    done = ana.read(body["data"]["id"])
    assert (done["state"], done["progress"], len(done["board_ids"])) == ("done", 1, 1)
    assert done["report"]["found"] == done["report"]["made"]
    assert left(app) == []


def everything(tx: Tx) -> dict[str, list[Any]]:
    """All rows but those of imports and jobs themselves."""
    from board.core.db import db

    own = ("imports", "jobs", "idempotency", "tokens")
    return {t.name: sorted(map(str, tx.all(t.select()))) for t in db.metadata.sorted_tables if t.name not in own}


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", ["empty"]),
        (b"<html>", ["not the JSON", "byte 0"]),
        (
            b'{"lists": [{"id": "5c0000010000000000000001", "name": "To do", ',
            ["ends in the middle", "byte 63", "lists[0] “To do”"],
        ),
        (b'{"cards": [' + b"[" * 5_000, ["Something stands", "cards[0]"]),
        (b'{"x": ' + b"[" * 5_000, ["nested deeper", "reading x"]),
        (b'{"lists": [{"name": "\\udead"}]}', ["half a character", "byte 21"]),
        (b'{"lists": [{"pos": 1e999}]}', ["number", "lists[0]"]),
        (b'{"name": "Deck"}', ["not a Trello board"]),
    ],
)
def test_a_broken_file_changes_nothing_and_says_where(
    content: bytes, words: list[str], importer: Callable[..., Any], look: Callable[[], Any], app: Flask
) -> None:
    ana = importer("Ana")
    with look() as tx:
        before = everything(tx)
    failed = ana(content)
    assert failed["state"] == "failed"
    assert [word for word in [*words, "Nothing was changed."] if word not in failed["error"]["message"]] == [], failed[
        "error"
    ]
    assert failed["board_ids"] == [] and "report" not in failed
    with look() as tx:
        assert everything(tx) == before
    assert left(app) == []
