"""The server: ``python -m board.server``, one serving process. With ``sockets/fanout.py`` the only place that knows eventlet.

Several of them are watched over by ``supervisor.py``.
"""

import os
import warnings

os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")  # we look up no names; its resolver costs 60 ms and 8 MB
os.environ.setdefault("EVENTLET_THREADPOOL_SIZE", "4")  # as many password hashes at once, of 19 MB each
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
import eventlet
import eventlet.wsgi

eventlet.monkey_patch(psycopg=False)  # by ourselves, and only where it is used

import argparse
import contextlib
import ctypes
import errno
import fcntl
import gc
import json
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from eventlet import greenpool, hubs, tpool

from board import supervisor
from board.config import Config, ConfigError
from board.core.log import log

BACKLOG = 2048
MOST_CONNECTIONS = 20_000
DRAIN_S = 10.0
#: a connection may be idle for so long, and may take so long to send one request's headers
IDLE_S, HEADERS_S = 60, 20
#: errors of accept(2) that pass
NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.ECONNABORTED)
RESTARTING = (
    b'{"type":"/api/docs#problem-restarting","title":"The server is restarting","status":503,'
    b'"detail":"Try again in a moment.","errors":[]}'
)
#: of mallopt(3)
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
#: how often an idle server looks for jobs, and writes down who was seen; and a made-up school, whether its day is over
LOOK_S, TIDY_S, FORGET_S, OVER_S = 1.0, 60.0, 3600.0, 2.0
#: instead of an exit code: stopped in order, to begin anew
ANEW = -1


def main(arguments: Sequence[str] | None = None) -> int:
    os.umask(0o077)  # what is made here (database, locks, files of people) is for this user alone
    given = vars(_parser().parse_args(arguments))
    try:
        config = Config.load(**given, async_mode="eventlet")
        if supervisor.WORKER in os.environ:
            return _serve(config, speaks=os.environ[supervisor.WORKER] == "0")
        with _only_one(config):
            if config.workers > 1:
                command = [sys.executable, "-m", "board.server", *(sys.argv[1:] if arguments is None else arguments)]
                # Bound but not listening: it keeps the port for the workers, also while one is being replaced.
                with _bound(config):
                    return supervisor.supervise(command, config.workers, DRAIN_S + 5)
            code = _serve(config, speaks=True)
    except ConfigError as e:
        print(str(e), file=sys.stderr)
        return 2
    if code == ANEW:
        # The same process with nothing in its memory; what it held (locks, the port) closes by itself.
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    return code


def _serve(config: Config, speaks: bool) -> int:
    if not config.redis:
        # Socket.IO imports it wherever it is installed: 6 MB.
        sys.modules.setdefault("redis", None)  # type: ignore[arg-type]
    # What is made while starting stays: looking through it for garbage would take a tenth of the time to the first answer.
    gc.disable()
    # Here and not above: the process that only watches over workers needs none of it.
    from board import create_app, people, sockets
    from board.core import idempotency, jobs, migrate, offload
    from board.core.db import writing

    _give_memory_back()
    _green_postgresql(config)
    offload.install(tpool.execute)
    # The port is taken first, so that a taken one is told at once; connections are, when they can be answered.
    bound = _bound(config)
    app = create_app(config)
    if config.demo:
        _made_up(app)
    with _one_after_the_other(config):
        migrate.upgrade(app)
        with app.app_context(), writing() as tx:
            jobs.start_repeating(tx)
    push = sockets.init_app(app)
    counted = Counted(app.wsgi_app)
    bound.listen(BACKLOG)
    listener = Listener(bound)
    serving = eventlet.spawn(
        eventlet.wsgi.server,
        listener,
        counted,
        custom_pool=greenpool.GreenPool(MOST_CONNECTIONS),
        protocol=Protocol,
        debug=False,
        log_output=False,
        socket_timeout=IDLE_S,
    )

    def tidy() -> None:
        with app.app_context():
            people.tidy()

    def forget() -> None:
        with app.app_context(), writing() as tx:
            idempotency.forget_old(tx)

    eventlet.spawn(_repeat, lambda: jobs.work_once(app), "work", LOOK_S)
    eventlet.spawn(_repeat, tidy, "tidy", TIDY_S)
    eventlet.spawn(_repeat, forget, "forget", FORGET_S)
    if supervisor.WORKER in os.environ:
        eventlet.spawn(_repeat, _stop_without(int(os.environ[supervisor.SUPERVISOR])), "parent", LOOK_S)
    if speaks:
        _speak(config, _demo(app) if config.demo else _first_start(people.setup_code(app)))
    anew: list[bool] = []
    if config.demo:
        eventlet.spawn(_repeat, _stop_when_over(app, lambda: bool(push.count() or counted.many), anew), "demo", OVER_S)
    gc.freeze()
    gc.enable()
    _until_told()
    code = _drain(push, listener, counted, serving)
    return ANEW if anew else code


