"""Budgets: writes per member; failed sign-ins per account and per network (a success never counts). Kept in Redis where there are several processes."""

from typing import Any

from flask import Flask, current_app
from flask_babel import gettext as _
from limits import RateLimitItemPerMinute, parse
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from board.core import times
from board.core.errors import TooMany
from board.core.log import log

WRITES = RateLimitItemPerMinute(600)
PREVIEWS = RateLimitItemPerMinute(120)
#: of whole boards, to files
EXPORTS = RateLimitItemPerMinute(10)
FAILED_BY_ACCOUNT = parse("10 per 15 minutes")
#: a whole school stands behind one address: more than for one account
FAILED_BY_NETWORK = parse("60 per 15 minutes")
CODES_BY_NETWORK = parse("30 per 15 minutes")


class Limits:
    def __init__(self, redis: str | None, on: bool):
        self.on = on
        self.spare = SlidingWindowCounterRateLimiter(MemoryStorage())
        self.limiter = SlidingWindowCounterRateLimiter(RedisStorage(redis)) if redis else self.spare

    def spend(self, item: object, *who: str) -> None:
        """Counts one.

        Raises:
            TooMany: the budget is used up.
        """
        if self.on and not self._ask("hit", item, *who):
            self._refuse(item, *who)

    def look(self, item: object, *who: str) -> None:
        """Counts nothing.

        Raises:
            TooMany: the budget is used up.
        """
        if self.on and not self._ask("test", item, *who):
            self._refuse(item, *who)

    def count(self, item: object, *who: str) -> None:
        """Counts one failure, never refuses."""
        if self.on:
            self._ask("hit", item, *who)

    def _ask(self, what: str, item: object, *who: str) -> Any:
        # Without Redis each process counts for itself for a while: work goes on, and guessing is still bounded.
        try:
            return getattr(self.limiter, what)(item, *who)
        except Exception as e:
            if self.limiter is self.spare:
                raise
            log("error", "limits", error=repr(e)[:200])
            return getattr(self.spare, what)(item, *who)

    def _refuse(self, item: object, *who: str) -> None:
        reset = self._ask("get_window_stats", item, *who).reset_time
        wait = max(1, int(reset - times.clock().timestamp()) + 1)
        raise TooMany(_("Too many tries. Wait %(wait)s seconds.", wait=wait), retry_after=wait)


def current() -> Limits:
    limits: Limits = current_app.extensions["limits"]
    return limits


def init_app(app: Flask, redis: str | None, on: bool) -> None:
    app.extensions["limits"] = Limits(redis, on)
