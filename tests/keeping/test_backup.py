"""Backups, and back from them: everything is there, nothing that should not be, and no file can break an installation."""

import hashlib
import stat
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from flask import Flask

from board import cli, create_app
from board.core.db import db, reading
from board.core.journal import epoch
from board.keeping import backup
from tests.conftest import test_config as config_of
from tests.keeping.conftest import rows_of
from tests.school import PASSWORD

Run = Callable[..., int]


def app_at(flags: list[str]) -> Flask:
    settings = dict(zip((flag.removeprefix("--") for flag in flags[::2]), flags[1::2], strict=True))
    return create_app(config_of(Path(settings.pop("data")), **settings))


def test_everything_is_there_again(app, as_, board, written, elsewhere, capsys):
    before = rows_of(app)
    assert cli.main([*elsewhere, "restore", str(written)]) == 0
    assert "0 wrong" in capsys.readouterr().out
    restored = app_at(elsewhere)
    assert rows_of(restored) == before
    assert sum(map(len, before.values())) > 50


def test_the_restored_school_works(app, board, written, elsewhere):
    assert cli.main([*elsewhere, "restore", str(written)]) == 0
    client = app_at(elsewhere).test_client()
    answer = client.post("/api/v1/session", json={"email": "maya@example.org", "password": PASSWORD})
    assert answer.status_code == 200
    shown = client.get("/api/v1/boards").json["data"][0]
    seen = client.get(f"/api/v1/boards/{shown['id']}").json
    made = client.post(f"/api/v1/lists/{seen['lists'][0]['id']}/cards", json={"title": "After the restore"})
    assert made.status_code == 201
    assert made.json["events"][0]["seq"] == seen["seq"] + 1


def test_no_client_goes_on_from_before(app, board, written, elsewhere):
    assert cli.main([*elsewhere, "restore", str(written)]) == 0
    with app.app_context(), reading() as tx:
        old = epoch(tx)
    restored = app_at(elsewhere)
    with restored.app_context(), reading() as tx:
        assert epoch(tx) != old
        db.engine.dispose()


def test_sessions_and_links_to_a_new_password_stay_behind(app, as_, sign_in, board, elsewhere, tmp_path):
    maya = sign_in("Maya")
    assert sign_in("Ana").put("/api/v1/members/3/reset").status_code == 200
    assert board("backup", str(tmp_path / "b.zip")) == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as file:
        assert "tables/sessions.jsonl" not in file.namelist()
    assert cli.main([*elsewhere, "restore", str(tmp_path / "b.zip")]) == 0
    client = app_at(elsewhere).test_client()
    client.set_cookie("session", maya.get_cookie("session").value, domain="localhost")
    assert client.get("/api/v1/me").status_code == 401
    rows = rows_of(app_at(elsewhere))
    assert not [row for row in rows["links"] if "reset" in row]


def test_a_backup_while_people_write_is_one_moment(app, as_, board, elsewhere, tmp_path):
    """Every card that is in it is in the journal that is in it."""
    maya = as_("Maya")
    list_ = maya.get("/boards/1").json["lists"][0]["id"]
    go_on = threading.Event()
    go_on.set()

    def write() -> None:
        while go_on.is_set():
            assert maya.post(f"/lists/{list_}/cards", {"title": "Another"}).status == 201

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert board("backup", str(tmp_path / "b.zip")) == 0
    finally:
        go_on.clear()
        writer.join()
    assert cli.main([*elsewhere, "restore", str(tmp_path / "b.zip")]) == 0  # checks what it restored
    restored = rows_of(app_at(elsewhere))
    assert 8 < len(restored["cards"]) <= len(rows_of(app)["cards"])


def test_files_of_people_come_along(app, board, elsewhere, tmp_path):
    kept = app.config["BOARD"].data / "imports" / "2026" / "a-board.json"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"\x00\xff" * 5000)
    assert board("backup", str(tmp_path / "b.zip")) == 0
    assert cli.main([*elsewhere, "restore", str(tmp_path / "b.zip")]) == 0
    brought = Path(elsewhere[1]) / "imports" / "2026" / "a-board.json"
    assert brought.read_bytes() == b"\x00\xff" * 5000


def test_it_is_for_its_owner_alone(app, written):
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_without_a_name_it_stands_in_the_data_directory_and_old_ones_go(app, board, monkeypatch, capsys):
    folder = app.config["BOARD"].data / "backups"
    for second in range(4):
        monkeypatch.setattr(backup, "_NAME", f"staffroom-{{}}-{second}.zip")
        assert board("backup") == 0
    monkeypatch.undo()
    assert len(list(folder.iterdir())) == 4
    assert board("backup", "--keep", "2") == 0
    assert len(list(folder.iterdir())) == 2


def test_it_never_writes_over_another(board, written, capsys):
    whole = written.read_bytes()
    assert board("backup", str(written)) == 1
    assert "is there already" in capsys.readouterr().err
    assert written.read_bytes() == whole


def test_no_room_is_said_and_nothing_is_left(app, board, tmp_path, monkeypatch, capsys):
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "write_table", full)
    assert board("backup", str(tmp_path / "b.zip")) == 1
    assert "No space left" in capsys.readouterr().err
    assert list(tmp_path.glob("b.zip*")) == []