class Listener:
    """A listening socket that outlives a moment without room for connections, and that can stop listening while requests are under way."""

    def __init__(self, inner: Any):
        self.inner, self.stopped = inner, False
        self.over = eventlet.Event()

    def accept(self) -> Any:
        while not self.stopped:
            try:
                return self.inner.accept()
            except OSError as e:
                if not self.stopped and e.errno not in NO_ROOM:
                    raise
                time.sleep(0.05)
        self.over.wait()
        raise OSError(errno.ESHUTDOWN, "stopped")

    @property
    def family(self) -> Any:
        return self.inner.family

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def stop(self) -> None:
        """Refuses new connections from now on."""
        self.stopped = True
        with contextlib.suppress(OSError):
            self.inner.shutdown(socket.SHUT_RDWR)
        self.close()

    def close(self) -> None:
        self.inner.close()


class Counted:
    """The application, and how many requests it is answering (sockets are not among them). Takes no new ones once it has been told to stop."""

    def __init__(self, inner: Callable[..., Iterable[bytes]]):
        self.inner, self.many, self.stopped = inner, 0, False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith("/socket.io"):
            return self.inner(environ, start_response)
        if self.stopped:
            headers = [("Content-Type", "application/problem+json"), ("Retry-After", "2"), ("Connection", "close")]
            start_response("503 Service Unavailable", headers)
            return [RESTARTING]
        self.many += 1
        environ["eventlet.posthooks"].append((self._ended, (), {}))
        return self.inner(environ, start_response)

    def _ended(self, environ: dict[str, Any]) -> None:
        # Called when the last byte of the answer has been written.
        self.many -= 1


class Protocol(eventlet.wsgi.HttpProtocol):
    """A request's headers have a time of their own: eventlet's limit is per read, which a byte a minute satisfies."""

    def parse_request(self) -> bool:
        parsed = False
        with eventlet.Timeout(HEADERS_S, False):
            parsed = super().parse_request()
        if not parsed:
            self.close_connection = 1
        return parsed


def _drain(push: Any, listener: Listener, counted: Counted, serving: Any) -> int:
    """Says that it stops, takes nobody new, lets requests end, closes the sockets."""
    push.restarting()
    listener.stop()
    counted.stopped = True
    deadline = time.monotonic() + DRAIN_S
    while counted.many and time.monotonic() < deadline:
        time.sleep(0.02)
    push.close_all()
    time.sleep(0.1)  # the closing frames go out
    listener.over.send()
    with eventlet.Timeout(1, False):
        serving.wait()
    return 0


