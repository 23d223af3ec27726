"""Passwords: argon2id off the server's loop, and which ones are refused."""

import base64
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext as _

from board.core.errors import Invalid
from board.core.offload import offload

SHORTEST, LONGEST = 8, 1_000
_LEET = str.maketrans("@4301!5$7+8", "aaeoiisstt" + "b")
_ROWS = (
    "1234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)
#: keys one under the other, as fingers run over them
_COLUMNS = ("1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0")


def hashed(password: str) -> str:
    """The argon2id hash to keep. Slow: never inside a transaction."""
    return offload(_hasher().hash, _plain(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password behind ``kept``. Takes as long when there is none, so that nobody learns from the time."""
    good: bool = offload(_verify, _hasher(), kept or _nobodys(_cost()), _plain(password))
    return good and kept is not None


def is_outdated(kept: str) -> bool:
    """Made with weaker settings than today's: hash it anew while the password is at hand."""
    return _hasher().check_needs_rehash(kept)


def check(password: str, *own_words: str) -> None:
    """Refuses what is tried first. ``own_words``: names that anybody would try here (school, person, address).

    Raises:
        Invalid
    """
    if len(_plain(password)) < SHORTEST:
        raise Invalid.field(
            "password", _("Use at least %(n)s characters; fifteen or a few words are better.", n=SHORTEST)
        )
    if len(password) > LONGEST:
        raise Invalid.field("password", _("Use at most %(n)s characters.", n=LONGEST))
    if _is_common(password) or any(_is_mostly(password, word) for word in own_words):
        raise Invalid.field(
            "password", _("This password is one of the first that others would try. A few words in a row are better.")
        )


def _is_common(password: str) -> bool:
    low = _plain(password).casefold()
    letters = re.sub(r"[\W_]", "", low)
    return (
        len(set(low)) < 4
        or _is_run(letters)
        or _is_repeated(low)
        or (low.isdigit() and len(low) <= 10)
        or any(core in _common() for core in _cores(low))
    )


def _cores(low: str) -> set[str]:
    """What is left when digits and signs around it are taken off and look-alikes are letters again."""
    bare = low.strip(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~0123456789")
    out = {bare, re.sub(r"[\W\d_]", "", low), re.sub(r"[\W_]", "", low.translate(_LEET))}
    return out | {re.sub(r"[\W\d_]+\Z", "", core.translate(_LEET)) for core in (low, low.rstrip("0123456789!.?*#$"))}


def _is_run(text: str) -> bool:
    """Along a row of keys, up or down, once or twice: asdfghjkl, 87654321, qwerty12345."""
    if not text or len(text) > 40:
        return not text
    runs = [way for row in _ROWS + _COLUMNS for way in (row, row[::-1])]
    return any(text in run * 2 for run in runs) or any(
        text[:cut] in a and text[cut:] in b for cut in range(3, len(text) - 2) for a in runs for b in runs
    )


def _is_repeated(text: str) -> bool:
    return any(
        len(text) % size == 0 and text == text[:size] * (len(text) // size)
        for size in range(1, min(5, len(text) // 2 + 1))
    )


def _is_mostly(password: str, name: str) -> bool:
    """The name, or a long word of it, alone or with little around it."""
    given = re.sub(r"[\W_]", "", _plain(password).casefold())
    words = re.findall(r"[^\W_]+", _plain(name).casefold())
    tried = ["".join(words), *(word for word in words if len(word) > 4)]
    return any(
        len(word) >= 4 and len(given) - len(word) <= 4 and (word in given or word in given.translate(_LEET))
        for word in tried
    )


@lru_cache
def _common() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _plain(password: str) -> str:
    # The same letters may be typed in two ways (é as one sign or two), by the keyboards of two machines.
    return unicodedata.normalize("NFC", password)


def _cost() -> int:
    cost: int = current_app.config["BOARD"].argon2_cost
    return cost


def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=_cost(), parallelism=1)


def _verify(hasher: PasswordHasher, kept: str, password: str) -> bool:
    try:
        return hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache
def _nobodys(cost: int) -> str:
    salt, digest = (base64.b64encode(bytes(n)).decode().rstrip("=") for n in (16, 32))
    return f"$argon2id$v=19$m={cost},t=2,p=1${salt}${digest}"