def test_an_installation_with_a_school_is_never_written_over(app, board, written, capsys):
    before = rows_of(app)
    assert board("restore", str(written)) == 1
    assert "There is a school here already" in capsys.readouterr().err
    assert rows_of(app) == before


def test_one_that_was_started_but_never_used_is_empty(board, written, elsewhere):
    assert cli.main([*elsewhere, "init"]) == 0
    assert cli.main([*elsewhere, "restore", str(written)]) == 0


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip(path: Path) -> None:
    with zipfile.ZipFile(path) as file:
        at = file.getinfo("tables/journal.jsonl").header_offset
    whole = bytearray(path.read_bytes())
    whole[at + 200] ^= 0xFF
    path.write_bytes(whole)


def _foreign(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "<w:document/>")


def _text(path: Path) -> None:
    path.write_text('{"cards": []}')


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


def _change(path: Path, change: Callable[[dict], object], others: dict[str, bytes] | None = None) -> None:  # type: ignore[type-arg]
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()} | (others or {})
    manifest = orjson.loads(members["manifest.json"])
    change(manifest)
    members["manifest.json"] = orjson.dumps(manifest)
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)


def _newer(path: Path) -> None:
    _change(path, lambda manifest: manifest.update(revision="9999"))


def _later_format(path: Path) -> None:
    _change(path, lambda manifest: manifest.update(version=2))


def _outside(path: Path) -> None:
    _change(path, lambda manifest: manifest["files"].update({"files/../../evil": {"bytes": 1, "sha256": ""}}))


def _missing_rows(path: Path) -> None:
    _change(path, lambda manifest: manifest["tables"]["cards"].update(rows=99999))


def _rewrite(path: Path, table: str, change: Callable[[bytes], bytes]) -> None:
    """With marks that fit, as somebody makes it who means it."""
    with zipfile.ZipFile(path) as file:
        content = change(file.read(f"tables/{table}.jsonl"))
    mark = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "rows": content.count(b"\n")}
    _change(path, lambda manifest: manifest["tables"][table].update(mark), {f"tables/{table}.jsonl": content})


def _no_json(path: Path) -> None:
    _rewrite(path, "cards", lambda rows: b"[NaN,\n" + rows)


def _twice(path: Path) -> None:
    _rewrite(path, "cards", lambda rows: rows + rows.splitlines(keepends=True)[0])


def _to_nowhere(path: Path) -> None:
    _rewrite(path, "lists", lambda rows: b"")


def _other_columns(path: Path) -> None:
    _change(path, lambda m: m["tables"]["cards"]["columns"].__setitem__(0, "id; drop"))


def _other_table(path: Path) -> None:
    _change(path, lambda m: m["tables"].update({"tea": m["tables"]["labels"]}), {"tables/tea.jsonl": b""})


def _no_columns(path: Path) -> None:
    _change(path, lambda manifest: manifest["tables"]["cards"].pop("columns"))


def _no_marks(path: Path) -> None:
    _change(path, lambda manifest: manifest["tables"].update(cards=7))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_no_json, "a row of cards cannot be read"),
        (_twice, "do not fit together"),
        (_to_nowhere, "do not fit together"),
        (_other_columns, "other columns of cards"),
        (_other_table, "damaged"),
        (_no_columns, "not whole"),
        (_no_marks, "not whole"),
        (_cut, "no backup of Staffroom"),
        (_half, "no backup of Staffroom"),
        (_flip, "damaged"),
        (_foreign, "no backup of Staffroom"),
        (_text, "no backup of Staffroom"),
        (_nothing, "no backup of Staffroom"),
        (_newer, "newer Staffroom"),
        (_later_format, "newer Staffroom"),
        (_outside, "damaged"),
        (_missing_rows, "damaged"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_file_that_is_no_whole_backup_changes_nothing(spoil, says, board, written, elsewhere, capsys):
    whole = written.read_bytes()
    spoil(written)
    assert cli.main([*elsewhere, "restore", str(written)]) == 1
    said = capsys.readouterr()
    assert says in said.err
    assert "Traceback" not in said.err and len(said.err.splitlines()) == 1
    assert not (Path(elsewhere[1]).parent / "evil").exists()
    # The place is as good as new: the whole file still comes in.
    written.write_bytes(whole)
    assert cli.main([*elsewhere, "restore", str(written)]) == 0


def test_a_file_that_is_not_there_is_said(elsewhere, capsys, tmp_path):
    assert cli.main([*elsewhere, "restore", str(tmp_path / "no.zip")]) == 1
    assert "There is no file" in capsys.readouterr().err


def test_it_waits_for_no_server(app, written, elsewhere, capsys):
    import fcntl

    data = Path(elsewhere[1])
    data.mkdir(parents=True)
    with (data / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert cli.main([*elsewhere, "restore", str(written)]) == 1
    assert "Stop it first" in capsys.readouterr().err


def test_from_one_kind_of_database_to_the_other(app, written, tmp_path):
    """A school that outgrows SQLite moves by a backup."""
    flags = ["--data", str(tmp_path / "sqlite")]
    before = rows_of(app)
    assert cli.main([*flags, "restore", str(written)]) == 0
    assert rows_of(app_at(flags)) == before