def _until_told() -> None:
    # A signal handler alone is not noticed while the loop is idle: the byte that Python writes for each signal wakes a green thread.
    reader, writer = os.pipe()
    for end in (reader, writer):
        os.set_blocking(end, False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    hubs.trampoline(reader, read=True)


def _repeat(task: Callable[[], bool | None], name: str, every: float) -> None:
    while True:
        again: bool | None = False
        try:
            again = task()
        except Exception as e:  # the loop outlives what it runs
            log("error", "background", task=name, error=repr(e)[:500])
        time.sleep(0 if again else every)


def _stop_without(parent: int) -> Callable[[], None]:
    """A worker whose supervisor was killed stops too: nobody would stop it any more."""

    def look() -> None:
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return look


def _speak(config: Config, greeting: str | None) -> None:
    print(f"Staffroom serves at http://{_shown(config.host)}:{config.port}/", flush=True)
    if not config.limits:
        print("Rate limits are off: for measuring only.", flush=True)
    if greeting:
        print(greeting, flush=True)


def _first_start(code: str | None) -> str | None:
    return f"No school here yet. Open the address and enter this one-time code: {code}" if code else None


def _made_up(app: Any) -> None:
    """Before its tables are looked at: the school of another day goes, and visitors are let in by one click."""
    from board.exchange import demo

    demo.clear(app)
    app.extensions["demo_visitors"] = demo.visitors


def _stop_when_over(app: Any, busy: Callable[[], bool], anew: list[bool]) -> Callable[[], None]:
    """Once a day the made-up school is made anew: in the night, or sooner where nobody would notice."""
    from board.exchange import demo

    def look() -> None:
        if not anew and demo.is_over(app, quiet=not busy()):
            anew.append(True)
            os.kill(os.getpid(), signal.SIGTERM)

    return look


def _demo(app: Any) -> str:
    from board.exchange import demo

    demo.fill(app)
    return f"A made-up school: sign in as {demo.SIGN_IN}, password “{demo.PASSWORD}”."


def _shown(host: str) -> str:
    return "localhost" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host


# ── the data directory and the port ──────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def _only_one(config: Config) -> Iterator[None]:
    """Holds the lock of the data directory.

    Raises:
        ConfigError: another server holds it.
    """
    with (config.data / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ConfigError(
                f"A server already runs on {config.data}. Stop it first, or give this one another directory with --data."
            ) from None
        lock.seek(0)
        lock.truncate()
        lock.write(json.dumps({"pid": os.getpid(), "host": config.host, "port": config.port}))
        lock.flush()
        yield


@contextlib.contextmanager
def _one_after_the_other(config: Config) -> Iterator[None]:
    """Workers that start together bring the tables up to date one at a time."""
    with (config.data / "migrating").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _bound(config: Config) -> Any:
    # Workers share the port by SO_REUSEPORT: the kernel deals connections out evenly. One listening socket between them would give most of
    # a burst (everybody comes back at once) to whoever wakes first.
    made = socket.socket(socket.AF_INET6 if ":" in config.host else socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if config.workers > 1:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        made.bind((config.host, config.port))
    except OSError as e:
        made.close()
        raise ConfigError(f"Cannot listen on {config.host}:{config.port}: {e.strerror}. Choose another --port.") from e
    return made


def _give_memory_back() -> None:
    """glibc keeps what large short-lived blocks used (a password hash takes 19 MB), once per thread; blocks of 256 kB and more go back at once."""
    with contextlib.suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL("libc.so.6").mallopt
        for setting, value in ((M_MMAP_THRESHOLD, 256 * 1024), (M_ARENA_MAX, 2)):
            mallopt(setting, value)


def _green_postgresql(config: Config) -> None:
    """A query waits by yielding to other green threads; psycopg2 asks this callback how to wait."""
    if config.is_sqlite:
        return
    from psycopg2 import OperationalError, extensions

    def wait(connection: Any, timeout: float | None = None) -> None:
        while True:
            state = connection.poll()
            if state == extensions.POLL_OK:
                return
            if state == extensions.POLL_READ:
                hubs.trampoline(connection.fileno(), read=True)
            elif state == extensions.POLL_WRITE:
                hubs.trampoline(connection.fileno(), write=True)
            else:
                raise OperationalError(f"unexpected state {state}")

    extensions.set_wait_callback(wait)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bin/serve",
        description="Serves Staffroom. Each flag also as BOARD_HOST, BOARD_PORT, …; more settings: docs/running.md.",
    )
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (default 8000)")
    parser.add_argument("--data", help="the data directory (default instance/)")
    parser.add_argument("--database", help="postgresql://… instead of SQLite in the data directory")
    parser.add_argument("--redis", help="redis://… between several workers")
    parser.add_argument("--workers", type=int, help="processes (more than one: PostgreSQL and Redis)")
    parser.add_argument("--demo", action="store_const", const=True, help="serve a made-up school")
    return parser


if __name__ == "__main__":
    sys.exit(main())
