"""The server: ``python -m board.server``. With ``sockets/fanout.py`` the only place that knows eventlet."""

import os
import warnings

os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")  # we look up no names; its resolver costs 60 ms and 8 MB
os.environ.setdefault("EVENTLET_THREADPOOL_SIZE", "4")  # as many password hashes at once, of 19 MB each
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
import eventlet
import eventlet.wsgi

eventlet.monkey_patch()

import argparse
import contextlib
import ctypes
import fcntl
import gc
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from eventlet import greenpool, hubs, tpool
from flask import Flask

from board import create_app, people, sockets
from board.config import Config, ConfigError
from board.core import idempotency, jobs, migrate, offload
from board.core.db import writing
from board.core.log import log
from board.sockets import fanout

BACKLOG = 2048
MOST_CONNECTIONS = 20_000
DRAIN_S = 10.0
RETRY_MS = 1_000
#: of mallopt(3)
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
#: how often an idle server looks for jobs, and writes down who was seen
LOOK_S, TIDY_S, FORGET_S = 1.0, 60.0, 3600.0


def main(arguments: Sequence[str] | None = None) -> int:
    given = vars(_parser().parse_args(arguments))
    descriptor = given.pop("listen_fd")
    try:
        config = Config.load(**given, async_mode="eventlet")
        if config.workers > 1 and descriptor is None:
            return _supervise(config, list(arguments if arguments is not None else sys.argv[1:]))
        with _only_one(config) if descriptor is None else contextlib.nullcontext():
            return _serve(
                config, _listener(config) if descriptor is None else _inherited(descriptor), descriptor is None
            )
    except ConfigError as e:
        print(str(e), file=sys.stderr)
        return 2


def _serve(config: Config, listener: Any, speaks: bool) -> int:
    _give_memory_back()
    _green_postgresql(config)
    offload.install(tpool.execute)
    fanout.install()
    app = create_app(config)
    migrate.upgrade(app)
    sockets.init_app(app)
    counted = InFlight(app.wsgi_app)
    pool = greenpool.GreenPool(MOST_CONNECTIONS)
    eventlet.spawn(
        eventlet.wsgi.server, listener, counted, custom_pool=pool, debug=False, log_output=False, socket_timeout=60
    )
    for task, every in ((_work, LOOK_S), (_tidy, TIDY_S), (_forget, FORGET_S)):
        eventlet.spawn(_repeat, app, task, every)
    if speaks:
        _speak(app, config)
    gc.collect()
    gc.freeze()
    _until_told()
    return _drain(app, listener, counted)


class InFlight:
    """The application, and how many requests it is answering (sockets are not among them)."""

    def __init__(self, inner: Callable[..., Iterable[bytes]]):
        self.inner, self.many = inner, 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith("/socket.io/"):
            return self.inner(environ, start_response)
        self.many += 1
        try:
            return self.inner(environ, start_response)
        finally:
            self.many -= 1


def _drain(app: Flask, listener: Any, counted: InFlight) -> int:
    """Says that it stops, takes nobody new, lets requests end, closes the sockets."""
    push = app.extensions["push"]
    push.restarting(RETRY_MS)
    with contextlib.suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    deadline = time.monotonic() + DRAIN_S
    while counted.many and time.monotonic() < deadline:
        time.sleep(0.02)
    for client in list(push.clients.by_sid.values()):
        push.close(client)
    time.sleep(0.05)  # the closing frames go out
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


def _repeat(app: Flask, task: Callable[[Flask], bool], every: float) -> None:
    while True:
        again = False
        try:
            again = task(app)
        except Exception as e:  # the loop outlives what it runs
            log("error", "background", task=task.__name__, error=repr(e)[:500])
        time.sleep(0 if again else every)


def _work(app: Flask) -> bool:
    return jobs.work_once(app)


def _tidy(app: Flask) -> bool:
    with app.app_context():
        people.tidy()
    return False


def _forget(app: Flask) -> bool:
    with app.app_context(), writing() as tx:
        idempotency.forget_old(tx)
    return False


def _speak(app: Flask, config: Config) -> None:
    print(f"Staffroom serves at http://{_shown(config.host)}:{config.port}/", flush=True)
    if not config.limits:
        print("Rate limits are off: for measuring only.", flush=True)
    code = people.setup_code(app)
    if code:
        print(f"No school here yet. Open the address and enter this one-time code: {code}", flush=True)


def _shown(host: str) -> str:
    return "localhost" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host


# ── one process, or several ──────────────────────────────────────────────────────────────────────


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


def _listener(config: Config) -> Any:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        return eventlet.listen((config.host, config.port), family=family, backlog=BACKLOG)
    except OSError as e:
        raise ConfigError(f"Cannot listen on {config.host}:{config.port}: {e.strerror}. Choose another --port.") from e


def _inherited(descriptor: int) -> Any:
    from eventlet.greenio import GreenSocket

    return GreenSocket(eventlet.patcher.original("socket").socket(fileno=descriptor))


def _supervise(config: Config, arguments: list[str]) -> int:
    """Starts the workers on one listening socket, starts a dead one again, and passes SIGTERM on."""
    with _only_one(config):
        _green_postgresql(config)
        app = create_app(config)
        migrate.upgrade(app)
        listener = _listener(config)
        descriptor = listener.fileno()
        os.set_inheritable(descriptor, True)
        command = [sys.executable, "-m", "board.server", *arguments, "--listen-fd", str(descriptor)]
        workers = [subprocess.Popen(command, pass_fds=[descriptor]) for _ in range(config.workers)]
        _speak(app, config)
        stopping = eventlet.spawn(_until_told)
        while not stopping.dead:
            for i, worker in enumerate(workers):
                if worker.poll() is not None:
                    log("error", "worker ended", code=worker.returncode)
                    workers[i] = subprocess.Popen(command, pass_fds=[descriptor])
            time.sleep(0.5)
        for worker in workers:
            worker.terminate()
        return max(worker.wait(DRAIN_S + 5) for worker in workers)


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
        prog="bin/serve", description="Serves Staffroom. Each flag also as BOARD_HOST, BOARD_PORT, …"
    )
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (default 8000)")
    parser.add_argument("--data", help="the data directory (default instance/)")
    parser.add_argument("--database", help="postgresql://… instead of SQLite in the data directory")
    parser.add_argument("--redis", help="redis://… between several workers")
    parser.add_argument("--workers", type=int, help="processes (more than one: PostgreSQL and Redis)")
    parser.add_argument("--demo", action="store_const", const=True, help="serve a made-up school")
    parser.add_argument("--listen-fd", type=int, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
