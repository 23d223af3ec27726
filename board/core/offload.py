"""Work too slow for the server's loop (password hashes, big parses) goes through ``offload``; the server hands in how."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def _directly(fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    return fn(*args, **kwargs)


_run: Callable[..., Any] = _directly


def offload(fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """The result of ``fn(*args, **kwargs)``, without holding up other requests meanwhile."""
    result: T = _run(fn, *args, **kwargs)
    return result


def install(run: Callable[..., Any]) -> None:
    """``run(fn, *args, **kwargs)`` is used from now on (``board.server`` hands in a thread pool that yields)."""
    global _run
    _run = run
